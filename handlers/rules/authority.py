"""What of units, people and media carries authority, and what became of it: an entry for each thing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handlers.rules.articles import ART_5_2
from handlers.rules.import_rows import Existing, Record
from storage.records import Medium, Person, Role, TrailEntry, Unit

PLACE = 60
"""Characters that `before` and `after` of a trail entry take; a longer value stands whole in its note."""

_UNIT = ("name", "kind", "parent", "first_responsible", "deputies")
_PERSON = ("unit", "identity", "roles", "wecom", "feishu", "left_on")
_MEDIUM = ("name", "unit", "operator", "admins", "state")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one thing on the books; empty where there was or is nothing."""

    matter: str
    field: str
    before: str
    after: str


def differences(
    before: Existing, units: Iterable[Unit] = (), people: Iterable[Person] = (), media: Iterable[Medium] = ()
) -> list[Difference]:
    """What these units, people and media have otherwise than before; of a new one all it has."""
    return [
        *(d for one in units for d in _of(f"unit:{one.code}", _UNIT, before.units.get(one.code), one)),
        *(d for one in people for d in _of(f"person:{one.id}", _PERSON, before.people.get(one.id), one)),
        *(d for one in media for d in _of(f"medium:{one.no}", _MEDIUM, before.media.get(one.no), one)),
    ]


def _of(matter: str, names: Iterable[str], old: Record | None, new: Record) -> Iterator[Difference]:
    for name in names:
        was, now = _text(getattr(old, name, None)), _text(getattr(new, name))
        if was != now:
            yield Difference(matter, name, was, now)


def _text(value: Any) -> str:
    if isinstance(value, frozenset):
        return ";".join(role for role in Role if role in value)
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def entry(change: Difference, act: str, by: str, at: datetime, note: str = "") -> TrailEntry:
    """The trail's line of one change: `by` made it, `note` says out of what."""
    whole = {"before": change.before, "after": change.after}
    said = _cut(whole)
    parts = [change.field, note, *(f"{name} {text}" for name, text in whole.items() if len(text) > PLACE)]
    return TrailEntry(
        matter=change.matter,
        seq=0,
        at=at,
        actor=by,
        act=act,
        before=said["before"],
        after=said["after"],
        article=ART_5_2,
        note="; ".join(part for part in parts if part),
    )


def _cut(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text if len(text) <= PLACE else f"{text[: PLACE - 1]}…" for name, text in texts.items()}
