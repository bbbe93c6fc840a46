from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_thanks'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='was_at',
            field=models.DateTimeField(null=True),
        ),
    ]
