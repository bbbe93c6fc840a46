"""People, organisations and programmes for tests; each row is made inside its own organisation."""

from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from members.models import Member, Organisation, User
from members.roles import Role
from members.services import people


class UserFactory(DjangoModelFactory[User]):
    """An account with a verified e-mail address, that signs in by codes: it has no password."""

    password = "!"
    email = factory.Sequence(lambda n: f"someone{n}@mail.example")

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def verified(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    country = "BE"
    language = "en"
    second_factor_required = False
    legal_name = "Organisation BV"
    street = "Kaai 1"
    postal_code = "9000"
    city = "Gent"
    enterprise_number = "0674112089"
    vat_number = "BE0674112089"

    class Meta:
        model = Organisation


class MemberFactory(factory.Factory[Member]):
    """A member, as they join: with a membership."""

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Member {n}")
    on = date(2026, 1, 1)
    roles: tuple[str, ...] = ()

    class Meta:
        model = Member

    @classmethod
    def _create(cls, model_class: type[Member], *args: Any, **kwargs: Any) -> Member:
        kwargs["roles"] = [Role(role) for role in kwargs["roles"]]
        return people.add_member(**kwargs)
