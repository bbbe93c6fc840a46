"""A document's picture, beside bare WeasyPrint on the same page with the stylesheet and fonts at hand."""

import weasyprint
from django.utils import timezone

from kernel import drawing, pdf
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Document
from payouts.services import rendering
from tests.bench.measuring import Bench
from tests.factories import OrganisationFactory
from tests.stories import tell
from tests.stories_of_money import tell_of_money

TIMES = 10


def benches() -> list[Bench]:
    made: Organisation = OrganisationFactory(slug="paper")
    tell_of_money(tell(made, timezone.localdate()))
    with tenant(made.pk):
        document = Document.objects.get()
        html = rendering.page_of(document)

    def ours() -> int:
        for _ in range(TIMES):
            with tenant(made.pk):
                pdf.render(rendering.page_of(document))
        return TIMES

    def bare() -> int:
        parts = drawing.load()
        for _ in range(TIMES):
            page = weasyprint.HTML(string=html, base_url=drawing.SCHEME, url_fetcher=parts.fetcher)
            page.write_pdf(stylesheets=[parts.stylesheet], font_config=parts.fonts, pdf_variant=drawing.VARIANT)
        return TIMES

    return [Bench("PDF of an invoice, its data included / bare WeasyPrint", 0.87, ours, bare)]
