"""The school's own list of words."""

from collections.abc import Iterator

from handlers.rules.hints.books import Word, places
from handlers.rules.hints.hint import Hint, apart


def hints(text: str, words: tuple[Word, ...]) -> Iterator[Hint]:
    """Each word of the list, the longest where they overlap; whatever the case of its letters."""
    sought = tuple(_lower(one.word) for one in words)
    found = (
        Hint(at, at + len(sought[number]), _why(words[number])) for at, number in places(sought, _lower(text))
    )
    yield from apart(found)


def _lower(text: str) -> str:
    """Of the same length, so that a place in one is one in the other: İ is two characters in lower case."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(one.lower() if one.isascii() else one for one in text)
    )


def _why(word: Word) -> str:
    advice = f"建议“{word.advice}”" if word.advice else ""
    return "，".join(filter(None, (advice, word.why))) or "在本校词表里"
