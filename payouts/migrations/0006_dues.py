import kernel.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_dues'),
        ('payouts', '0005_money_of_networks'),
        ('referrals', '0005_dues'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='charge',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='charge',
                name='update_update',
            ), migrations.AddField(
                model_name='charge',
                name='period_from',
                field=models.DateField(editable=False, null=True),
            ), migrations.AddField(
                model_name='chargeevent',
                name='period_from',
                field=models.DateField(editable=False, null=True),
            ), pgtrigger.migrations.AddTrigger(
                model_name='charge',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_chargeevent" ("amount", "currency", "description", "id", "kind", "member_id", "organisation_id", "period_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "raised_at", "raised_by_id", "revenue_id", "supplied_on") SELECT new_values."amount", new_values."currency", new_values."description", new_values."id", new_values."kind", new_values."member_id", new_values."organisation_id", new_values."period_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."problems", new_values."raised_at", new_values."raised_by_id", new_values."revenue_id", new_values."supplied_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='315bd1b3ee00cfb49c52223837fcd89cf16e466f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d8346', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_charge', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='charge',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_chargeevent" ("amount", "currency", "description", "id", "kind", "member_id", "organisation_id", "period_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "raised_at", "raised_by_id", "revenue_id", "supplied_on") SELECT new_values."amount", new_values."currency", new_values."description", new_values."id", new_values."kind", new_values."member_id", new_values."organisation_id", new_values."period_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."problems", new_values."raised_at", new_values."raised_by_id", new_values."revenue_id", new_values."supplied_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e877478e9ddf8ac98555a5cdc59f3aada7e806cc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_888b2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_charge', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='charge',
                constraint=models.UniqueConstraint(fields=('organisation', 'member', 'period_from'), name='dues_once'),
            )],
        ),
    ]
