import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_meeting_moved'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='member',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='member',
            name='update_update',
        ),
        migrations.AddField(
            model_name='member',
            name='pays_dues_from',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='memberevent',
            name='pays_dues_from',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='member',
            name='pays_dues',
            field=models.BooleanField(db_default=True, default=True, help_text='Who pays them again does so from the next period on.', verbose_name='pays dues'),
        ),
        migrations.AlterField(
            model_name='memberevent',
            name='pays_dues',
            field=models.BooleanField(db_default=True, default=True, help_text='Who pays them again does so from the next period on.', verbose_name='pays dues'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_by_id", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pays_dues_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_by_id", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", new_values."pays_dues_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cb40e52fab340db21dd01f2201fc27d0938063d1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2df50', referencing='REFERENCING NEW TABLE AS new_values ', table='members_member', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='member',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_by_id", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pays_dues_from", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_by_id", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", new_values."pays_dues_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2c350a78f9639f939e5121e038cec7d00e2b323d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
        ),
    ]
