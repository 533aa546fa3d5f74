"""What is kept of the requests against what the trail says of them: numbers, states, versions, decisions."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from handlers.chain.digest import digest
from handlers.chain.matter import over
from handlers.chain.operate import Decide, Op, Revise, Submit, Supply, Unanswered
from handlers.chain.replay import op_of, replay
from handlers.chain.step import case_of
from handlers.processes.all import PROCESSES
from storage import audit, db, requests, trail
from storage.places import Break
from storage.records import Act, Decision, Request, TrailEntry

WHOLE = 0
"""The number of no entry: it is the matter itself that does not agree."""


async def verify() -> Break | None:
    """The first request that is not what its trail leads to; None where all are.

    Each is looked at as it is at one moment, so it may run beside a working bot. A request of before the
    trail kept operations is compared by number only.
    """
    async with db.reading():
        if missing := await audit.missing_number():
            return missing
    async for number in _numbers():
        async with db.reading():
            request = await requests.get(number)
            entries = await trail.of(number)
            if request and (why := await _unlike(request, entries)):
                return Break(number, WHOLE, why)
    return None


async def _numbers() -> AsyncIterator[str]:
    for row in await db.rows("SELECT number FROM requests ORDER BY number"):
        yield row["number"]


async def _unlike(request: Request, entries: Sequence[TrailEntry]) -> str:
    """What of a request is not as its trail has it, in words; empty where all is."""
    told = [(entry, *op_of(entry.data)) for entry in entries if entry.data]
    if not told or not isinstance(told[0][1], Submit):
        return ""
    told_case, kept_case = replay(entries), case_of(request, PROCESSES[request.kind].ends)
    if told_case is None or over(told_case) != over(kept_case):
        return "申请的状态、环节或版本与留痕不一致"
    digests = [op.digest for _, op, _ in told if isinstance(op, (Submit, Revise, Supply))]
    gone = (Act.STOP, Act.WITHDRAW) if PROCESSES[request.kind].private else (Act.STOP,)
    erased = any(entry.act in gone for entry in entries)
    if not await _same_versions(request, digests, erased=erased):
        return "各版本的内容与留痕不一致"
    decided = [(entry, op, step) for entry, op, step in told if _decides(op)]
    expected = [_decision(request, entry, op, step) for entry, op, step in decided]
    kept = [replace(one, version=0) for one in await requests.decisions(request.id)]
    return "" if kept == expected else "审批意见与留痕不一致"


def _decides(op: Op | Submit) -> bool:
    return isinstance(op, (Decide, Unanswered)) or (isinstance(op, Supply) and not op.beside)


async def _same_versions(request: Request, digests: Sequence[str], *, erased: bool) -> bool:
    """Whether there is a version for each submission, and each says what its digest was taken of.

    Of what was stopped for secrecy, or was private and taken out (`erased`), the words are gone, and the
    digests stay.
    """
    kept = await audit.versions(request.id)
    if [one.digest for one in kept] != list(digests) or erased:
        return [one.digest for one in kept] == list(digests)
    said = [(one.form, one.digest) for one in kept if one.sealed]
    said += [(request.form, request.digest)] if kept[-1].sealed else []
    return all(digest(request.kind, form) == seal for form, seal in said)


def _decision(request: Request, entry: TrailEntry, op: Op | Submit, step: str) -> Decision:
    """The decision that an entry tells of, without its version, which its digest stands for."""
    further = Act.REJECT if isinstance(op, Unanswered) else Act.SUPPLY
    return Decision(
        request=request.id,
        version=0,
        step=step,
        act=op.act if isinstance(op, Decide) else further,
        actor=entry.actor,
        at=entry.at,
        digest=entry.digest,
        reason=op.reason if isinstance(op, (Decide, Unanswered)) else "",
        principal=entry.principal,
        platform=entry.platform,
        message=entry.message,
    )
