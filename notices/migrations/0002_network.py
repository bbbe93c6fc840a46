import django.contrib.postgres.fields
import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('notices', '0001_initial'),
        ('payouts', '0004_pots'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='PotNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('state', models.CharField(max_length=9)),
                    ('noted_at', models.DateTimeField()),
                    ('told_at', models.DateTimeField(null=True)),
                    ('pot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payouts.pot')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AlterField(
                model_name='message',
                name='kind',
                field=models.CharField(max_length=12),
            ), migrations.AlterField(
                model_name='preference',
                name='muted',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None),
            )],
        ),
    ]
