import django.db.models.deletion
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('payouts', '0004_pots'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[
            migrations.AddField(
                model_name='entitlement',
                name='is_at_once',
                field=models.BooleanField(db_default=False, default=False),
            ),
            migrations.AddField(
                model_name='entry',
                name='counts_for',
                field=models.PositiveSmallIntegerField(null=True),
            ),
            migrations.AddField(
                model_name='receipt',
                name='against',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payouts.document'),
            ),
            migrations.AlterField(
                model_name='receipt',
                name='movement',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payouts.movement'),
            ),
            migrations.AddIndex(
                model_name='entry',
                index=models.Index(condition=models.Q(('counts_for__isnull', False)), fields=['organisation', 'counts_for'], name='entry_of_year'),
            ),
            migrations.AddConstraint(
                model_name='receipt',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('against__isnull', False), ('movement__isnull', True)), models.Q(('against__isnull', True), ('movement__isnull', False)), _connector='OR'), name='receipt_from_somewhere'),
            ),
            ]
        )
    ]
