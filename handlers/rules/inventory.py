"""What units say of their media in an inventory, read from lines of text (form F6)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

_COLON = re.compile(r"[：:]")
_PART = re.compile(r"[；;，,。\s]+")


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one medium: whether it is used, what is the matter, and in words."""

    medium: str
    used: str
    problems: tuple[str, ...] = ()
    note: str = ""

    def kept(self) -> dict[str, Any]:
        """As a form keeps it."""
        return {**asdict(self), "problems": list(self.problems)}


def rows(
    text: str, listed: Mapping[str, str], used: Sequence[str], problems: Sequence[str]
) -> tuple[list[Row], list[str]]:
    """The rows of a text, and why its other lines cannot stand; `listed` is name or 备案号 -> 备案号."""
    found: dict[str, Row] = {}
    wrong = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, *rest = _COLON.split(line, maxsplit=1)
        medium = listed.get(name.strip(" “”·"))
        if medium is None:
            wrong.append(f"“{name.strip()[:20]}”不在这张摸底表里")
            continue
        parts = list(filter(None, _PART.split(rest[0] if rest else "")))
        state = next((part for part in parts if part in used), "")
        if not state:
            wrong.append(f"“{name.strip()[:20]}”请写明现状：{'、'.join(used)}")
            continue
        known = tuple(part for part in parts if part in problems)
        words = [part for part in parts if part != state and part not in known]
        found[medium] = Row(medium, state, known, "；".join(words))
    return list(found.values()), wrong


def unanswered(listed: Iterable[str], unchanged: Iterable[str], answered: Iterable[str]) -> list[str]:
    """The media of which nothing was said yet."""
    known = {*unchanged, *answered}
    return [medium for medium in listed if medium not in known]
