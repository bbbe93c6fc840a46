"""The words of members, in templates."""

from django import template

from members.roles import ROLE_NAMES, Role
from members.scopes import SCOPE_NAMES, Scope
from members.wording import PROBLEMS

register = template.Library()


@register.filter
def role_name(value: str) -> str:
    """Our word for a role."""
    return str(ROLE_NAMES[Role(value)])


@register.filter
def scope_name(value: str) -> str:
    """What a key may do, in words."""
    return str(SCOPE_NAMES[Scope(value)])


@register.filter
def problem_of_person(code: str) -> str:
    """What is wrong with a line of a file of people, in words."""
    return str(PROBLEMS[code])
