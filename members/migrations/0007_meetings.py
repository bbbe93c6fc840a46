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
        ('members', '0006_agreed_costs'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('starts_at', models.DateTimeField(verbose_name='begins')),
                    ('ends_at', models.DateTimeField(verbose_name='ends')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                    ('link', models.URLField(blank=True, max_length=300, verbose_name='link of the call')),
                    ('about', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                    ('seats', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='how many can come')),
                    ('state', models.CharField(choices=[('planned', 'planned'), ('cancelled', 'cancelled')], default='planned', max_length=9)),
                    ('because', models.CharField(blank=True, max_length=400)),
                    ('notes', models.TextField(blank=True, max_length=10000, verbose_name='notes')),
                    ('noted_at', models.DateTimeField(null=True)),
                    ('planned_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                    ('revision', models.PositiveIntegerField(default=0)),
                    ('nudged_at', models.DateTimeField(null=True)),
                    ('reminded_at', models.DateTimeField(null=True)),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'starts_at'], name='meeting_by_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_began'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='meeting_is_somewhere')],
                },
            ), migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answer', models.CharField(choices=[('coming', 'coming'), ('waiting', 'on the waiting list'), ('not_coming', 'not coming')], max_length=10)),
                    ('answered_at', models.DateTimeField()),
                    ('was_there', models.BooleanField(null=True)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='members.meeting')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'member'], name='attendance_of_member')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'meeting', 'member'), name='attendance_once')],
                },
            ), migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(choices=[('item', 'A point of the agenda'), ('talk', 'A member speaks'), ('presents', 'Somebody who is available presents themselves')], default='item', max_length=8, verbose_name='what it is')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='about what')),
                    ('minutes', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(480)], verbose_name='minutes')),
                    ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='members.meeting')),
                ],
                options={
                    'ordering': ['position', 'pk'],
                },
            ), migrations.CreateModel(
                name='MeetingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('starts_at', models.DateTimeField(verbose_name='begins')),
                    ('state', models.CharField(choices=[('planned', 'planned'), ('cancelled', 'cancelled')], default='planned', max_length=9)),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='title_starts_at_state_organisation_events', to='members.meeting')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'member'), name='calendar_feed_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_meetingevent" ("organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "state", "title") SELECT new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts_at", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d1a4c8b0b7aa7e5b5731ab1e45c3d5a02d8a868f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_15e7b', referencing='REFERENCING NEW TABLE AS new_values ', table='members_meeting', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_meetingevent" ("organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "state", "title") SELECT new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_at", new_values."state", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."starts_at" IS DISTINCT FROM (new_values."starts_at") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c02ab0c323adb676b8ec78b9bb31f29ad7a45ffd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8e692', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_meeting', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='meetingevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72bfc50ddf22765e3060031acb4ef8dc085b6066', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3f780', table='members_meetingevent', when='BEFORE')),
            )],
        ),
    ]
