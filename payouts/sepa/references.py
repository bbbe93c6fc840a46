"""Structured references, by which a payment says what it is for: Belgian OGM, and RF of ISO 11649; pure."""

from stdnum import exceptions, iso11649
from stdnum.be import ogm_vcs


def ogm(number: int) -> str:
    """Return the Belgian reference of a number of ten digits at most: its twelve digits.

    >>> ogm(909337554)
    '090933755493'
    """
    stem = f"{number:010d}"
    return stem + str(ogm_vcs.calc_check_digits(stem))


def rf(text: str) -> str:
    """Return the international reference of up to 21 letters and digits.

    >>> rf("539007547034")
    'RF18539007547034'
    """
    stem = "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
    if not 0 < len(stem) <= 21:
        raise ValueError(text)
    digits = "".join(str(int(letter, 36)) for letter in stem + "RF00")
    return f"RF{98 - int(digits) % 97:02d}{stem}"


def plain(text: str) -> str:
    """Return a structured reference as it is compared, `090933755493` or `RF18539007547034`; empty for none that is valid."""
    compact = "".join(letter for letter in text.upper() if letter not in " +*/.-")
    for validate in (ogm_vcs.validate, iso11649.validate):
        try:
            return str(validate(compact))
        except exceptions.ValidationError:
            continue
    return ""


def is_ogm(reference: str) -> bool:
    """Whether a plain reference is a Belgian one."""
    return reference.isdigit()


def written(reference: str) -> str:
    """Return a plain reference as people write it: +++090/9337/55493+++ or RF18 5390 0754 7034."""
    if is_ogm(reference):
        return f"+++{ogm_vcs.format(reference)}+++"
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))
