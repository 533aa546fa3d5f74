"""Each decision by somebody who could decide it, on what they were shown, and nothing passed while halted."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from storage.chains import steps_of
from storage.rows import load
from tests.simulation.town import Town

PASSING = ("approve", "escalate", "receipt")


def faults(town: Town) -> list[str]:
    return [*_stale(town), *_unseated(town), *_own(town), *_while_halted(town), *_for_others(town)]


def _decisions(town: Town) -> list[dict[str, Any]]:
    sql = "SELECT d.*, r.number, r.applicant, r.chain FROM decisions d JOIN requests r ON r.id = d.request"
    return town.store.look(f"{sql} ORDER BY d.id")


def _stale(town: Town) -> list[str]:
    """Decisions on what was never shown, or by a card that was drawn for another step or version."""
    sql = "SELECT message_id, args FROM letters WHERE template = 'approval' AND message_id <> ''"
    cards = {row["message_id"]: load(row["args"]) for row in town.store.look(sql)}
    sql = (
        "SELECT DISTINCT request, person, shown_step, shown_version FROM letters"
        " WHERE shown_version IS NOT NULL"
    )
    seen = {tuple(row.values()) for row in town.store.look(sql)}
    stopped = {row["matter"] for row in town.store.look("SELECT matter FROM trail WHERE act = 'stop'")}
    found = []
    for one in _decisions(town):
        # Of what may be secret nothing is left that says what somebody was shown.
        typed = one["act"] != "supply" and one["message"] in town.typed and one["number"] not in stopped
        if typed and (one["request"], one["actor"], one["step"], one["version"]) not in seen:
            found.append(
                f"{one['number']} {one['step']} v{one['version']}: {one['actor']} was never shown it"
            )
        card = cards.get(one["message"])
        if card and (card["step"], card["version"]) != (one["step"], one["version"]):
            found.append(f"{one['number']} {one['step']} v{one['version']} decided on a card of {card}")
    return found


def _unseated(town: Town) -> list[str]:
    """Decisions of people who never held the step, of the request's steps whatever the version."""
    held = {(dict(one.row)["request"], dict(one.row)["person"]) for one in town.store.journal.done
            if one.table == "holders"}  # fmt: skip
    return [
        f"{one['number']} {one['step']}: {one['actor']} decided and never held it"
        for one in _decisions(town)
        if (one["request"], one["actor"]) not in held and one["act"] != "supply"
    ]


def _own(town: Town) -> list[str]:
    """Nobody decides what they asked for; a supplement is an answer and no judgement."""
    return [
        f"{one['number']} {one['step']}: {one['actor']} decided their own"
        for one in _decisions(town)
        if one["actor"] == one["applicant"] and one["act"] in PASSING and not _judges_nothing(one)
    ]


def _judges_nothing(decision: Mapping[str, Any]) -> bool:
    """Whether its step may be its applicant's own: it judges nothing of theirs."""
    return any(step.own for step in steps_of(decision["chain"]) if step.name == decision["step"])


def _while_halted(town: Town) -> list[str]:
    """Nothing goes on while its medium must not publish, and nothing is out while it keeps silence."""
    found, halted, silent = [], set[str](), _silences(town)
    for row in town.store.look("SELECT matter, act, actor, at FROM trail ORDER BY idx"):
        if row["matter"] in silent and row["act"] == "submit":
            for one in silent[row["matter"]]:
                one["known"] = True
        elif row["act"] == "halted":
            halted.add(row["matter"])
        elif row["act"] == "resumed":
            halted.discard(row["matter"])
        elif row["act"] in PASSING:
            said = "halted" if row["matter"] in halted else _silenced(town, row, silent)
            found += [f"{row['matter']}: {row['act']} by {row['actor']} while {said}"] if said else []
    return found


Silences = Mapping[str, Sequence[dict[str, Any]]]


def _silences(town: Town) -> Silences:
    rows = town.store.look("SELECT * FROM silences")
    return {row["number"]: [one for one in rows if one["number"] == row["number"]] for row in rows}


def _silenced(town: Town, row: Mapping[str, Any], silent: Silences) -> str:
    """Under which silence a receipt was taken: of one that was known by then."""
    if row["act"] != "receipt":
        return ""
    (request,) = town.store.look("SELECT form FROM requests WHERE number = ?", row["matter"])
    on = set(load(request["form"]).get("media", ()))
    for one in chain.from_iterable(silent.values()):
        meant = (on & {*load(one["media"])} if load(one["media"]) else on) - {*load(one["spared"])}
        if meant and one.get("known") and one["starts_at"] <= row["at"] < one["ends_at"]:
            return f"silent by {one['number']}"
    return ""


def _for_others(town: Town) -> list[str]:
    """A stand-in decides only while they stand in."""
    proxies = town.store.look("SELECT * FROM proxies")
    return [
        f"{one['number']} {one['step']}: {one['actor']} decided for {one['principal']} and stands in no more"
        for one in _decisions(town)
        if one["principal"]
        and not any(
            (two["principal"], two["delegate"]) == (one["principal"], one["actor"])
            and two["starts_at"] <= one["at"] <= two["ends_at"]
            and (two["cancelled_at"] is None or two["cancelled_at"] > one["at"])
            for two in proxies
        )
    ]
