from typing import Any

from django.db import migrations

DECLARED = """
    INSERT INTO payouts_vatposition (payee_id, regime, vat_number, since, declared_by_id, declared_at)
    SELECT id,
           CASE WHEN vat_regime <> 'exempt' THEN 'ordinary' WHEN country = 'NL' THEN 'kor' ELSE 'small_business' END,
           vat_number, DATE '2020-01-01', member_id, now()
    FROM payouts_payee WHERE kind = 'enterprise'
"""


def declare(apps: Any, editor: Any) -> None:
    """Turn the one position of a payee into their first dated one, organisation by organisation."""
    with editor.connection.cursor() as cursor:
        for pk in apps.get_model("members", "Organisation").objects.values_list("pk", flat=True):
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(pk)])
            cursor.execute(DECLARED)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [("payouts", "0008_money_and_law")]

    operations = [migrations.RunPython(declare, migrations.RunPython.noop)]
