"""What was paid and invoiced, for what is erased afterwards."""

from tests.payouts.conftest import approved, checker, due, invoiced, maker, proposed

__all__ = ["approved", "checker", "due", "invoiced", "maker", "proposed"]
