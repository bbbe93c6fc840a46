"""The kinds of milestones. A new one is a file beside these and a line here."""

from typing import Annotated

from pydantic import Field

from programmes.engine.milestones.all_of import AllReached
from programmes.engine.milestones.any_of import AnyReached
from programmes.engine.milestones.date import CarriedDate
from programmes.engine.milestones.days_worked import DaysWorked
from programmes.engine.milestones.elapsed import Elapsed
from programmes.engine.milestones.fact import FactReached

MilestoneRule = Annotated[
    FactReached | DaysWorked | Elapsed | CarriedDate | AllReached | AnyReached, Field(discriminator="kind")
]

for _nested in (AllReached, AnyReached):
    _nested.model_rebuild(_types_namespace={"MilestoneRule": MilestoneRule})
