"""What people have before them: nothing that is not theirs, nothing that is over, and what waits for them."""

from collections.abc import Mapping, Set
from typing import Any

from storage.rows import load
from tests.simulation.erased import MARK, marks_of_request
from tests.simulation.reach import beyond_reach
from tests.simulation.sentences import PROPAGANDA
from tests.simulation.story import Story
from tests.simulation.town import Town
from tests.world import CAST, buttons, words

DECIDING = frozenset(
    ("审查通过", "同意", "退回", "不同意", "报中心", "不宜公开", "通过", "继续整改", "升级", "立案", "不立案",
     "属实", "不属实", "确认上报")
)  # fmt: skip
"""Buttons that decide the step that waits."""

FAR = ("林书记", "唐老师", "陈同学")
"""People of another unit, and a student: what 机电学院 writes is not for them, unless they are asked."""

PUBLISHED = ("XT", "QL")
"""Processes of the propaganda department's: whoever examines there is told of all of them."""


def faults(town: Town, story: Story) -> list[str]:
    return [*_over(town), *_unasked(town), *_overheard(town, story)]


def _over(town: Town) -> list[str]:
    """Cards that still offer to decide what is decided, or is somebody else's by now."""
    letters = {row["id"]: row for row in town.store.look("SELECT * FROM letters WHERE template = 'approval'")}
    requests = {row["id"]: row for row in town.store.look("SELECT * FROM requests")}
    held = {(row["request"], row["person"]) for row in town.store.look("SELECT * FROM holders")}
    found = []
    for one in town.shown:
        letter = letters.get(one.letter)
        if letter is None or letter["message_id"] != one.message.id or one.message.recalled:
            continue  # of a try whose answer was lost nobody but its reader knows
        if not DECIDING & {*buttons(one.message)}:
            continue
        request, args = requests[letter["request"]], load(letter["args"])
        waits = request["state"] == "in_review" and (args["step"], args["version"]) == (
            request["step"], request["version"],
        )  # fmt: skip
        mine = (request["id"], letter["person"]) in held
        if not (waits and mine) and not (beyond_reach(town, one, letter) and _told_since(town, letter)):
            where = f"{request['number']} {request['state']}/{request['step']}"
            offered = f"{buttons(one.message)} of {args['step']} v{args['version']}"
            found.append(f"{where}: {letter['person']} may press {offered}")
    return found


def _told_since(town: Town, letter: Mapping[str, Any]) -> bool:
    """Whether a message after the card says what is so: they pressed it, or it was written to them."""
    sql = (
        "SELECT 1 FROM letters WHERE request = ? AND person = ? AND kind = 'send' AND id > ?"
        " AND state <> 'skipped'"
    )
    return letter["message_id"] in town.unheard or bool(
        town.store.look(sql, letter["request"], letter["person"], letter["id"])
    )


def _unasked(town: Town) -> list[str]:
    """Who holds a step that waits, is on a platform, and was never asked: by a message of its own, by one of
    several reminders, or by one that says how much of it waits for whoever stands in from then on."""
    sql = (
        "SELECT r.id, r.number, r.step, r.version, h.person FROM holders h"
        " JOIN requests r ON r.id = h.request JOIN people p ON p.id = h.person"
        " WHERE r.state = 'in_review' AND (p.wecom <> '' OR p.feishu <> '')"
        " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.request = r.id AND l.person = h.person"
        " AND l.kind = 'send'"
        " AND (l.lane = 'decision' OR l.template IN ('approval', 'outcome', 'show')))"
        " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.person = h.person AND l.template = 'proxy'"
        " AND l.created_at >= r.step_since_at)"
    )
    rows, digests = town.store.look(sql), _in_digests(town)
    return [f"never asked: {row}" for row in rows if (row["id"], row["person"]) not in digests]


def _in_digests(town: Town) -> set[tuple[int, str]]:
    """The requests of which reminders of several matters have told somebody, with whom."""
    of = {row["id"]: row["request"] for row in town.store.look("SELECT id, request FROM duties")}
    sql = (
        "SELECT person, args FROM letters WHERE template = 'digest' AND kind = 'send' AND state <> 'skipped'"
    )
    told = [(row["person"], load(row["args"])["matters"]) for row in town.store.look(sql)]
    return {(of[duty], person) for person, matters in told for duty, *_ in matters if of.get(duty)}


def _overheard(town: Town, story: Story) -> list[str]:
    """Texts that somebody has on a screen who has nothing to do with them."""
    accounts = {a: m for m in CAST if m.name in FAR for a in (m.feishu, m.wecom.lower()) if a}
    known, ids = _concerned(town, story.stopped), {one.name: one.id for one in CAST}
    for mark, who in story.wrote.items():
        known.setdefault(mark, set()).add(ids[who])
    found = []
    for one in town.shown:
        member = accounts.get(one.message.account)
        if member is None or member.name in story.named:
            continue
        read = {*MARK.findall(one.came), *MARK.findall(words(one.message))}
        strange = sorted(mark for mark in read if member.id not in known.get(mark, ()))
        found += [f"{member.name} reads {mark}: {one.came[:200]}" for mark in strange]
    return found


def _concerned(town: Town, stopped: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    """Who has to do with the text of each mark: it is theirs, they once held it, or did something to it."""
    found: dict[str, set[str]] = {}
    for row in town.store.look("SELECT person, form FROM drafts"):
        for mark in MARK.findall(row["form"]):
            found.setdefault(mark, set()).add(row["person"])
    held: dict[int, set[str]] = {}
    for done in town.store.journal.done:
        if done.table == "holders":
            row = dict(done.row)
            held.setdefault(row["request"], set()).add(row["person"])
    for row in town.store.look("SELECT id, number, kind, applicant FROM requests"):
        acts = town.store.look("SELECT actor FROM trail WHERE matter = ?", row["number"])
        concerned = {row["applicant"], *(one["actor"] for one in acts), *held.get(row["id"], ())}
        if row["kind"] in PUBLISHED:
            concerned.add(next(one.id for one in CAST if one.name == PROPAGANDA))
        for mark in marks_of_request(town, row["id"]) | stopped.get(row["number"], set()):
            found.setdefault(mark, set()).update(concerned)
    return found
