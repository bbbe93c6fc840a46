"""Names that UBL, EN 16931 and Peppol gave to things."""

from members.legal_ids import KVK

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"

_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:"
CUSTOMIZATIONS = {False: _CUSTOMIZATION + "billing:3.0", True: _CUSTOMIZATION + "selfbilling:3.0"}
PROFILES = {False: _PROFILE + "billing:01:1.0", True: _PROFILE + "selfbilling:01:1.0"}
"""By whether the customer makes the document out."""

ENTERPRISE_SCHEMES = {"BE": "0208", "NL": "0106"}
VAT_SCHEMES = {
    "AT": "9914", "BE": "9925", "BG": "9926", "CY": "9928", "CZ": "9929", "DE": "9930", "DK": "0198", "EE": "9931",
    "ES": "9920", "FI": "0213", "FR": "9957", "GR": "9933", "HR": "9934", "HU": "9910", "IE": "9935", "IT": "0211",
    "LT": "9937", "LU": "9938", "LV": "9939", "MT": "9943", "NL": "9944", "PL": "9945", "PT": "9946", "RO": "9947",
    "SE": "9955", "SI": "9949", "SK": "9950",
}  # fmt: skip
"""The schemes of electronic addresses (EAS) by country."""


def endpoint(country: str, enterprise_number: str, vat_number: str) -> tuple[str, str] | None:
    """Return scheme and number of a party's electronic address; None for who has neither number.

    A Belgian enterprise is found by its enterprise number, a Dutch one by KvK, others by their VAT number.
    """
    scheme = ENTERPRISE_SCHEMES.get(country)
    if scheme and enterprise_number and (country != "NL" or KVK.fullmatch(enterprise_number)):
        return scheme, enterprise_number
    if vat_number and country in VAT_SCHEMES:
        return VAT_SCHEMES[country], vat_number
    return None
