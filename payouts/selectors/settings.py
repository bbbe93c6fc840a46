"""How the organisation that was entered invoices and pays."""

from payouts.models import PayoutSettings


def payout_settings() -> PayoutSettings:
    """Return the settings; those that nobody saved yet are the defaults, not stored."""
    return PayoutSettings.objects.first() or PayoutSettings()
