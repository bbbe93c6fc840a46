import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import kernel.fields
import kernel.postgres.operations
import members.models
import members.slugs
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('former_email', models.EmailField(blank=True, max_length=254)),
                    ('email_changed_at', models.DateTimeField(null=True)),
                    ('language', models.CharField(choices=[('en', 'English'), ('nl', 'Dutch'), ('fr', 'French')], default='en', max_length=2, verbose_name='language')),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
                },
            ), migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.CharField(max_length=40, unique=True, validators=[members.slugs.validate_slug], verbose_name='name in addresses')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('country', models.CharField(choices=[('BE', 'Belgium'), ('NL', 'The Netherlands')], max_length=2, verbose_name='country')),
                    ('language', models.CharField(choices=[('en', 'English'), ('nl', 'Dutch'), ('fr', 'French')], max_length=2, verbose_name='language')),
                    ('colour', models.CharField(default='#1f5f5b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$')], verbose_name='colour')),
                    ('logo', models.FileField(blank=True, upload_to='logos', verbose_name='logo')),
                    ('second_factor_required', models.BooleanField(default=True, verbose_name='second factor for finance and administrators')),
                    ('legal_name', models.CharField(blank=True, max_length=120, verbose_name='name in law')),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                    ('postal_code', models.CharField(blank=True, max_length=12, verbose_name='postal code')),
                    ('city', models.CharField(blank=True, max_length=80, verbose_name='town')),
                    ('enterprise_number', models.CharField(blank=True, max_length=20, verbose_name='enterprise number')),
                    ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=members.models.all_languages, size=None)),
                    ('invoice_texts', models.JSONField(blank=True, default=dict)),
                    ('keep_people_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='people')),
                    ('keep_cvs_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='CVs')),
                    ('keep_members_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='members who left')),
                    ('payout_limit', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='warn above')),
                ],
            ), migrations.CreateModel(
                name='OrganisationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.organisation')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('slug', models.CharField(max_length=40, validators=[members.slugs.validate_slug], verbose_name='name in addresses')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('country', models.CharField(choices=[('BE', 'Belgium'), ('NL', 'The Netherlands')], max_length=2, verbose_name='country')),
                    ('language', models.CharField(choices=[('en', 'English'), ('nl', 'Dutch'), ('fr', 'French')], max_length=2, verbose_name='language')),
                    ('colour', models.CharField(default='#1f5f5b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$')], verbose_name='colour')),
                    ('logo', models.FileField(blank=True, upload_to='logos', verbose_name='logo')),
                    ('second_factor_required', models.BooleanField(default=True, verbose_name='second factor for finance and administrators')),
                    ('legal_name', models.CharField(blank=True, max_length=120, verbose_name='name in law')),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                    ('postal_code', models.CharField(blank=True, max_length=12, verbose_name='postal code')),
                    ('city', models.CharField(blank=True, max_length=80, verbose_name='town')),
                    ('enterprise_number', models.CharField(blank=True, max_length=20, verbose_name='enterprise number')),
                    ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=members.models.all_languages, size=None)),
                    ('invoice_texts', models.JSONField(blank=True, default=dict)),
                    ('keep_people_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='people')),
                    ('keep_cvs_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='CVs')),
                    ('keep_members_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)], verbose_name='members who left')),
                    ('payout_limit', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='warn above')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='members.organisation')),
                    ('is_active', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'organisation'), name='membership_once')],
                },
            ), migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='team_once')],
                },
            ), migrations.CreateModel(
                name='TeamEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.team')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='members.team')),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ('joined_on', models.DateField()),
                    ('leaves_on', models.DateField(blank=True, null=True)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('erased_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='member_once')],
                },
            ), migrations.CreateModel(
                name='ApiKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                    ('hint', models.CharField(max_length=4)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('made_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('last_used_on', models.DateField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ApiKeyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.apikey')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                    ('hint', models.CharField(max_length=4)),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('made_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ApiCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('api_key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.apikey')),
                    ('path', models.CharField(max_length=200)),
                    ('called_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', '-called_at', '-id'], name='api_call_newest')],
                },
            ), migrations.CreateModel(
                name='MemberEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.member')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.team')),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ('joined_on', models.DateField()),
                    ('leaves_on', models.DateField(blank=True, null=True)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('erased_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.team')),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.member')),
                    ('invited_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_organisationevent" ("city", "colour", "country", "enterprise_number", "id", "invoice_texts", "keep_cvs_months", "keep_members_months", "keep_people_months", "language", "languages", "legal_name", "logo", "name", "payout_limit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "second_factor_required", "slug", "street", "vat_number") SELECT new_values."city", new_values."colour", new_values."country", new_values."enterprise_number", new_values."id", new_values."invoice_texts", new_values."keep_cvs_months", new_values."keep_members_months", new_values."keep_people_months", new_values."language", new_values."languages", new_values."legal_name", new_values."logo", new_values."name", new_values."payout_limit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."postal_code", new_values."second_factor_required", new_values."slug", new_values."street", new_values."vat_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b2c05ec3888a87a7830963082864ae12d2ad5a5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d68e8', referencing='REFERENCING NEW TABLE AS new_values ', table='members_organisation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_organisationevent" ("city", "colour", "country", "enterprise_number", "id", "invoice_texts", "keep_cvs_months", "keep_members_months", "keep_people_months", "language", "languages", "legal_name", "logo", "name", "payout_limit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "second_factor_required", "slug", "street", "vat_number") SELECT new_values."city", new_values."colour", new_values."country", new_values."enterprise_number", new_values."id", new_values."invoice_texts", new_values."keep_cvs_months", new_values."keep_members_months", new_values."keep_people_months", new_values."language", new_values."languages", new_values."legal_name", new_values."logo", new_values."name", new_values."payout_limit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."postal_code", new_values."second_factor_required", new_values."slug", new_values."street", new_values."vat_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e18e634208511a8f43fe58f5db9c83015610cb12', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f4b2a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_organisation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='organisationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f0940d56f7878a532c9da5a37546ecb83029cac4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02a5d', table='members_organisationevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='team',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_teamevent" ("id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8e6b27458d6b663ac28d3197e16f15a47f4a0aad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe166', referencing='REFERENCING NEW TABLE AS new_values ', table='members_team', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='team',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_teamevent" ("id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8e7ae43e34f535ea34ccd1342aef9555542a742', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8dbc3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_team', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='team',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_teamevent" ("id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."name", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1ec9693a921fa57a3cc3e27fefd3e89af85734e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8f5c6', referencing='REFERENCING OLD TABLE AS old_values ', table='members_team', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='teamevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9620ef6c8fffa2c330377eb125c101f72aaab60e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08b3d', table='members_teamevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_on", "left_on", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='492b1420f2d523623fcc84e2ae4592aeb1ef1278', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2df50', referencing='REFERENCING NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='member',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_memberevent" ("erased_at", "id", "joined_on", "leaves_on", "left_on", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "team_id", "user_id") SELECT new_values."erased_at", new_values."id", new_values."joined_on", new_values."leaves_on", new_values."left_on", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."roles", new_values."team_id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='218c4fbfb2574b9cd4d263b829563eb043fa2dfd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b1bc1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_member', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='apikey',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_apikeyevent" ("hint", "id", "made_at", "made_by_id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scopes") SELECT new_values."hint", new_values."id", new_values."made_at", new_values."made_by_id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='93153978ec8d46669284fe5a93195d52617bc6fc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e37cc', referencing='REFERENCING NEW TABLE AS new_values ', table='members_apikey', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='apikey',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_apikeyevent" ("hint", "id", "made_at", "made_by_id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scopes") SELECT new_values."hint", new_values."id", new_values."made_at", new_values."made_by_id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."hint" IS DISTINCT FROM (new_values."hint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."scopes" IS DISTINCT FROM (new_values."scopes")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d83a6cf3a2c9920d64fdeb3a1a48665ddc1bc45c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_08d19', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_apikey', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='apikeyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d5e53ec905322947c808191b9cae4f937cadec5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68294', table='members_apikeyevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='apicall',
                trigger=pgtrigger.compiler.Trigger(name='api_call_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c332a51062e3c13f6399df8cf67254d89abdfbe', operation='UPDATE OR DELETE', pgid='pgtrigger_api_call_is_final_484b9', table='members_apicall', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='memberevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='adf47588a34feaa7fc9f2d2dcecbee2efbf62151', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_de38d', table='members_memberevent', when='BEFORE')),
            )],
        ),
    ]
