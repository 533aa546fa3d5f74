"""Everything that may be odd in a text, before it is submitted (Articles 8, 9): what people do about it is
theirs."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any

from handlers.rules.hints import dates, doubled, mixed, names, pairs, titles, words
from handlers.rules.hints.books import Books
from handlers.rules.hints.hint import Hint, apart

MOST = 50
"""Hints that are kept of one text; of more it is said how many there are."""


def in_text(text: str, books: Books, today: date) -> list[Hint]:
    """The hints of one text, in order and apart."""
    found = chain(
        names.hints(text, books.units),
        titles.hints(text, books.leaders),
        words.hints(text, books.words),
        dates.hints(text, today),
        doubled.hints(text),
        pairs.hints(text),
        mixed.hints(text),
    )
    return list(apart(found))


def kept(texts: Mapping[str, str], books: Books, today: date) -> dict[str, Any] | None:
    """What a version keeps of the hints of its texts, by field: how many there are (`count`), and of the
    first of them (`found`) field, place, end and why. None where there are none."""
    found = [(name, one) for name, text in texts.items() for one in in_text(text, books, today)]
    if not found:
        return None
    shown = [[name, one.at, one.end, one.why] for name, one in found[:MOST]]
    return {"count": len(found), "found": shown}
