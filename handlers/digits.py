"""Whole numbers as people type them and buttons carry them."""

MOST = 15
"""Digits of a number that any column takes; a row's id never has more."""


def whole_number(text: str) -> int | None:
    """The number that a text is, None where it is none: `²` is a digit to Python and no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST else None
