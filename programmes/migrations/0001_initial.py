import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('case_kind', models.CharField(choices=[('referral', 'Recommending a person'), ('lead', 'Bringing in a client'), ('opportunity', 'Sharing an opportunity'), ('activity', 'Contributing in another way')], max_length=12, verbose_name='for')),
                    ('retired_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='programme_once')],
                },
            ), migrations.CreateModel(
                name='ProgrammeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.programme')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('case_kind', models.CharField(choices=[('referral', 'Recommending a person'), ('lead', 'Bringing in a client'), ('opportunity', 'Sharing an opportunity'), ('activity', 'Contributing in another way')], max_length=12, verbose_name='for')),
                    ('retired_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programmes.programme')),
                    ('number', models.PositiveIntegerField()),
                    ('rules', kernel.fields.OrderedJSONField()),
                    ('effective_on', models.DateField()),
                    ('published_at', models.DateTimeField()),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('note', models.TextField(blank=True)),
                    ('texts', models.JSONField(default=dict)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'number'), name='version_once')],
                },
            ), migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='programmes.programme')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('document', kernel.fields.OrderedJSONField()),
                    ('texts', models.JSONField(default=dict)),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme'), name='draft_once')],
                },
            ), migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='programmes.version')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('accepted_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'version', 'member'), name='acceptance_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_programmeevent" ("case_kind", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on") SELECT new_values."case_kind", new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."retired_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d58eb6027bc3fcc9a1101ae8f79ded54bfe6406', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_56ab2', referencing='REFERENCING NEW TABLE AS new_values ', table='programmes_programme', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_programmeevent" ("case_kind", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on") SELECT new_values."case_kind", new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."retired_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae0e5e183b90909fd729a4ce188af6935ec4d8ea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_af864', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programmes_programme', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='programmeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5fe1ee674ae180722b68fb3695b029aa2ce00d96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df196', table='programmes_programmeevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='version',
                trigger=pgtrigger.compiler.Trigger(name='version_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78b4c4eb3f2b782bec302918213a592340c4029f', operation='UPDATE OR DELETE', pgid='pgtrigger_version_is_final_267f3', table='programmes_version', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptance',
                trigger=pgtrigger.compiler.Trigger(name='acceptance_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='00e128c07b2f37c646d35abe7a93e088145ed7a7', operation='UPDATE OR DELETE', pgid='pgtrigger_acceptance_is_final_3d5c1', table='programmes_acceptance', when='BEFORE')),
            )],
        ),
    ]
