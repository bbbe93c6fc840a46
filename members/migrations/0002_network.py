import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='MemberProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('headline', models.CharField(max_length=120, verbose_name='what I do, in one line')),
                    ('disciplines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='disciplines')),
                    ('about', models.TextField(blank=True, max_length=2000, verbose_name='who I am')),
                    ('years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='years of experience')),
                    ('experience', models.TextField(blank=True, max_length=2000, verbose_name='what I have done')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='languages')),
                    ('town', models.CharField(blank=True, max_length=80, verbose_name='town')),
                    ('links', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(max_length=300), blank=True, default=list, size=None, verbose_name='links')),
                    ('photo', models.FileField(blank=True, upload_to='photos', verbose_name='photo')),
                    ('available_from', models.DateField(blank=True, null=True, verbose_name='available from')),
                    ('days_a_week', models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True, validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(7)], verbose_name='days a week')),
                    ('changed_at', models.DateTimeField()),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profiles', to='members.member')),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['disciplines'], name='member_profile_disciplines')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'member'), name='member_profile_once')],
                },
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='organisation',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='organisation',
                name='update_update',
            ), migrations.AddField(
                model_name='organisation',
                name='runs',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
            ), migrations.AddField(
                model_name='organisationevent',
                name='runs',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, editable=False, size=None),
            ), pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_organisationevent" ("city", "colour", "country", "enterprise_number", "id", "invoice_texts", "keep_cvs_months", "keep_members_months", "keep_people_months", "language", "languages", "legal_name", "logo", "name", "payout_limit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "runs", "second_factor_required", "slug", "street", "vat_number") SELECT new_values."city", new_values."colour", new_values."country", new_values."enterprise_number", new_values."id", new_values."invoice_texts", new_values."keep_cvs_months", new_values."keep_members_months", new_values."keep_people_months", new_values."language", new_values."languages", new_values."legal_name", new_values."logo", new_values."name", new_values."payout_limit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."postal_code", new_values."runs", new_values."second_factor_required", new_values."slug", new_values."street", new_values."vat_number" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f48115cc09620f08219355a5a1e4a134e1e911f4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d68e8', referencing='REFERENCING NEW TABLE AS new_values ', table='members_organisation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_organisationevent" ("city", "colour", "country", "enterprise_number", "id", "invoice_texts", "keep_cvs_months", "keep_members_months", "keep_people_months", "language", "languages", "legal_name", "logo", "name", "payout_limit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "runs", "second_factor_required", "slug", "street", "vat_number") SELECT new_values."city", new_values."colour", new_values."country", new_values."enterprise_number", new_values."id", new_values."invoice_texts", new_values."keep_cvs_months", new_values."keep_members_months", new_values."keep_people_months", new_values."language", new_values."languages", new_values."legal_name", new_values."logo", new_values."name", new_values."payout_limit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."postal_code", new_values."runs", new_values."second_factor_required", new_values."slug", new_values."street", new_values."vat_number" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36995c5c193407f1c0b3b55eec8ee0bdb71176f7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f4b2a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_organisation', when='AFTER')),
            )],
        ),
    ]
