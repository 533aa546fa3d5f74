"""What was said to be secret is nowhere any more: in no column, on no card that is taken back."""

import re
from typing import TYPE_CHECKING, Any

from handlers.letters.notify import RECALLED_WITHIN
from tests.simulation.reach import beyond_reach
from tests.simulation.town import Town

if TYPE_CHECKING:
    from tests.simulation.story import Story

MARK = re.compile("密语[0-9]+之[0-9]+")
"""A word that stands in one text alone."""


def marks_of_draft(town: Town, mark: str) -> dict[str, set[str]]:
    """The draft that has the mark in it, by its id."""
    rows = town.store.look("SELECT id FROM drafts WHERE form LIKE ?", f"%{mark}%")
    return {str(row["id"]): {mark} for row in rows}


def marks_of_request(town: Town, request: int) -> set[str]:
    """The marks of every version of a request."""
    return {
        mark
        for row in town.store.look("SELECT form FROM versions WHERE request = ?", request)
        for mark in MARK.findall(row["form"])
    }


def faults(town: Town, story: "Story") -> list[str]:
    """Of drafts and requests that were stopped, every place where a word of them is left."""
    over = {str(row["id"]) for row in town.store.look("SELECT id FROM drafts WHERE state = 'stopped'")}
    over |= {row["matter"] for row in town.store.look("SELECT matter FROM trail WHERE act = 'stop'")}
    secret = {mark for what, marks in story.stopped.items() if what in over for mark in marks}
    return [*_kept(town, secret), *_shown(town, secret)] if secret else []


def _kept(town: Town, secret: set[str]) -> list[str]:
    found = []
    for (table,) in map(_values, town.store.look("SELECT name FROM sqlite_master WHERE type = 'table'")):
        for row in town.store.look(f'SELECT * FROM "{table}"'):
            for name, value in row.items():
                found += [
                    f"secret {m} in {table}.{name}: {row}" for m in secret & {*MARK.findall(str(value))}
                ]
    return found


def _values(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.values())


def _shown(town: Town, secret: set[str]) -> list[str]:
    """On screens, of messages the product knows: of a try whose answer was lost only its reader knows. What
    can neither be taken back nor repainted stays, and its reader is told."""
    known = {row["message_id"]: row for row in town.store.look("SELECT * FROM letters")}
    found = []
    for one in town.shown:
        letter = known.get(one.message.id)
        if one.message.recalled or letter is None or one.message.id in town.unheard:
            continue
        if town.clock() - one.at >= RECALLED_WITHIN and beyond_reach(town, one, letter):
            continue
        read = repr(one.message.native) if one.message.native else one.message.text
        found += [f"secret {m} on a screen: {read[:200]}" for m in secret & {*MARK.findall(read)}]
    return found
