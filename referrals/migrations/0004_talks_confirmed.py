import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0003_pots'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[
            migrations.AddField(
                model_name='interest',
                name='talked_on',
                field=models.DateField(null=True),
            ),
            ]
        )
    ]
