"""The kinds of conditions. A new one is a file beside these and a line here."""

from typing import Annotated

from pydantic import Field

from programmes.engine.conditions.all_of import AllOf
from programmes.engine.conditions.any_of import AnyOf
from programmes.engine.conditions.attribute import AttributeIn
from programmes.engine.conditions.candidate_unknown import CandidateUnknown
from programmes.engine.conditions.consent_given import ConsentGiven
from programmes.engine.conditions.fact import FactRecorded
from programmes.engine.conditions.introducer_active import IntroducerActive
from programmes.engine.conditions.no_fact import NoFact
from programmes.engine.conditions.none_of import NoneOf
from programmes.engine.conditions.within import Within

Condition = Annotated[
    FactRecorded
    | NoFact
    | Within
    | AttributeIn
    | CandidateUnknown
    | ConsentGiven
    | IntroducerActive
    | AllOf
    | AnyOf
    | NoneOf,
    Field(discriminator="kind"),
]

for _nested in (AllOf, AnyOf, NoneOf):
    _nested.model_rebuild(_types_namespace={"Condition": Condition})
