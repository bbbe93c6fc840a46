import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_meetings'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Thanks',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=280, verbose_name='what for')),
                    ('said_at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanked', to='members.member')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='members.member')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', '-said_at'], name='thanks_by_day'), models.Index(fields=['organisation', 'to', '-said_at'], name='thanks_to_member')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='thanks_to_another')],
                },
            )],
        ),
    ]
