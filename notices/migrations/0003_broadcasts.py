import django.db.models.deletion
import kernel.fields
import kernel.postgres.operations
from django.db import migrations, models

TAKEN_OVER = """
    INSERT INTO notices_broadcast (kind, about, noted_at, last_member, tries, next_at)
    SELECT 'version', version_id, published_at, 0, 0, now()
    FROM notices_announcement JOIN programmes_version AS version ON version.id = version_id WHERE announced_at IS NULL
    UNION ALL
    SELECT CASE state WHEN 'closed' THEN 'pot_closed' ELSE 'pot_proposed' END, pot_id, noted_at, 0, 0, now()
    FROM notices_potnotice WHERE told_at IS NULL
"""
WORK = """
    INSERT INTO kernel_work (organisation_id, kind, due_at)
    SELECT organisation_id, 'broadcast', due_at FROM kernel_work WHERE kind IN ('announce', 'tell_pot')
    ON CONFLICT DO NOTHING
"""


def take_over(apps, schema_editor):
    """What waits to be told goes on waiting, in the table for all of it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM members_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(organisation)])
            cursor.execute(TAKEN_OVER)
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")
        cursor.execute(WORK)
        cursor.execute("DELETE FROM kernel_work WHERE kind IN ('announce', 'tell_pot')")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_agreed_costs'),
        ('notices', '0002_network'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Broadcast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('about', models.BigIntegerField()),
                ('noted_at', models.DateTimeField()),
                ('last_member', models.BigIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('organisation', kernel.fields.Tenant(db_default=kernel.fields.CurrentOrganisation(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('told_at__isnull', True)), fields=['organisation', 'next_at', 'id'], name='broadcast_to_write'), models.Index(fields=['organisation', 'kind', 'about'], name='broadcast_about')],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        kernel.postgres.operations.AtOnce(
            operations=[migrations.DeleteModel(name='Announcement'), migrations.DeleteModel(name='PotNotice')],
        ),
    ]
