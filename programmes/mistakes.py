"""The sentences of what is wrong with a rule set or a timeline: each says what would be right."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.engine.mistakes import Mistake

SENTENCES: dict[str, str | Promise] = {
    "missing": _("“%(key)s” is missing here."),
    "unknown_key": _("“%(key)s” is not known here; remove it or correct its spelling."),
    "unknown_kind": _("“%(found)s” is not a kind that exists; choose one of %(known)s."),
    "kind_missing": _("Say which kind this is, by a key “kind”."),
    "not_one_of": _("Choose one of %(known)s."),
    "too_few": _("Give at least %(least)s."),
    "too_many": _("Give at most %(most)s."),
    "too_few_characters": _("Write at least %(least)s characters."),
    "too_many_characters": _("Write at most %(most)s characters."),
    "not_text": _("Write a text here."),
    "not_a_name": _("Use lower-case letters, digits and underscores, beginning with a letter, 40 at most."),
    "not_a_list": _("Give a list here."),
    "not_a_mapping": _("Give keys with values here."),
    "not_a_whole_number": _("Give a whole number, without quotes."),
    "not_above": _("Give a number above %(bound)s."),
    "below": _("Give a number of at least %(bound)s."),
    "above": _("Give a number of at most %(bound)s."),
    "nested_too_deeply": _("This is nested too deeply."),
    "not_an_amount": _('Give an amount such as "1200.00".'),
    "negative_amount": _("An amount cannot be negative."),
    "amount_too_high": _("This amount is higher than anyone pays."),
    "amount_too_precise": _("Give the amount with at most %(places)s decimals, as its currency has."),
    "not_a_percentage": _('Give a percentage such as "15%%".'),
    "percentage_out_of_range": _("Give a percentage between 0%% and 100%%."),
    "not_a_period": _("Give a period in whole months or days, such as P1M (one month), P30D (thirty days) or P1Y."),
    "period_too_long": _("Give a period of at most a hundred years."),
    "unknown_fact": _("“%(found)s” is not a kind of fact; choose one of %(known)s."),
    "value_repeated": _("Something stands here twice; name each once."),
    "case_kept": _("A programme stays for the kind of case that it began with: %(case)s."),
    "one_pot": _("A network has one pot, in one currency: %(currency)s."),
    "one_turnover": _(
        "Another programme asks a share of the same turnover, which is said in one currency: %(currency)s."
    ),
    "not_understood": _("This cannot be read here."),
    "unknown_currency": _("“%(found)s” is not a currency of ISO 4217, such as EUR."),
    "not_a_word": _("Write a word here."),
    "not_a_number_of_days": _("Give a number of days above 0, such as 60."),
    "not_half_days": _("Give whole or half days."),
    "cap_unclear": _("Give the cap either one “amount”, or “by: contribution” with “amounts” for each level."),
    "tiers_out_of_order": _("Each tier's period must be longer than the one before it (%(before)s)."),
    "no_date_field": _("A fact “%(fact)s” carries no such date; known are: %(known)s."),
    "instalments_refused": _("A share of revenue has no instalments: each month's turnover is one. Remove them."),
    "shares_not_whole": _("The shares must add up to 100%%; they add up to %(total)s%%."),
    "party_missing": _("Say who gets it: either “to” or “split”."),
    "party_twice": _("Use either “to” or “split”, not both."),
    "party_repeated": _("“%(party)s” has a part already; give it one part."),
    "id_repeated": _("“%(id)s” is the id of another reward already; give each its own."),
    "unknown_field": _("A fact “%(fact)s” has no such field; known are: %(known)s."),
    "not_a_date": _("Give a date such as 2026-01-20."),
    "not_a_number": _("Give a number."),
    "more_than_two_decimals": _("Give at most two decimals."),
    "negative_days": _("Days worked cannot be negative."),
    "too_long_document": _("This document is too long; at most %(most)s characters are read."),
    "not_yaml": _("This is not a document that can be read: %(problem)s."),
    "no_such_file": _("There is no such file, and no preset of that name; presets are: %(known)s."),
}


def sentence(mistake: Mistake) -> str:
    """Write a mistake in the language in force."""
    return str(SENTENCES[mistake.code]) % mistake.params
