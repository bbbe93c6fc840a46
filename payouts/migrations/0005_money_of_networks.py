import django.db.models.deletion
import kernel.postgres.operations
from django.db import migrations, models


COUNTED = """
    UPDATE payouts_entry SET counts_for = extract(year FROM "on") WHERE what = 'set_aside' OR what = 'earned' AND id IN (
        SELECT entry_id FROM payouts_posting JOIN payouts_account AS account ON account.id = account_id WHERE currency = 'coin')
"""


def count(apps, schema_editor):
    """What was set aside, and coins that were earned, counted for the year in which they were booked. Entries never change else."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM members_organisation")
        found = [organisation for (organisation,) in cursor.fetchall()]
        if found:
            cursor.execute("ALTER TABLE payouts_entry DISABLE TRIGGER USER")
        for organisation in found:
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(organisation)])
            cursor.execute(COUNTED)
        if found:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE payouts_entry ENABLE TRIGGER USER")
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")


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
                name='promised',
                field=models.DecimalField(decimal_places=2, max_digits=14, null=True),
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
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
