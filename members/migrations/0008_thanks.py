import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_meetings'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.AddField(
                model_name='agendaitem',
                name='said',
                field=models.CharField(blank=True, max_length=120),
            ), migrations.AlterField(
                model_name='agendaitem',
                name='member',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='members.member', verbose_name='who'),
            ), migrations.CreateModel(
                name='Thanks',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=280, verbose_name='what for')),
                    ('said_at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanked', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='members.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', '-said_at'], name='thanks_by_day'), models.Index(fields=['organisation', 'to', '-said_at'], name='thanks_to_member')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='thanks_to_another')],
                },
            ), migrations.CreateModel(
                name='ThanksEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='by_to_organisation_events', to='members.thanks')),
                    ('to', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='thanks',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_thanksevent" ("by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_id") SELECT new_values."by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."to_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='855dc801c99779083dbe2cb8d5c6b7cfa87aac7f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bde73', referencing='REFERENCING NEW TABLE AS new_values ', table='members_thanks', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='thanks',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_thanksevent" ("by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_id") SELECT old_values."by_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."to_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='327537887d3ea09e642af6564a91011ce0a790ac', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9d160', referencing='REFERENCING OLD TABLE AS old_values ', table='members_thanks', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='thanksevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc043b1267808d5119477a63781e89cefbd6a400', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fc92', table='members_thanksevent', when='BEFORE')),
            )],
        ),
    ]
