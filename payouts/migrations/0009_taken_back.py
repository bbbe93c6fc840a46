import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0009_meeting_moved'),
        ('payouts', '0008_fewer_indexes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='receipt',
            name='receipt_once',
        ),
        migrations.AddField(
            model_name='receipt',
            name='takes_back',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back_by', to='payouts.receipt'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=models.Q(('takes_back__isnull', False)), fields=('organisation', 'takes_back'), name='receipt_taken_back_once'),
        ),
    ]
