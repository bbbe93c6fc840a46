import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0005_dues'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[
            migrations.AddField(
                model_name='opportunity',
                name='widened_at',
                field=models.DateTimeField(null=True),
            ),
            ]
        )
    ]
