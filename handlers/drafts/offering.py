"""What was typed and cannot stand: a line for each, and what may have been meant."""

from collections.abc import Mapping, Sequence

from cards.phrases import excerpt
from handlers.kinds.process import FILLINGS
from handlers.typed.answers import Mistake
from storage.records import Draft

_QUOTED = 20
"""Characters of what was typed that are quoted where it cannot stand."""


def lines_of(wrong: Sequence[Mistake]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(line(m) for m in wrong if m.name == name) for name in {m.name for m in wrong}}


def meant(wrong: Sequence[Mistake], typed: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By field each button, with the whole answer that has in it what may be meant."""
    offers: dict[str, tuple[tuple[str, str], ...]] = {}
    for mistake in wrong:
        whole, name = typed[mistake.name], mistake.name
        meant = [(words, whole.replace(mistake.typed, text, 1)) for words, text in mistake.offers.items()]
        offers[name] = (*offers.get(name, ()), *meant)
    return offers


def offers(draft: Draft) -> list[tuple[str, str, str]]:
    """Field, words of the button and the answer it stands for, in the order of the form."""
    fields = FILLINGS[draft.kind].form.fields
    return [(f.name, words, text) for f in fields for words, text in draft.talk.offers.get(f.name, ())]


def standing(draft: Draft) -> list[str]:
    """A line for each value that was given and cannot stand, in the order of the form."""
    fields = FILLINGS[draft.kind].form.fields
    return [text for field in fields for text in draft.talk.mistakes.get(field.name, ())]


def line(mistake: Mistake) -> str:
    """标题：最多 64 字，现在 70 字。例：标题：学院更名公告"""
    typed = f"“{excerpt(mistake.typed, _QUOTED)}”" if mistake.typed else ""
    reason = mistake.reason.rstrip("。")
    if not mistake.example:
        return f"· {mistake.title}{typed}：{reason}"
    stop = "" if reason.endswith(("？", "！")) else "。"
    return f"· {mistake.title}{typed}：{reason}{stop}例：{mistake.example}"
