import django.core.validators
import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_applications'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='MembershipTerms',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('registration_fee', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=8, validators=[django.core.validators.MinValueValidator(0)], verbose_name='registration fee')),
                    ('dues', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=8, validators=[django.core.validators.MinValueValidator(0)], verbose_name='dues')),
                    ('dues_every', models.PositiveSmallIntegerField(choices=[(1, 'every month'), (3, 'every quarter'), (6, 'every half year'), (12, 'every year')], default=3, verbose_name='how often')),
                    ('dues_from', models.DateField(blank=True, null=True, verbose_name='first day of the first period')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation',), name='membership_terms_once'), models.CheckConstraint(condition=models.Q(('dues__gte', 0), ('registration_fee__gte', 0), models.Q(('dues', 0), ('dues_from__isnull', False), _connector='OR')), name='membership_terms_complete')],
                },
            ), migrations.CreateModel(
                name='MembershipTermsEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('registration_fee', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=8, validators=[django.core.validators.MinValueValidator(0)], verbose_name='registration fee')),
                    ('dues', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=8, validators=[django.core.validators.MinValueValidator(0)], verbose_name='dues')),
                    ('dues_every', models.PositiveSmallIntegerField(choices=[(1, 'every month'), (3, 'every quarter'), (6, 'every half year'), (12, 'every year')], default=3, verbose_name='how often')),
                    ('dues_from', models.DateField(blank=True, null=True, verbose_name='first day of the first period')),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.membershipterms')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='member',
                name='update_update',
            ), migrations.AddField(
                model_name='member',
                name='pays_dues',
                field=models.BooleanField(db_default=True, default=True, verbose_name='pays dues'),
            ), migrations.AddField(
                model_name='memberevent',
                name='pays_dues',
                field=models.BooleanField(db_default=True, default=True, verbose_name='pays dues'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='abaeb4cfd5396b26a74f24314c4ff80a1bb3814f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2df50', referencing='REFERENCING NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_on", "left_on", "name", "organisation_id", "pays_dues", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", new_values."pays_dues", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='baa120b40837c30f7bd25c8c7da3a44e88ec2cbe', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membershipterms',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershiptermsevent" ("dues", "dues_every", "dues_from", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_fee") SELECT new_values."dues", new_values."dues_every", new_values."dues_from", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."registration_fee" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='69f1f72ade28355019e25e0b83395f3be02d77bd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8de6a', referencing='REFERENCING NEW TABLE AS new_values ', table='members_membershipterms', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membershipterms',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_membershiptermsevent" ("dues", "dues_every", "dues_from", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_fee") SELECT new_values."dues", new_values."dues_every", new_values."dues_from", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."registration_fee" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='81d1f65b042449b28be04315837c3fe095182a85', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_964dc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_membershipterms', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='membershiptermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb698536aec38e7b091681778610bc70bb4b5da1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3557c', table='members_membershiptermsevent', when='BEFORE')),
            )],
        ),
    ]
