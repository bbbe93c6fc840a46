import kernel.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_broadcasts'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='webhook',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='webhook',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='webhook',
                name='delete_delete',
            ), migrations.AddField(
                model_name='preference',
                name='digest',
                field=models.CharField(choices=[('weekly', 'every Monday'), ('monthly', 'on the first of the month'), ('never', 'not at all')], default='weekly', max_length=7, verbose_name='News of the group'),
            ), migrations.AddField(
                model_name='preference',
                name='fitting',
                field=models.CharField(choices=[('at_once', 'at once'), ('digest', 'with the other news of the group')], default='at_once', max_length=7, verbose_name='New opportunities that fit me'),
            ), migrations.AddField(
                model_name='webhook',
                name='format',
                field=models.CharField(choices=[('standard', 'Another system, in the form of Standard Webhooks'), ('slack', 'A channel of Slack'), ('teams', 'A channel of Microsoft Teams')], default='standard', max_length=8, verbose_name='what is told'),
            ), migrations.AddField(
                model_name='webhookevent',
                name='format',
                field=models.CharField(choices=[('standard', 'Another system, in the form of Standard Webhooks'), ('slack', 'A channel of Slack'), ('teams', 'A channel of Microsoft Teams')], default='standard', max_length=8, verbose_name='what is told'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("format", "id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT new_values."format", new_values."id", new_values."is_active", new_values."made_at", new_values."made_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."told_of", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fcfc2481f073269d5bb3fc96d9f1a5fdab25500e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_07cf8', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_webhook', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("format", "id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT new_values."format", new_values."id", new_values."is_active", new_values."made_at", new_values."made_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."told_of", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."format" IS DISTINCT FROM (new_values."format") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."told_of" IS DISTINCT FROM (new_values."told_of") OR old_values."url" IS DISTINCT FROM (new_values."url")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3c880b5cc563e0d5b415bad13939677924cde9d6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8d29', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notices_webhook', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("format", "id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT old_values."format", old_values."id", old_values."is_active", old_values."made_at", old_values."made_by_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."told_of", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b813516a91b09714ee73e48811c73328e63c7117', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d1a5c', referencing='REFERENCING OLD TABLE AS old_values ', table='notices_webhook', when='AFTER')),
            )],
        ),
    ]
