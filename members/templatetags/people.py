"""The words of members, in templates."""

from django import template

from members.roles import ROLE_NAMES, Role

register = template.Library()


@register.filter
def role_name(value: str) -> str:
    """Our word for a role."""
    return str(ROLE_NAMES[Role(value)])
