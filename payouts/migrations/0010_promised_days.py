import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


PROMISED = """
    UPDATE payouts_payable AS payable SET pay_by = entitlement.pay_by
    FROM payouts_entitlement AS entitlement WHERE entitlement.id = payable.entitlement_id
"""


def promise(apps, schema_editor):
    """What is on its way was promised by the day of its entitlement."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM members_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(organisation)])
            cursor.execute(PROMISED)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")


class Migration(migrations.Migration):

    dependencies = [
        ('payouts', '0009_taken_back'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='payable',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='payable',
            name='update_update',
        ),
        migrations.AddField(
            model_name='payable',
            name='pay_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='payableevent',
            name='pay_by',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(promise, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='payable',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payableevent" ("adjustment_id", "amount", "approved_at", "approved_by_id", "currency", "entitlement_id", "id", "member_id", "organisation_id", "paid_on", "pay_by", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "proposed_at", "proposed_by_id", "release", "sent_back_because", "sent_back_by_id", "state") SELECT new_values."adjustment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."currency", new_values."entitlement_id", new_values."id", new_values."member_id", new_values."organisation_id", new_values."paid_on", new_values."pay_by", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."problems", new_values."proposed_at", new_values."proposed_by_id", new_values."release", new_values."sent_back_because", new_values."sent_back_by_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8d6e59b2c40a1e5a1bca0729bb7ce4522527496', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_169a7', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_payable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payable',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payableevent" ("adjustment_id", "amount", "approved_at", "approved_by_id", "currency", "entitlement_id", "id", "member_id", "organisation_id", "paid_on", "pay_by", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "proposed_at", "proposed_by_id", "release", "sent_back_because", "sent_back_by_id", "state") SELECT new_values."adjustment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."currency", new_values."entitlement_id", new_values."id", new_values."member_id", new_values."organisation_id", new_values."paid_on", new_values."pay_by", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."problems", new_values."proposed_at", new_values."proposed_by_id", new_values."release", new_values."sent_back_because", new_values."sent_back_by_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb5cf7ab92bbf7add0d08414e894b1163f109f06', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9a7eb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_payable', when='AFTER')),
        ),
    ]
