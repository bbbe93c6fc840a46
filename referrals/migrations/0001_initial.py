import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import kernel.fields
import kernel.postgres.operations
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import referrals.pipeline
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
                name='Client',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='client_once')],
                },
            ), migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='referrals.client', verbose_name='client')),
                    ('seniority', models.CharField(blank=True, choices=[('junior', 'Junior'), ('medior', 'Medior'), ('senior', 'Senior')], max_length=8, verbose_name='seniority')),
                    ('location', models.CharField(blank=True, max_length=120, verbose_name='location')),
                    ('rate', models.CharField(blank=True, max_length=80, verbose_name='rate or salary')),
                    ('requirements', models.TextField(blank=True, verbose_name='technical requirements')),
                    ('description', models.TextField(blank=True, verbose_name='what the work is for, and with whom')),
                    ('opened_on', models.DateField()),
                    ('closed_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-opened_on', '-id'],
                },
            ), migrations.CreateModel(
                name='OpeningEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='referrals.opening')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.client', verbose_name='client')),
                    ('seniority', models.CharField(blank=True, choices=[('junior', 'Junior'), ('medior', 'Medior'), ('senior', 'Senior')], max_length=8, verbose_name='seniority')),
                    ('location', models.CharField(blank=True, max_length=120, verbose_name='location')),
                    ('rate', models.CharField(blank=True, max_length=80, verbose_name='rate or salary')),
                    ('requirements', models.TextField(blank=True, verbose_name='technical requirements')),
                    ('description', models.TextField(blank=True, verbose_name='what the work is for, and with whom')),
                    ('opened_on', models.DateField()),
                    ('closed_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='SharedLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('opening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.opening')),
                    ('made_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'member', 'opening'), name='shared_link_once', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='Candidate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                    ('email_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower('email'), output_field=models.CharField(max_length=254))),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                    ('phone_key', models.CharField(blank=True, max_length=20)),
                    ('name_key', models.CharField(blank=True, max_length=120)),
                    ('linkedin', models.URLField(blank=True, verbose_name='LinkedIn address')),
                    ('language', models.CharField(choices=[('en', 'English'), ('nl', 'Dutch'), ('fr', 'French')], default='en', max_length=2, verbose_name='language')),
                    ('known_since', models.DateField(blank=True, null=True)),
                    ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='referrals.candidate')),
                    ('erased_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'email_key'], name='candidate_email'), models.Index(fields=['organisation', 'phone_key'], name='candidate_phone'), models.Index(fields=['organisation', 'name_key'], name='candidate_name')],
                },
            ), migrations.CreateModel(
                name='Curriculum',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='curricula', to='referrals.candidate')),
                    ('file', models.FileField(upload_to='cv')),
                    ('name', models.CharField(max_length=120)),
                    ('media_type', models.CharField(max_length=80)),
                    ('size', models.PositiveIntegerField()),
                    ('uploaded_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profiles', to='referrals.candidate')),
                    ('headline', models.CharField(max_length=120, verbose_name='in one line')),
                    ('summary', models.TextField(max_length=1500, verbose_name='summary')),
                    ('skills', models.TextField(blank=True, max_length=1500, verbose_name='skills, one a line')),
                    ('languages', models.CharField(blank=True, max_length=120, verbose_name='languages')),
                    ('available', models.CharField(blank=True, max_length=120, verbose_name='available')),
                    ('rate', models.CharField(blank=True, max_length=80, verbose_name='rate or salary')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('written_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'candidate'), name='profile_once')],
                },
            ), migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('duplicate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.candidate')),
                    ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.candidate')),
                    ('moved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('facts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('joined', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('merged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('merged_at', models.DateTimeField()),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('undone_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Deletion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('kind', models.CharField(choices=[('people', 'people'), ('cvs', 'CVs'), ('members', 'members who had left'), ('texts', 'texts about leads'), ('documents', 'documents emptied'), ('files', 'files that nothing named')], max_length=9)),
                    ('count', models.PositiveIntegerField()),
                    ('deleted_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Erased',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('key', models.BinaryField(max_length=32)),
                    ('erased_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='erased_once')],
                },
            ), migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('reference', models.CharField(max_length=8)),
                    ('kind', models.CharField(choices=[('referral', 'Recommending a person'), ('lead', 'Bringing in a client'), ('opportunity', 'Sharing an opportunity'), ('activity', 'Contributing in another way')], default='referral', max_length=12)),
                    ('introducer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='members.member')),
                    ('recruiter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('candidate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='referrals.candidate')),
                    ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='referrals.client')),
                    ('opening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='referrals.opening')),
                    ('shares_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='referrals.case')),
                    ('submitted_at', models.DateTimeField()),
                    ('informed_at', models.DateTimeField(null=True)),
                    ('applied', models.BooleanField(default=False)),
                    ('claimed_at', models.DateTimeField(null=True)),
                    ('stage', models.CharField(choices=[(referrals.pipeline.Stage['RECEIVED'], referrals.pipeline.Stage['RECEIVED']), (referrals.pipeline.Stage['CONTACTED'], referrals.pipeline.Stage['CONTACTED']), (referrals.pipeline.Stage['INTERVIEWED'], referrals.pipeline.Stage['INTERVIEWED']), (referrals.pipeline.Stage['PRESENTED'], referrals.pipeline.Stage['PRESENTED']), (referrals.pipeline.Stage['OFFERED'], referrals.pipeline.Stage['OFFERED']), (referrals.pipeline.Stage['PLACED'], referrals.pipeline.Stage['PLACED']), (referrals.pipeline.Stage['WORKING'], referrals.pipeline.Stage['WORKING']), (referrals.pipeline.Stage['FINISHED'], referrals.pipeline.Stage['FINISHED']), (referrals.pipeline.Stage['WON'], referrals.pipeline.Stage['WON']), (referrals.pipeline.Stage['REJECTED'], referrals.pipeline.Stage['REJECTED']), (referrals.pipeline.Stage['WITHDRAWN'], referrals.pipeline.Stage['WITHDRAWN']), (referrals.pipeline.Stage['CLOSED'], referrals.pipeline.Stage['CLOSED'])], default=referrals.pipeline.Stage['RECEIVED'], max_length=12)),
                    ('stage_since', models.DateField()),
                    ('answer', models.CharField(blank=True, max_length=20)),
                    ('is_over', models.BooleanField(default=False)),
                    ('next_check_on', models.DateField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'introducer', '-submitted_at'], name='case_of_member'), models.Index(condition=models.Q(('is_over', False)), fields=['organisation', 'stage', '-stage_since', '-id'], name='case_on_board'), models.Index(condition=models.Q(('shares_with__isnull', False)), fields=['organisation', 'shares_with'], name='case_joined'), models.Index(condition=models.Q(('next_check_on__isnull', False)), fields=['organisation', 'next_check_on', 'id'], name='case_to_check')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'reference'), name='case_reference')],
                },
            ), migrations.CreateModel(
                name='CaseEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='recruiter_introducer_opening_candidate_organisation_events', to='referrals.case')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('recruiter', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('introducer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member')),
                    ('opening', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.opening')),
                    ('candidate', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.candidate')),
                    ('organisation', kernel.fields.Tenant(db_constraint=False, db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Pin',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pins', to='referrals.case')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'case', 'version'), name='pin_once')],
                },
            ), migrations.CreateModel(
                name='Fact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='referrals.case')),
                    ('kind', models.CharField(max_length=24)),
                    ('on', models.DateField()),
                    ('placement', models.CharField(blank=True, max_length=20)),
                    ('values', models.JSONField(default=dict)),
                    ('retracts', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retractions', to='referrals.fact')),
                    ('recorded_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'case', 'on', 'id'], name='fact_of_case'), models.Index(fields=['organisation', '-recorded_at', '-id'], name='fact_recorded')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'retracts'), name='fact_retracted_once')],
                },
            ), migrations.CreateModel(
                name='Placement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='referrals.case')),
                    ('key', models.CharField(max_length=20)),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='referrals.client', verbose_name='client')),
                    ('title', models.CharField(max_length=120, verbose_name='assignment or job')),
                    ('seniority', models.CharField(blank=True, choices=[('junior', 'Junior'), ('medior', 'Medior'), ('senior', 'Senior')], max_length=8, verbose_name='seniority')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'case', 'key'), name='placement_once')],
                },
            ), migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='referrals.case')),
                    ('kind', models.CharField(choices=[('introduction', 'How I know them'), ('note', 'Note'), ('reason', 'Reason')], max_length=12)),
                    ('text', models.TextField(max_length=4000, verbose_name='text')),
                    ('fact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='referrals.fact')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('written_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Interview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='referrals.case')),
                    ('starts_at', models.DateTimeField(verbose_name='date and time')),
                    ('place', models.CharField(max_length=200, verbose_name='where, or the link of the call')),
                    ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.client', verbose_name='with')),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                    ('fact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.fact')),
                    ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('planned_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Presentation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='referrals.case')),
                    ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.client', verbose_name='client')),
                    ('title', models.CharField(max_length=120, verbose_name='assignment or job')),
                    ('about', models.TextField(blank=True, max_length=1500, verbose_name='what the person should know of it')),
                    ('answer', models.CharField(blank=True, choices=[('', 'not answered yet'), ('agreed', 'agreed'), ('declined', 'declined')], default='', max_length=8)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('asked_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('answer', 'declined'), _negated=True), fields=('organisation', 'case', 'client', 'title'), name='presentation_once')],
                },
            ), migrations.CreateModel(
                name='SavedFilter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.member')),
                    ('name', models.CharField(max_length=60, verbose_name='name')),
                    ('query', models.CharField(max_length=400)),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'member', 'name'), name='saved_filter_once')],
                },
            ), migrations.CreateModel(
                name='Import',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('sha256', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=120)),
                    ('lines', models.PositiveIntegerField()),
                    ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                    ('imported_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'sha256'), name='import_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='opening',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_openingevent" ("client_id", "closed_on", "description", "id", "location", "opened_on", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "requirements", "seniority", "title") SELECT new_values."client_id", new_values."closed_on", new_values."description", new_values."id", new_values."location", new_values."opened_on", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."rate", new_values."requirements", new_values."seniority", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99bb066324dbc1d1099a00882dc4fca092fcce8f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1784b', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_opening', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='opening',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_openingevent" ("client_id", "closed_on", "description", "id", "location", "opened_on", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "requirements", "seniority", "title") SELECT new_values."client_id", new_values."closed_on", new_values."description", new_values."id", new_values."location", new_values."opened_on", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."rate", new_values."requirements", new_values."seniority", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5aa4e9c099b4dd69a71af5b707c0db3d4b08c2af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_da449', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_opening', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='openingevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0467af056cb8b4563ef3eb5095afdd2c8cc5fc4b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5113', table='referrals_openingevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_caseevent" ("candidate_id", "introducer_id", "opening_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruiter_id") SELECT new_values."candidate_id", new_values."introducer_id", new_values."opening_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."recruiter_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed92822d3d371b6ceb16e03515a0b74694d170c7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ac4b', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_case', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='case',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_caseevent" ("candidate_id", "introducer_id", "opening_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruiter_id") SELECT new_values."candidate_id", new_values."introducer_id", new_values."opening_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."recruiter_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."candidate_id" IS DISTINCT FROM (new_values."candidate_id") OR old_values."introducer_id" IS DISTINCT FROM (new_values."introducer_id") OR old_values."opening_id" IS DISTINCT FROM (new_values."opening_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."recruiter_id" IS DISTINCT FROM (new_values."recruiter_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1284c1caae5bbdd6d4f534d51c72dc418d4eb856', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_789c0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_case', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='caseevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='072a4b4003aebd19f6ad297ee3b43019132a43cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0121a', table='referrals_caseevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='pin',
                trigger=pgtrigger.compiler.Trigger(name='pin_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2ad0754537eba96c18fe1811720ad2c3a845a404', operation='UPDATE OR DELETE', pgid='pgtrigger_pin_is_final_ec7d1', table='referrals_pin', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fact',
                trigger=pgtrigger.compiler.Trigger(name='fact_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d715f8c1894e21d8d02eadf581a1f8be715b2630', operation='UPDATE OR DELETE', pgid='pgtrigger_fact_is_final_1ed7e', table='referrals_fact', when='BEFORE')),
            )],
        ),
    ]
