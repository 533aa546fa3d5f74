"""What a decided case does (Article 15): orders, notices, letters; and how a review takes them back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers import workyear
from handlers.cases import leads, orders, record, standstill, withdrawing
from handlers.cases.leads import SYSTEM
from handlers.letters import notify
from handlers.processes import deregister, rectify, violation
from handlers.rules import clauses
from handlers.rules.hearing import REPEATED, Hearing, appeal_ends, in_force, measures, repeated, upheld
from handlers.rules.permits import SHANGHAI
from storage import cases, people, requests
from storage.records import Request
from storage.vocabulary import CHANGED, CLOSE, HAND_OVER, RECTIFY, REVOKED, STOP

AGAIN = "13-1"


async def concluded(request: Request, at: datetime) -> Request:
    """Somebody decided: it takes effect, and those concerned are told. A review changes or revokes first."""
    last = (await requests.decisions(request.id))[-1]
    by = record.By(last.actor, at, last.platform, last.message, last.principal)
    again = request.form.get("review")
    outcome = dict(request.outcome)
    if again is None or again["result"] in (CHANGED, REVOKED):
        if again is not None:
            await _take_back(request, by)
        outcome |= {"opened": await _carry_out(request, by)}
    if interim := outcome.pop("interim", None):
        await standstill.release(request, interim, by)
    outcome |= {
        "finding": in_force(request.form).get("finding", ""),
        "upheld": upheld(request.form),
        "closed_on": at.astimezone(SHANGHAI).date().isoformat(),
        "appeal_until": None if again else appeal_ends(at, await workyear.current()).at.isoformat(),
    }
    after = replace(request, outcome=outcome)
    await _tell(after, at)
    if upheld(after.form) and again is None:
        await _again(after, at)
    return after


async def _carry_out(request: Request, by: record.By) -> list[str]:
    """The measures that stand; returns the numbers of what they opened."""
    wanted, stands = measures(request.form), in_force(request.form)
    media = list(stands.get("on_media") or request.form.get("media") or ())
    opened = []
    if wanted & {RECTIFY, STOP}:
        notice = {
            "media": media,
            "host_unit": request.unit,
            "problem": stands.get("problem", ""),
            "requirement": stands.get("requirement", ""),
            "measure": STOP if STOP in wanted else RECTIFY,
            "due_on": stands.get("due_on"),
        }
        issued = await rectify.issue(notice, request.unit, by, request.number)
        opened.append(issued.number)
        if STOP in wanted:
            await orders.stop(media, by, issued.number)
    ending = [await deregister.ordered(no, by, request.number) for no in media if CLOSE in wanted]
    opened += [one.number for one in ending]
    if HAND_OVER in wanted:
        decider = await people.several([by.actor])
        await notify.tell(decider.values(), "slip", _about(request), by.at, request=request)
    return opened


async def _take_back(request: Request, by: record.By) -> None:
    """What was ordered and is still open ends; media run again unless something else stops them."""
    given = request.form["disposal"]
    media = list(given.get("on_media") or request.form.get("media") or ())
    for number in request.outcome.get("opened", ()):
        await withdrawing.withdraw(number, f"{request.number} 复核{request.form['review']['result']}", by)
        await orders.release(media, by, number)


async def _again(closed: Request, at: datetime) -> None:
    """> 因监管不力导致出现错误导向或多次出现问题的。（第十三条（一））"""
    repeat = clauses.name_of(AGAIN)
    if closed.form.get("source") == SYSTEM and closed.form.get("clause") == [repeat]:
        return  # that it happens again is counted once
    others = [one for one in await cases.upheld(closed.unit) if one.clauses != (repeat,)]
    today = at.astimezone(SHANGHAI).date()
    numbers = [one.number for one in others if repeated([one.closed_on], today)]
    if len(numbers) + 1 < REPEATED:
        return
    said = f"12 个月内已办结属实 {len(numbers) + 1} 件：{'、'.join([*numbers, closed.number])}"
    known = {"key": f"13-1:{closed.number}", "facts": said}
    await leads.lead(known, closed.unit, at, clause=AGAIN, source=SYSTEM)


async def given_up(request: Request, at: datetime) -> None:
    """A case that was voided: what was stopped for its time runs again, and those concerned are told."""
    if interim := request.outcome.get("interim"):
        await standstill.release(request, interim, record.By("", at))
    if heard := Hearing.of(request.outcome):
        text = f"{request.number}《{request.title}》已作废，不再办理，也不计入任何记录。"
        await notify.words(heard.concerned, "已作废", text, at, request=request)


async def _tell(request: Request, at: datetime) -> None:
    heard = Hearing.of(request.outcome)
    assert heard is not None, "nobody is judged unheard"
    receivers = (await people.several(list(heard.concerned))).values()
    args = _about(request) | {"review": bool(request.form.get("review"))}
    await notify.tell(receivers, "disposed", args, at, request=request, urgent=True)


def _about(request: Request) -> dict[str, Any]:
    return {"request": request.id, "number": request.number}


PROCESS = replace(violation.PROCESS, concluded=concluded, undone=given_up)
"""/违规, with what its decisions do."""
