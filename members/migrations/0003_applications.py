import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import kernel.fields
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                    ('language', models.CharField(choices=[('en', 'English'), ('nl', 'Dutch'), ('fr', 'French')], max_length=2, verbose_name='language')),
                    ('note', models.CharField(blank=True, max_length=400, verbose_name='a line to them')),
                    ('asked_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('applied', 'applied'), ('declined', 'declined'), ('admitted', 'admitted'), ('refused', 'not admitted'), ('withdrawn', 'taken back')], default='asked', max_length=9)),
                    ('disciplines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='disciplines')),
                    ('years', models.PositiveSmallIntegerField(null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='years of experience')),
                    ('experience', models.TextField(blank=True, max_length=2000, verbose_name='what I have done')),
                    ('why', models.TextField(blank=True, max_length=1000, verbose_name='why I want to join')),
                    ('link', models.URLField(blank=True, max_length=300, verbose_name='a page about me')),
                    ('applied_at', models.DateTimeField(null=True)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('found', models.CharField(blank=True, max_length=400, verbose_name='the experience for which they are admitted')),
                    ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brought', to='members.member')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('invitation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='members.invitation')),
                    ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'brought_by'], name='application_brought_by')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'admitted'), _negated=True), models.Q(('decided_by__isnull', False), ('invitation__isnull', False)), _connector='OR'), name='application_admitted_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='ApplicationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('applied', 'applied'), ('declined', 'declined'), ('admitted', 'admitted'), ('refused', 'not admitted'), ('withdrawn', 'taken back')], default='asked', max_length=9)),
                    ('brought_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='state_brought_by_decided_by_organisation_events', to='members.application')),
                ],
                options={
                    'abstract': False,
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_applicationevent" ("brought_by_id", "decided_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") SELECT new_values."brought_by_id", new_values."decided_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='765aff80e908e3857c0f6a7e06198cc0b447d468', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1f4b2', referencing='REFERENCING NEW TABLE AS new_values ', table='members_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_applicationevent" ("brought_by_id", "decided_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") SELECT new_values."brought_by_id", new_values."decided_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."brought_by_id" IS DISTINCT FROM (new_values."brought_by_id") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8f46700ad6841f6d03aeaffee2d6ce227b70c27', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_da26f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f200de0ec71fb96d159d119c965384ccdedb371', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eed14', table='members_applicationevent', when='BEFORE')),
            ),
            ]
        )
    ]
