import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('api_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.apikey')),
                    ('key', models.CharField(max_length=80)),
                    ('request_hash', models.BinaryField(max_length=32)),
                    ('status', models.PositiveSmallIntegerField()),
                    ('body', models.JSONField()),
                    ('answered_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'api_key', 'key'), name='answer_once')],
                },
            )],
        ),
    ]
