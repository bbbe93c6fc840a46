"""What is owed, on its way to whom it is owed."""

from payouts.models.agreements import Agreement, AgreementText
from payouts.models.answers import DocumentAnswer
from payouts.models.catalogue import CatalogueItem, Redemption
from payouts.models.charges import Charge
from payouts.models.credits import CreditOrder
from payouts.models.documents import Document, Line, Series, Ubl
from payouts.models.entitlements import Entitlement
from payouts.models.journal import Account, Entry, Posting
from payouts.models.payables import Adjustment, Payable
from payouts.models.payees import Payee, VatPosition
from payouts.models.payments import Batch, Payment, PaymentPart
from payouts.models.payroll import PayrollExport, PayrollLine, PayrollRun
from payouts.models.periods import ClosedMonth
from payouts.models.pots import Pot, PotObjection
from payouts.models.received import Claim, ReceivedInvoice
from payouts.models.reminders import PaymentReminder
from payouts.models.replays import Replay
from payouts.models.settings import PayoutSettings
from payouts.models.statements import Movement, Receipt, Statement
from payouts.models.transmissions import Transmission
from payouts.models.yearly import YearlyExport

__all__ = [
    "Account",
    "Adjustment",
    "Agreement",
    "AgreementText",
    "Batch",
    "CatalogueItem",
    "Charge",
    "Claim",
    "ClosedMonth",
    "CreditOrder",
    "Document",
    "DocumentAnswer",
    "Entitlement",
    "Entry",
    "Line",
    "Movement",
    "Payable",
    "Payee",
    "Payment",
    "PaymentPart",
    "PaymentReminder",
    "PayoutSettings",
    "PayrollExport",
    "PayrollLine",
    "PayrollRun",
    "Posting",
    "Pot",
    "PotObjection",
    "Receipt",
    "ReceivedInvoice",
    "Redemption",
    "Replay",
    "Series",
    "Statement",
    "Transmission",
    "Ubl",
    "VatPosition",
    "YearlyExport",
]
