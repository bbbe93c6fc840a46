"""The kinds of amounts. A new one is a file beside these and a line here."""

from typing import Annotated

from pydantic import Field

from programmes.engine.amounts.by_attribute import ByAttribute
from programmes.engine.amounts.fixed import Fixed
from programmes.engine.amounts.points import Points
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.amounts.tiered import Tiered

AmountRule = Annotated[Fixed | Tiered | ByAttribute | ShareOfRevenue | Points, Field(discriminator="kind")]
