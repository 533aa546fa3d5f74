"""What a text may want another look at, kept beside a version: people change it or send it as it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards.hints import HINTS
from handlers.rules.hints import found
from handlers.rules.hints.books import Books, Leader, Word
from handlers.rules.hints.titles import RANKS
from handlers.rules.permits import SHANGHAI
from storage import house_words, people


async def noted(form: Mapping[str, Any], names: Sequence[str], at: datetime) -> dict[str, Any]:
    """The hints of these fields of a form as a fact of its request; nothing where there are none."""
    today = at.astimezone(SHANGHAI).date()
    texts = {name: str(form[name]) for name in names if form.get(name)}
    hints = found.kept(texts, await _books(at), today)
    return {HINTS: hints} if hints else {}


async def _books(at: datetime) -> Books:
    day = at.astimezone(SHANGHAI).date()
    units = [unit.name for unit in await people.all_units()]
    leaders = [Leader(name, title) for name, title in await people.titled(tuple(RANKS.split("|")), day)]
    words = [Word(one.word, one.advice, one.why) for one in await house_words.everything()]
    return Books(tuple(units), tuple(leaders), tuple(words))
