import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_thanks'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='said',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='members.member', verbose_name='who'),
        ),
    ]
