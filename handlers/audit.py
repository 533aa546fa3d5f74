"""The whole trail checked, and what is kept of requests against it: numbers, states, versions, decisions."""

from collections.abc import Callable, Sequence
from typing import Any

from handlers.chain.digest import digest
from handlers.chain.law import Actor
from handlers.chain.matter import over
from handlers.chain.operate import Decide, Op, Revise, Submit, Supply, Unanswered
from handlers.chain.replay import carried_out, op_of
from handlers.chain.step import Case
from handlers.processes.all import PROCESSES
from storage import audit, audited, db
from storage.audited import Kept
from storage.chains import chain_json, steps_of
from storage.checkpoints import Checkpoint
from storage.db import Row
from storage.notes import Verifier
from storage.places import Break
from storage.records import Act, State, TrailEntry
from storage.rows import load
from storage.trail import Matter

WHOLE = 0
"""The number of no entry: it is the matter itself that does not agree."""

_OF_WHOM = ("actor", "principal", "digest", "platform", "message")

Told = tuple[TrailEntry, Op | Submit, str]
"""An entry, and the operation and the step it tells of."""


async def verify(
    seen: Callable[[int], Any] = lambda _: None,
    told: Sequence[Checkpoint] = (),
    keys: Sequence[Verifier] = (),
) -> Break | None:
    """What `storage.audit.verify` finds, and then the first request that is not what its trail leads to; None
    where all is whole. A request of before the trail kept operations is compared by number only."""
    return await audit.verify(seen, told, keys, also=_unlike_kept) or await audited.missing_number()


async def _unlike_kept(matters: Sequence[Matter]) -> Break | None:
    """The first of these matters that is not kept as it is told."""
    numbers = [entries[0].matter for entries in matters]
    kept = await audited.kept(numbers)
    for number, entries in zip(numbers, matters, strict=True):
        if why := _why(kept.get(number), entries) if audited.is_number(number) else "":
            return Break(number, WHOLE, why)
    return None


def _why(kept: Kept | None, entries: Matter) -> str:
    if kept is None:
        return "留痕还在，申请不见了"
    try:
        return _unlike(kept, entries)
    except (ValueError, TypeError, LookupError):  # somebody has written what was never written there
        return "申请的内容无法读取"


def _unlike(kept: Kept, entries: Matter) -> str:
    """What of a request is not as its trail has it, in words; empty where all is."""
    told: list[Told] = [(entry, *op_of(entry.data)) for entry in entries if entry.data]
    if not told or not isinstance(told[0][1], Submit):
        return ""
    case = carried_out((op, Actor(entry.actor, entry.principal)) for entry, op, _ in told)
    if case is None or not _same_case(kept, case):
        return "申请的状态、环节或版本与留痕不一致"
    digests = [op.digest for _, op, _ in told if isinstance(op, (Submit, Revise, Supply))]
    gone = (Act.STOP, Act.WITHDRAW) if PROCESSES[kept.kind].private else (Act.STOP,)
    if not _same_versions(kept, digests, erased=any(entry.act in gone for entry in entries)):
        return "各版本的内容与留痕不一致"
    decided = [one for one in told if _decides(one[1])]
    same = len(decided) == len(kept.decisions) and all(map(_same, kept.decisions, decided))
    return "" if same else "审批意见与留痕不一致"


def _same_case(kept: Kept, told: Case) -> bool:
    """Whether it is where its entries lead to: to the letter, or read, as it was written once."""
    ends = PROCESSES[kept.kind].ends
    here = (kept.applicant, ends, State(kept.state), kept.version, kept.digest)
    if here != (told.applicant, told.ends, told.state, told.version, told.digest):
        return False
    if kept.step == told.at and kept.chain == chain_json(told.steps):
        return True
    return over(Case(*here, steps_of(kept.chain), kept.step)) == over(told)


def _decides(op: Op | Submit) -> bool:
    return isinstance(op, (Decide, Unanswered)) or (isinstance(op, Supply) and not op.beside)


def _same_versions(kept: Kept, digests: Sequence[str], *, erased: bool) -> bool:
    """Whether there is a version for each submission, and each says what its digest was taken of.

    Of what was stopped for secrecy, or was private and taken out (`erased`), the words are gone, and the
    digests stay.
    """
    versions = kept.versions
    if [one.digest for one in versions] != list(digests) or erased:
        return [one.digest for one in versions] == list(digests)
    said = {(one.form, one.digest) for one in versions if one.sealed}  # mostly the request says the same
    said |= {(kept.form, kept.digest)} if versions[-1].sealed else set()
    return all(digest(kept.kind, load(form)) == seal for form, seal in said)


def _same(kept: Row, told: Told) -> bool:
    """Whether a decision is the one that an entry tells of; for its version stands its digest."""
    entry, op, step = told
    act, reason = _said(op)
    if (kept["step"], kept["act"], kept["at"], kept["reason"]) != (step, act, db.to_ms(entry.at), reason):
        return False
    return all(kept[name] == getattr(entry, name) for name in _OF_WHOM)


def _said(op: Op | Submit) -> tuple[Act, str]:
    """The act and the reason of an operation that decides."""
    match op:
        case Decide():
            return op.act, op.reason
        case Unanswered():
            return Act.REJECT, op.reason
        case _:
            return Act.SUPPLY, ""
