"""Every sentence with a meaning in law, in one place: the self-billing agreement, and what documents must carry.

An organisation can put its accountant's words in the place of ours; what the law prescribes must stay in them.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from payouts.vat import VatCase

BUILT_IN_VERSION = 1
DAYS_TO_CONTEST = 14

Words = Mapping[str, Mapping[str, str]]
"""An organisation's own sentences: code → language → text."""


def agreement() -> str:
    """Return the built-in text by which a payee lets the organisation make invoices in their name, with its placeholders."""
    return "\n\n".join(
        [
            _("{supplier} lets {customer} make out invoices in the name and on behalf of {supplier}."),
            _(
                "They are for amounts that fell due under the programmes of {customer}. "
                "Each bears the words “Self-billing” and a number of a series of its own."
            ),
            _(
                "{supplier} receives each invoice at once and can contest it within {days} days; "
                "one that is not contested by then is accepted."
            ),
            _("{supplier} stays responsible for the VAT that is due, and says at once when its VAT position changes."),
            _("Either side can end this agreement at any time; invoices made before stay valid."),
        ]
    )


def filled(text: str, *, customer: str, supplier: str, days: int) -> str:
    """Return a text of the agreement with names and days in the place of its placeholders."""
    for name, value in (("customer", customer), ("supplier", supplier), ("days", str(days))):
        text = text.replace(f"{{{name}}}.", f"{value.rstrip('.')}.").replace(f"{{{name}}}", value)
    return text


SELF_BILLING = "self_billing"
SENTENCES = {
    SELF_BILLING: gettext_lazy("Self-billing"),
    VatCase.EXEMPT_BE: gettext_lazy("Special exemption scheme for small businesses (article 56bis of the VAT code)"),
    VatCase.EXEMPT_NL: gettext_lazy("Exempt from VAT, article 25 of the Dutch VAT act 1968 (KOR)"),
    VatCase.REVERSE_CHARGE: gettext_lazy(
        "Reverse charge: VAT due by the customer, article 196 of directive 2006/112/EC"
    ),
    VatCase.NOT_TAXABLE: gettext_lazy("Not subject to VAT"),
}
"""What a document must say because it is made out by the customer, or because of its VAT case."""

PRESCRIBED = {
    SELF_BILLING: {"en": "Self-billing", "nl": "Factuur uitgereikt door afnemer", "fr": "Autofacturation"},
    VatCase.EXEMPT_BE: {
        "en": "exemption scheme for small businesses",
        "nl": "Bijzondere vrijstellingsregeling kleine ondernemingen",
        "fr": "Régime particulier de franchise des petites entreprises",
    },
    VatCase.EXEMPT_NL: {
        "en": "article 25",
        "nl": "Vrijgesteld van omzetbelasting, artikel 25 Wet OB 1968",
        "fr": "article 25",
    },
    VatCase.REVERSE_CHARGE: {"en": "Reverse charge", "nl": "Btw verlegd", "fr": "Autoliquidation"},
}
"""The words that the law prescribes, by language; article 226 of directive 2006/112/EC and what countries made of it."""


def sentence(code: str, words: Words, language: str) -> str:
    """Return what documents say: the organisation's own words, or ours; empty for what needs none."""
    if own := words.get(code, {}).get(language):
        return own
    with override(language):
        return str(SENTENCES.get(code, ""))


def keeps_the_law(code: str, language: str, text: str) -> bool:
    """Whether a sentence still has the words that the law prescribes for it."""
    return PRESCRIBED.get(code, {}).get(language, "").lower() in text.lower()
