import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_network'),
        ('referrals', '0002_network'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.CreateModel(
                name='Publicity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                    ('link', models.URLField(max_length=300, verbose_name='where it can be seen')),
                    ('about', models.CharField(max_length=400, verbose_name='what it is')),
                    ('on', models.DateField(verbose_name='since when')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publicity', to='referrals.case')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'case'), name='publicity_once')],
                },
            ), migrations.AlterField(
                model_name='case',
                name='kind',
                field=models.CharField(choices=[('referral', 'Recommending a person'), ('lead', 'Bringing in a client'), ('opportunity', 'Sharing an opportunity'), ('activity', 'Contributing in another way'), ('pot', 'Dividing a pot')], default='referral', max_length=12),
            )],
        ),
    ]
