import django.db.models.deletion
import kernel.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_meetings'),
        ('payouts', '0007_reminders'),
        ('programmes', '0002_runs'),
        ('referrals', '0005_dues'),
    ]

    operations = [
        kernel.postgres.operations.AtOnce(
            operations=[migrations.AlterField(
                model_name='entitlement',
                name='case',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='referrals.case'),
            ), migrations.AlterField(
                model_name='entitlement',
                name='member',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
            ), migrations.AlterField(
                model_name='entitlement',
                name='revenue',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.fact'),
            ), migrations.AlterField(
                model_name='entitlement',
                name='version',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version'),
            ), migrations.AddIndex(
                model_name='entitlement',
                index=models.Index(condition=models.Q(('member__isnull', False)), fields=['organisation', 'member'], name='entitlement_of_member'),
            )],
        ),
    ]
