import django.db.models.deletion
import kernel.postgres.operations
from typing import Any

from django.core.management import call_command
from django.db import migrations, models

# Each row of a history carries its own context, and stays with its organisation. The library's triggers for whole
# statements also write that context to a table that no organisation owns; this keeps it empty.
NO_CONTEXTS = """
    CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE
    LANGUAGE sql IMMUTABLE AS 'SELECT NULL::uuid'
"""


def create_cache(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.BinaryField(max_length=32, unique=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation')),
                    ('purpose', models.CharField(max_length=20)),
                    ('target_id', models.BigIntegerField(null=True)),
                    ('expires_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'verbose_name': 'link',
                },
            ), migrations.CreateModel(
                name='Work',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation')),
                    ('kind', models.CharField(max_length=20)),
                    ('due_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('due_at', 'organisation', 'kind'), name='work_once')],
                },
            ), migrations.CreateModel(
                name='Usage',
                fields=[
                    ('key', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                    ('count', models.PositiveIntegerField()),
                    ('expires_at', models.DateTimeField()),
                ],
            )],
        ),
        migrations.RunPython(create_cache, migrations.RunPython.noop),
        migrations.RunSQL(NO_CONTEXTS, migrations.RunSQL.noop),
    ]
