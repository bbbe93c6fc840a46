import django.db.models.deletion
import kernel.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_dues'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='update_update',
            ), migrations.AddField(
                model_name='member',
                name='leaves_by',
                field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
            ), migrations.AddField(
                model_name='memberevent',
                name='leaves_by',
                field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_by_id", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_by_id", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8c8c305cbdcaa53124082706be38f74a3f342ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2df50', referencing='REFERENCING NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_by_id", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_by_id", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9f4c75fc1bd71044227a2bb3fa5cafc99db5157d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            )],
        ),
    ]
