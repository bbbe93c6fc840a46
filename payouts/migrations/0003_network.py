import django.db.models.deletion
import kernel.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('payouts', '0002_set_off'),
        ('referrals', '0002_network'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='charge',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='charge',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payable',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payable',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payoutsettings',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='payoutsettings',
                name='update_update',
            ), migrations.RemoveConstraint(
                model_name='charge',
                name='charge_is_positive',
            ), migrations.RemoveConstraint(
                model_name='payable',
                name='payable_once',
            ), migrations.AddField(
                model_name='charge',
                name='revenue',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='referrals.fact'),
            ), migrations.AddField(
                model_name='chargeevent',
                name='revenue',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.fact'),
            ), migrations.AddField(
                model_name='entitlement',
                name='released',
                field=models.DecimalField(decimal_places=2, max_digits=14, null=True),
            ), migrations.AddField(
                model_name='payable',
                name='release',
                field=models.PositiveSmallIntegerField(default=0),
            ), migrations.AddField(
                model_name='payableevent',
                name='release',
                field=models.PositiveSmallIntegerField(default=0),
            ), migrations.AddField(
                model_name='payoutsettings',
                name='pays_introducers',
                field=models.CharField(choices=[('after_payment', 'As far as the performer has paid'), ('at_once', 'At once, whether the performer has paid or not')], default='after_payment', max_length=13, verbose_name='introducers are paid'),
            ), migrations.AddField(
                model_name='payoutsettings',
                name='remittance_period',
                field=models.CharField(choices=[('each', 'Each amount at once, in a document of its own'), ('month', 'Once a month, all amounts of a member in one document')], default='month', max_length=5, verbose_name='invoices of remittances'),
            ), migrations.AddField(
                model_name='payoutsettingsevent',
                name='pays_introducers',
                field=models.CharField(choices=[('after_payment', 'As far as the performer has paid'), ('at_once', 'At once, whether the performer has paid or not')], default='after_payment', max_length=13, verbose_name='introducers are paid'),
            ), migrations.AddField(
                model_name='payoutsettingsevent',
                name='remittance_period',
                field=models.CharField(choices=[('each', 'Each amount at once, in a document of its own'), ('month', 'Once a month, all amounts of a member in one document')], default='month', max_length=5, verbose_name='invoices of remittances'),
            ), migrations.AlterField(
                model_name='account',
                name='kind',
                field=models.CharField(choices=[('bonuses', 'bonuses'), ('payable', 'payable'), ('bank', 'bank'), ('payroll', 'payroll'), ('vat', 'vat'), ('receivable', 'receivable'), ('revenue', 'revenue'), ('vat_due', 'vat_due'), ('pot', 'pot'), ('points', 'points'), ('granted', 'granted'), ('redeemed', 'redeemed')], max_length=12),
            ), migrations.AlterField(
                model_name='entry',
                name='what',
                field=models.CharField(choices=[('owed', 'owed'), ('invoiced', 'invoiced'), ('sold', 'sold'), ('paid', 'paid'), ('returned', 'returned'), ('received', 'received'), ('set_aside', 'set_aside'), ('earned', 'earned'), ('redeemed', 'redeemed'), ('given_back', 'given_back')], max_length=12),
            ), migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('amount__lt', 0), ('revenue__isnull', False)), _connector='OR'), name='charge_is_positive'),
            ), migrations.AddConstraint(
                model_name='charge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'remittance'), ('revenue__isnull', False)), models.Q(models.Q(('kind', 'remittance'), _negated=True), ('revenue__isnull', True)), _connector='OR'), name='charge_remittance_of_turnover'),
            ), migrations.AddConstraint(
                model_name='payable',
                constraint=models.UniqueConstraint(condition=models.Q(('adjustment', None), models.Q(('state', 'sent_back'), _negated=True)), fields=('organisation', 'entitlement', 'member', 'release'), name='payable_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='charge',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_chargeevent" ("amount", "currency", "description", "id", "kind", "member_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "raised_at", "raised_by_id", "revenue_id", "supplied_on") SELECT new_values."amount", new_values."currency", new_values."description", new_values."id", new_values."kind", new_values."member_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."problems", new_values."raised_at", new_values."raised_by_id", new_values."revenue_id", new_values."supplied_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a98f788b7c04f880002d88ac171cc69f6f82de05', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d8346', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_charge', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='charge',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_chargeevent" ("amount", "currency", "description", "id", "kind", "member_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "raised_at", "raised_by_id", "revenue_id", "supplied_on") SELECT new_values."amount", new_values."currency", new_values."description", new_values."id", new_values."kind", new_values."member_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."problems", new_values."raised_at", new_values."raised_by_id", new_values."revenue_id", new_values."supplied_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aac997cd6f5307fd821df8419ae1607868112abb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_888b2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_charge', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payable',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payableevent" ("adjustment_id", "amount", "approved_at", "approved_by_id", "currency", "entitlement_id", "id", "member_id", "organisation_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "proposed_at", "proposed_by_id", "release", "sent_back_because", "sent_back_by_id", "state") SELECT new_values."adjustment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."currency", new_values."entitlement_id", new_values."id", new_values."member_id", new_values."organisation_id", new_values."paid_on", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."problems", new_values."proposed_at", new_values."proposed_by_id", new_values."release", new_values."sent_back_because", new_values."sent_back_by_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bd98874d979d6265008c4ab4b980cc8317387fe1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_169a7', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_payable', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payable',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payableevent" ("adjustment_id", "amount", "approved_at", "approved_by_id", "currency", "entitlement_id", "id", "member_id", "organisation_id", "paid_on", "payment_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problems", "proposed_at", "proposed_by_id", "release", "sent_back_because", "sent_back_by_id", "state") SELECT new_values."adjustment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."currency", new_values."entitlement_id", new_values."id", new_values."member_id", new_values."organisation_id", new_values."paid_on", new_values."payment_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."problems", new_values."proposed_at", new_values."proposed_by_id", new_values."release", new_values."sent_back_because", new_values."sent_back_by_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7c30f2f14597f51637efcf6706b6ffd9b26841aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9a7eb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_payable', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payoutsettings',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payoutsettingsevent" ("access_point_secret", "access_point_url", "account_codes", "iban", "id", "organisation_id", "pays_introducers", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remittance_period", "sales_term", "transport", "vat_regime", "wage_code", "wage_codes", "words") SELECT new_values."access_point_secret", new_values."access_point_url", new_values."account_codes", new_values."iban", new_values."id", new_values."organisation_id", new_values."pays_introducers", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remittance_period", new_values."sales_term", new_values."transport", new_values."vat_regime", new_values."wage_code", new_values."wage_codes", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='073f1a6d4fffdd4bcc3eca8f13f22e749767fa64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e18c0', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_payoutsettings', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payoutsettings',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "payouts_payoutsettingsevent" ("access_point_secret", "access_point_url", "account_codes", "iban", "id", "organisation_id", "pays_introducers", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remittance_period", "sales_term", "transport", "vat_regime", "wage_code", "wage_codes", "words") SELECT new_values."access_point_secret", new_values."access_point_url", new_values."account_codes", new_values."iban", new_values."id", new_values."organisation_id", new_values."pays_introducers", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remittance_period", new_values."sales_term", new_values."transport", new_values."vat_regime", new_values."wage_code", new_values."wage_codes", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09e7598d1e428f8319cf1169485f7f09ff033fa6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9e54a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_payoutsettings', when='AFTER')),
            )],
        ),
    ]
