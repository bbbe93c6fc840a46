from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payouts", "0009_vat_positions")]

    operations = [
        migrations.RemoveField(
            model_name='entry',
            name='reverses',
        ),
        migrations.RemoveField(
            model_name='payee',
            name='vat_number',
        ),
        migrations.RemoveField(
            model_name='payee',
            name='vat_regime',
        ),
        migrations.RemoveField(
            model_name='payeeevent',
            name='vat_number',
        ),
        migrations.RemoveField(
            model_name='payeeevent',
            name='vat_regime',
        ),
    ]
