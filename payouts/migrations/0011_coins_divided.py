import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


DIVIDED = """
    WITH closed AS (
        SELECT (max(month) + interval '1 month')::date AS until FROM payouts_closedmonth
    ), pot AS (
        SELECT id, year, closed_at, closed_by_id FROM payouts_pot WHERE state = 'closed' AND case_id IS NOT NULL
    ), coins AS (
        SELECT pot.id AS pot_id, posting.account_id, -SUM(posting.amount) AS amount
        FROM pot JOIN payouts_entry AS entry ON entry.counts_for = pot.year
        JOIN payouts_posting AS posting ON posting.entry_id = entry.id
        JOIN payouts_account AS account ON account.id = posting.account_id
        WHERE account.kind = 'points' AND account.currency = 'coin'
        GROUP BY 1, 2 HAVING SUM(posting.amount) <> 0
    ), entry AS (
        INSERT INTO payouts_entry (what, pot_id, "on", recorded_by_id, recorded_at)
        SELECT 'divided', id, GREATEST((closed_at AT TIME ZONE %s)::date, closed.until), closed_by_id, closed_at
        FROM pot CROSS JOIN closed WHERE id IN (SELECT pot_id FROM coins)
        RETURNING id, pot_id
    ), redeemed AS (
        INSERT INTO payouts_account AS known (kind, currency, balance)
        SELECT 'redeemed', 'coin', -SUM(amount) FROM coins HAVING COUNT(*) > 0
        ON CONFLICT (organisation_id, kind, member_id, currency) DO UPDATE SET balance = known.balance + excluded.balance
        RETURNING id
    ), moved AS (
        UPDATE payouts_account AS account SET balance = balance + sums.amount
        FROM (SELECT account_id, SUM(amount) AS amount FROM coins GROUP BY 1) AS sums WHERE account.id = sums.account_id
    )
    INSERT INTO payouts_posting (entry_id, account_id, amount)
    SELECT entry.id, coins.account_id, coins.amount FROM coins JOIN entry USING (pot_id)
    UNION ALL
    SELECT entry.id, redeemed.id, -SUM(coins.amount) FROM coins JOIN entry USING (pot_id) CROSS JOIN redeemed
    GROUP BY 1, 2 HAVING SUM(coins.amount) <> 0
"""


def book_off(apps, schema_editor):
    """Coins over which pots were divided already are had no more."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM members_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(organisation)])
            cursor.execute(DIVIDED, [settings.TIME_ZONE])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0010_pays_dues_from'),
        ('payouts', '0010_promised_days'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_of_one_thing',
        ),
        migrations.AddField(
            model_name='entry',
            name='pot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', db_index=False, to='payouts.pot'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='what',
            field=models.CharField(choices=[('owed', 'owed'), ('invoiced', 'invoiced'), ('sold', 'sold'), ('paid', 'paid'), ('returned', 'returned'), ('received', 'received'), ('set_aside', 'set_aside'), ('earned', 'earned'), ('redeemed', 'redeemed'), ('given_back', 'given_back'), ('divided', 'divided')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('organisation', 'pot', 'what'), name='entry_of_pot_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', True), ('entitlement__isnull', True), ('payable__isnull', False), ('payment__isnull', True), ('pot__isnull', True), ('receipt__isnull', True), ('redemption__isnull', True)), models.Q(('document__isnull', False), ('entitlement__isnull', True), ('payable__isnull', True), ('payment__isnull', True), ('pot__isnull', True), ('receipt__isnull', True), ('redemption__isnull', True)), models.Q(('document__isnull', True), ('entitlement__isnull', True), ('payable__isnull', True), ('payment__isnull', False), ('pot__isnull', True), ('receipt__isnull', True), ('redemption__isnull', True)), models.Q(('document__isnull', True), ('entitlement__isnull', True), ('payable__isnull', True), ('payment__isnull', True), ('pot__isnull', True), ('receipt__isnull', False), ('redemption__isnull', True)), models.Q(('document__isnull', True), ('entitlement__isnull', False), ('payable__isnull', True), ('payment__isnull', True), ('pot__isnull', True), ('receipt__isnull', True), ('redemption__isnull', True)), models.Q(('document__isnull', True), ('entitlement__isnull', True), ('payable__isnull', True), ('payment__isnull', True), ('pot__isnull', True), ('receipt__isnull', True), ('redemption__isnull', False)), models.Q(('document__isnull', True), ('entitlement__isnull', True), ('payable__isnull', True), ('payment__isnull', True), ('pot__isnull', False), ('receipt__isnull', True), ('redemption__isnull', True)), _connector='OR'), name='entry_of_one_thing'),
        ),
        migrations.RunPython(book_off)  # the journal is not taken back,
    ]
