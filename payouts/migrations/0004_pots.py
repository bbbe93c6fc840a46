import django.core.validators
import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('payouts', '0003_network'),
        ('referrals', '0003_pots'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Pot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('proposed', 'open to objections'), ('closed', 'closed'), ('withdrawn', 'taken back')], default='proposed', max_length=9)),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('brought_in', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('set_aside', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('coins', models.PositiveIntegerField()),
                    ('carried_over', models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                    ('objections_until', models.DateField()),
                    ('proposed_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pots', to='referrals.case')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('organisation', 'year'), name='pot_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_by__isnull', True)), _connector='OR'), name='pot_closed_by_someone'), models.CheckConstraint(condition=models.Q(('closed_by__isnull', True), models.Q(('closed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='pot_four_eyes')],
                },
            ), migrations.CreateModel(
                name='PotEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('proposed', 'open to objections'), ('closed', 'closed'), ('withdrawn', 'taken back')], default='proposed', max_length=9)),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('brought_in', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('set_aside', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('coins', models.PositiveIntegerField()),
                    ('carried_over', models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                    ('objections_until', models.DateField()),
                    ('proposed_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.case')),
                    ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payouts.pot')),
                    ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PotObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('text', models.CharField(max_length=1000, verbose_name='what is wrong')),
                    ('said_at', models.DateTimeField()),
                    ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='payouts.pot')),
                ],
                options={
                    'ordering': ['said_at', 'id'],
                },
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payoutsettings',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payoutsettings',
                name='update_update',
            ), migrations.AddField(
                model_name='entitlement',
                name='coins',
                field=models.PositiveIntegerField(null=True),
            ), migrations.AddField(
                model_name='entitlement',
                name='member',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
            ), migrations.AddField(
                model_name='payoutsettings',
                name='objection_days',
                field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='days to object to the division of a pot'),
            ), migrations.AddField(
                model_name='payoutsettingsevent',
                name='objection_days',
                field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='days to object to the division of a pot'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payoutsettings',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payoutsettingsevent" ("access_point_secret", "access_point_url", "account_codes", "iban", "id", "objection_days", "organisation_id", "pays_introducers", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remittance_period", "sales_term", "transport", "vat_regime", "wage_code", "wage_codes", "words") SELECT new_values."access_point_secret", new_values."access_point_url", new_values."account_codes", new_values."iban", new_values."id", new_values."objection_days", new_values."organisation_id", new_values."pays_introducers", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remittance_period", new_values."sales_term", new_values."transport", new_values."vat_regime", new_values."wage_code", new_values."wage_codes", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34d1e2cb180009f2ef0b42bba69dd60a6b330d0d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e18c0', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_payoutsettings', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payoutsettings',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payoutsettingsevent" ("access_point_secret", "access_point_url", "account_codes", "iban", "id", "objection_days", "organisation_id", "pays_introducers", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remittance_period", "sales_term", "transport", "vat_regime", "wage_code", "wage_codes", "words") SELECT new_values."access_point_secret", new_values."access_point_url", new_values."account_codes", new_values."iban", new_values."id", new_values."objection_days", new_values."organisation_id", new_values."pays_introducers", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remittance_period", new_values."sales_term", new_values."transport", new_values."vat_regime", new_values."wage_code", new_values."wage_codes", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='308efd3ef67d03be46b0be725f44cf5fdf47ff4b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9e54a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_payoutsettings', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pot',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_potevent" ("brought_in", "carried_over", "case_id", "closed_at", "closed_by_id", "coins", "currency", "id", "objections_until", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "set_aside", "state", "year") SELECT new_values."brought_in", new_values."carried_over", new_values."case_id", new_values."closed_at", new_values."closed_by_id", new_values."coins", new_values."currency", new_values."id", new_values."objections_until", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."set_aside", new_values."state", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3dc290942f58ea9fd20c1a22070c752f38a4c21b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_208be', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_pot', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pot',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_potevent" ("brought_in", "carried_over", "case_id", "closed_at", "closed_by_id", "coins", "currency", "id", "objections_until", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "set_aside", "state", "year") SELECT new_values."brought_in", new_values."carried_over", new_values."case_id", new_values."closed_at", new_values."closed_by_id", new_values."coins", new_values."currency", new_values."id", new_values."objections_until", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."set_aside", new_values."state", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='10cc07059318c721e5b3e7b01f876ed39948fb3e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d98a2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_pot', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='potevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99fcd8224210e91d7034f9b6652dfb2290fd85c0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0bd6d', table='payouts_potevent', when='BEFORE')),
            )],
        ),
    ]
