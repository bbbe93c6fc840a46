from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_group'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='unsubscribe',
            field=models.URLField(blank=True),
        ),
        migrations.AlterField(
            model_name='preference',
            name='fitting',
            field=models.CharField(choices=[('at_once', 'at once'), ('digest', 'only with the other news of the group')], default='at_once', max_length=7, verbose_name='New opportunities that fit me'),
        ),
    ]
