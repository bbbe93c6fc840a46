import django.contrib.postgres.fields
import django.db.models.deletion
import kernel.encryption
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('kind', models.CharField(max_length=10)),
                    ('about', models.CharField(max_length=60)),
                    ('to', models.EmailField(blank=True, max_length=254)),
                    ('sender', models.CharField(max_length=120)),
                    ('subject', models.CharField(blank=True, max_length=200)),
                    ('text', models.TextField(blank=True)),
                    ('html', models.TextField(blank=True)),
                    ('written_at', models.DateTimeField()),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['organisation', 'next_try_at'], name='message_to_send')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'about'), name='message_once')],
                },
            ), migrations.CreateModel(
                name='Announcement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version')),
                    ('announced_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'version'), name='announcement_once')],
                },
            ), migrations.CreateModel(
                name='PaidNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('payables', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('paid_at', models.DateTimeField()),
                    ('told_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Preference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.member')),
                    ('muted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'member'), name='preference_once')],
                },
            ), migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('url', models.URLField(max_length=300, verbose_name='address')),
                    ('told_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                    ('secret', kernel.encryption.EncryptedText()),
                    ('is_active', models.BooleanField(default=True, verbose_name='on')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='WebhookEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.webhook')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('url', models.URLField(max_length=300, verbose_name='address')),
                    ('told_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                    ('is_active', models.BooleanField(default=True, verbose_name='on')),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notices.webhook')),
                    ('key', models.UUIDField(default=uuid.uuid4)),
                    ('event', models.CharField(max_length=24)),
                    ('body', models.TextField()),
                    ('noted_at', models.DateTimeField()),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(null=True)),
                    ('status', models.PositiveSmallIntegerField(null=True)),
                    ('answer', models.CharField(blank=True, max_length=200)),
                    ('delivered_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'webhook', '-noted_at', '-id'], name='delivery_log'), models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['organisation', 'next_try_at'], name='delivery_to_send')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'webhook', 'key'), name='delivery_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT new_values."id", new_values."is_active", new_values."made_at", new_values."made_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."told_of", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='43cb3c0f728f181ceecbf9dfa778f7db474e2b1f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_07cf8', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_webhook', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT new_values."id", new_values."is_active", new_values."made_at", new_values."made_by_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."told_of", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."told_of" IS DISTINCT FROM (new_values."told_of") OR old_values."url" IS DISTINCT FROM (new_values."url")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='faac6d89d68a7193fedcc9991c36ce76fefd5006', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8d29', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notices_webhook', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_webhookevent" ("id", "is_active", "made_at", "made_by_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_of", "url") SELECT old_values."id", old_values."is_active", old_values."made_at", old_values."made_by_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."told_of", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4c85831bcfd5bc3f5ffdd1d0bf50d94093f250a3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d1a5c', referencing='REFERENCING OLD TABLE AS old_values ', table='notices_webhook', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e412250aabe08e893b4066ee312df03b488f135e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ad635', table='notices_webhookevent', when='BEFORE')),
            )],
        ),
    ]
