from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_leaves_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='accepted_dues',
            field=models.DecimalField(decimal_places=2, max_digits=8, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='accepted_every',
            field=models.PositiveSmallIntegerField(choices=[(1, 'every month'), (3, 'every quarter'), (6, 'every half year'), (12, 'every year')], null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='accepted_fee',
            field=models.DecimalField(decimal_places=2, max_digits=8, null=True),
        ),
    ]
