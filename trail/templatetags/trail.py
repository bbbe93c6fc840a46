"""The words of the trail, in templates."""

from django import template

from trail.selectors import Row
from trail.wording import said

register = template.Library()


@register.filter
def what_happened(row: Row) -> str:
    """What a row says happened, in a few words."""
    return said(row.place.source, row.what)
