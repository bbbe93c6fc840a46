from django.db import migrations

KNOWN = """
    UPDATE members_organisation SET runs = ARRAY(SELECT DISTINCT case_kind FROM programmes_programme ORDER BY 1)
    WHERE id = %s
"""


def note(apps, schema_editor):
    """Organisations from before: each is entered, since nobody sees the programmes of all."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM members_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('app.organisation_id', %s, true)", [str(organisation)])
            cursor.execute(KNOWN, [organisation])
        cursor.execute("SELECT set_config('app.organisation_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [("members", "0002_network"), ("programmes", "0001_initial")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
