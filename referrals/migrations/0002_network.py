import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import referrals.pipeline
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('referrals', '0001_initial'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Opportunity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('what', models.CharField(choices=[('assignment', 'An assignment'), ('proposition', 'A proposition to make together'), ('company', 'A company to found together')], default='assignment', max_length=12, verbose_name='what it is')),
                    ('title', models.CharField(max_length=120, verbose_name='in one line')),
                    ('disciplines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='disciplines')),
                    ('town', models.CharField(blank=True, max_length=80, verbose_name='town')),
                    ('presence', models.CharField(choices=[('on_site', 'On site'), ('hybrid', 'Partly on site'), ('remote', 'From anywhere')], default='hybrid', max_length=8, verbose_name='where')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from when')),
                    ('lasts', models.CharField(blank=True, max_length=80, verbose_name='how long')),
                    ('days_a_week', models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True, validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(7)], verbose_name='days a week')),
                    ('rate', models.CharField(blank=True, max_length=80, verbose_name='rate')),
                    ('about', models.TextField(blank=True, max_length=2000, verbose_name='what the work is')),
                    ('known_how', models.TextField(blank=True, max_length=1000, verbose_name='how I know')),
                    ('early', models.CharField(choices=[('heard', 'I heard of it, nobody looks yet'), ('asked', 'They asked me whether I know someone'), ('soon', 'It is published soon'), ('public', 'It is public already')], default='asked', max_length=8, verbose_name='how early it is')),
                    ('visibility', models.CharField(choices=[('network', 'The whole network'), ('chosen', 'Only members whom I choose'), ('anonymised', 'The whole network, without the client until someone is introduced')], default='network', max_length=10, verbose_name='who sees it')),
                    ('moved_at', models.DateTimeField()),
                    ('reminded_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='referrals.case')),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['disciplines'], name='opportunity_disciplines')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'case'), name='opportunity_once')],
                },
            ), migrations.CreateModel(
                name='OpportunityEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('title', models.CharField(max_length=120, verbose_name='in one line')),
                    ('visibility', models.CharField(choices=[('network', 'The whole network'), ('chosen', 'Only members whom I choose'), ('anonymised', 'The whole network, without the client until someone is introduced')], default='network', max_length=10, verbose_name='who sees it')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from when')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='title_visibility_starts_on_organisation_events', to='referrals.opportunity')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Turnover',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('month', models.DateField()),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('fact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.fact')),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turnover', to='referrals.placement')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'placement', 'month'], name='turnover_of_month')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'fact'), name='turnover_once')],
                },
            ), migrations.CreateModel(
                name='Interest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('interested', 'interested'), ('introduced', 'introduced'), ('not_chosen', 'not introduced'), ('withdrawn', 'no longer interested')], default='interested', max_length=10)),
                    ('why', models.CharField(blank=True, max_length=400, verbose_name='why it suits me')),
                    ('team', models.CharField(blank=True, max_length=80, verbose_name='team')),
                    ('since', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='members.member')),
                    ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='referrals.opportunity')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'member', '-since'], name='interest_of_member')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'opportunity', 'member'), name='interest_once')],
                },
            ), migrations.CreateModel(
                name='InterestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('state', models.CharField(choices=[('asked', 'asked'), ('interested', 'interested'), ('introduced', 'introduced'), ('not_chosen', 'not introduced'), ('withdrawn', 'no longer interested')], default='interested', max_length=10)),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='opportunity_member_state_organisation_events', to='referrals.interest')),
                    ('opportunity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.opportunity')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='case',
                name='for_organisation',
                field=models.BooleanField(default=False),
            ), migrations.AddField(
                model_name='placement',
                name='performer',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='members.member'),
            ), migrations.AlterField(
                model_name='case',
                name='stage',
                field=models.CharField(choices=[(referrals.pipeline.Stage['RECEIVED'], referrals.pipeline.Stage['RECEIVED']), (referrals.pipeline.Stage['CONTACTED'], referrals.pipeline.Stage['CONTACTED']), (referrals.pipeline.Stage['INTERVIEWED'], referrals.pipeline.Stage['INTERVIEWED']), (referrals.pipeline.Stage['PRESENTED'], referrals.pipeline.Stage['PRESENTED']), (referrals.pipeline.Stage['TALKS'], referrals.pipeline.Stage['TALKS']), (referrals.pipeline.Stage['OFFERED'], referrals.pipeline.Stage['OFFERED']), (referrals.pipeline.Stage['PLACED'], referrals.pipeline.Stage['PLACED']), (referrals.pipeline.Stage['WORKING'], referrals.pipeline.Stage['WORKING']), (referrals.pipeline.Stage['FINISHED'], referrals.pipeline.Stage['FINISHED']), (referrals.pipeline.Stage['WON'], referrals.pipeline.Stage['WON']), (referrals.pipeline.Stage['REJECTED'], referrals.pipeline.Stage['REJECTED']), (referrals.pipeline.Stage['WITHDRAWN'], referrals.pipeline.Stage['WITHDRAWN']), (referrals.pipeline.Stage['CLOSED'], referrals.pipeline.Stage['CLOSED'])], default=referrals.pipeline.Stage['RECEIVED'], max_length=12),
            ), migrations.AlterField(
                model_name='placement',
                name='client',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='referrals.client', verbose_name='client'),
            ), migrations.AddConstraint(
                model_name='placement',
                constraint=models.UniqueConstraint(condition=models.Q(('performer__isnull', False)), fields=('organisation', 'case', 'performer'), name='placement_of_performer_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='opportunity',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_opportunityevent" ("organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "visibility") SELECT new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."title", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1e54768a7d0376f0191b42d868cd8eb26c392ee7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_840e0', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_opportunity', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='opportunity',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_opportunityevent" ("organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title", "visibility") SELECT new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."title", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."visibility" IS DISTINCT FROM (new_values."visibility")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8d1b6f38b6336ede0bb94876fc3cb626cec61059', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a66d8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_opportunity', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='interestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8797e59b174bf45a11e4997e53cb9278e4752859', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6087c', table='referrals_interestevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='interest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_interestevent" ("member_id", "opportunity_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") SELECT new_values."member_id", new_values."opportunity_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2feaec2be28db464a81c7e1f68fda0fa4ace2ee3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d4c74', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_interest', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='interest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_interestevent" ("member_id", "opportunity_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") SELECT new_values."member_id", new_values."opportunity_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."member_id" IS DISTINCT FROM (new_values."member_id") OR old_values."opportunity_id" IS DISTINCT FROM (new_values."opportunity_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3ad3884117cf86aa59aa46464caa55072bd762a8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9e1bb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_interest', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='opportunityevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e0984a5531f464ba6eb73489d5029f213db1b440', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5e355', table='referrals_opportunityevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='turnover',
                trigger=pgtrigger.compiler.Trigger(name='turnover_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eaf9a7cc8003ab246c1c18389f00aac166197e7a', operation='UPDATE OR DELETE', pgid='pgtrigger_turnover_is_final_a8e52', table='referrals_turnover', when='BEFORE')),
            )],
        ),
    ]
