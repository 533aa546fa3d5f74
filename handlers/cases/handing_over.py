"""/交接: all that somebody holds in one list, moved in one act; what cannot be moved is named."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from cards import handing_over as cards
from cards import phrases
from handlers.cases import acting, casework, holdings, progress, record
from handlers.cases.acting import Asked
from handlers.cases.holdings import Holdings
from handlers.chain.law import Law
from handlers.chain.operate import Assign, Refusal, Why
from handlers.commands import Line
from handlers.events import Click, Message, Reply
from handlers.letters import notify
from handlers.people import arranging, whose
from handlers.people.naming_one import the_one
from handlers.rules.articles import ART_5_2
from handlers.rules.names import name_first
from handlers.rules.permits import in_service, serves, unfit_for
from storage import outbox, people, requests, trail
from storage.held import held
from storage.records import Act, Person, Request
from storage.steps import How

GIVE = "给"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/交接 人 给 人`: the list with the button that moves it; `/交接 人`: the list."""
    name, rest = name_first(line.words)
    to = name_first(rest.removeprefix(GIVE))[0] if rest.startswith(GIVE) else ""
    if not name or (rest and not to):
        return Reply(cards.FORM, ok=False)
    leaver = await the_one(name, event.at, "交接", rest)
    if isinstance(leaver, Reply):
        return leaver
    if not await arranging.may_hand_over(person, leaver, event.at):
        return Reply(cards.ONLY, ok=False)
    successor = await the_one(to, event.at, f"交接 {leaver.id} {GIVE}") if to else None
    if isinstance(successor, Reply):
        return successor
    if successor and (successor.id == leaver.id or not serves(successor, event.at)):
        return Reply("接手的须是在职的另一位教职工。", ok=False)
    found = await holdings.of(leaver, event.at)
    moves, kept = await _sorted(found, person, leaver, successor, event.at)
    names = (successor.id, successor.name) if successor else ("", "")
    return Reply(template=cards.ASK, args=cards.arguments((leaver.id, leaver.name), names, moves, kept))


async def _sorted(
    found: Holdings, person: Person, leaver: Person, successor: Person | None, at: datetime
) -> tuple[dict[str, str], list[cards.Kept]]:
    """Steps by number that go to the successor (all, where none is named), and what stays, and why."""
    moves: dict[str, str] = {}
    kept: list[cards.Kept] = []
    for request in found.steps:
        why = await _hinders(request, person, leaver, successor, at) if successor else ""
        if why:
            kept.append(cards.Kept("不能转", (_line(request),), why))
        else:
            moves[request.number] = _line(request)
    return moves, [*kept, *found.kept]


def _line(request: Request) -> str:
    step = request.current
    return f"{request.number} {request.title}" + (f"（{phrases.task(step)}）" if step else "")


async def _hinders(request: Request, person: Person, leaver: Person, to: Person, at: datetime) -> str:
    """Why a step cannot go to somebody; empty where it can."""
    law = await _law(request, to, at)
    if law.holders.get(to.id) == "":
        return f"{to.name} 本来就能办理，不用转。"
    after = await casework.operated(request, _op(leaver, to), record.By(person.id, at), law)
    return _why(after, request, leaver, to, at) if isinstance(after, Refusal) else ""


async def _law(request: Request, to: Person, at: datetime) -> Law:
    """Whoever may hand over acts as a steward does: who comes instead is judged by the rules of 转办."""
    return replace(await casework.law(request, at, naming=[to.id]), steward=True)


def _op(leaver: Person, to: Person) -> Assign:
    return Assign(to.id, f"{leaver.name} 交接", leaver.id, How.HANDED)


def _why(refusal: Refusal, request: Request, leaver: Person, to: Person, at: datetime) -> str:
    if refusal.why is Why.UNFIT:
        return str(unfit_for(to, request, leaver, at))
    return f"现在不能转，请看 /查询 {request.number}。"


async def keep(event: Click, person: Person) -> Reply:
    """Shown, and not confirmed."""
    card = await outbox.get(event.card) if event.card else None
    args = card.args if card and card.person == person.id else None
    if args is None:
        return Reply("没有交接。")
    return Reply("没有交接。", template=cards.ASK, args={**args, "said": "没有交接，一切照旧。"})


async def sure(event: Click, person: Person) -> Reply:
    """Shown and confirmed: the steps that stood on the card, each judged anew, and nothing else."""
    card = await outbox.get(event.card) if event.card else None
    if card is None or card.person != person.id or card.template != cards.ASK or card.args["said"]:
        return Reply("没有交接：这张卡片已不能再用。请重新发 /交接。", ok=False)
    args = card.args
    leaver, successor = await people.get(args["leaver"]), await people.get(args["successor"])
    if leaver is None or successor is None or not serves(successor, event.at):
        return Reply("接手的须是在职的另一位教职工。", ok=False)
    if not await arranging.may_hand_over(person, leaver, event.at):
        return Reply(cards.ONLY, ok=False)
    await held(request=list(args["moves"]))
    theirs = {one.number for one in (await holdings.of(leaver, event.at)).steps}
    moved: list[str] = []
    failed: list[str] = []
    for number, line in args["moves"].items():
        why = await _moved(event, person, leaver, successor, number) if number in theirs else "已不在其名下。"
        (failed if why else moved).append(f"{line}：{why}" if why else line)
    kept = [*failed, *args["kept"]]
    await _note(event, person, leaver, successor, len(moved), len(failed))
    if moved:
        await _tell(event, person, leaver, successor, moved, kept)
    text = cards.done(successor.name, moved, failed, args["kept"])
    await notify.answer(event, person, "say", {"title": f"交接 {leaver.name}", "text": text})
    said = cards.in_short(successor.name, len(moved), len(failed))
    return Reply(said, template=cards.ASK, args={**args, "said": said})


async def _moved(event: Click, person: Person, leaver: Person, to: Person, number: str) -> str:
    """Why a step did not move; empty where it did."""
    request = await requests.get(number)
    if request is None:
        return "没有这件申请。"
    law = await _law(request, to, event.at)
    note = f"{leaver.id} → {to.id}"
    asked = Asked(event, person, request, "", None)
    after = await acting.carried_out(asked, _op(leaver, to), Act.HAND_OVER, law, note=note)
    if isinstance(after, Refusal):
        return _why(after, request, leaver, to, event.at)
    await progress.settle(after, event.at)
    return ""


async def _tell(
    event: Click, person: Person, leaver: Person, to: Person, moved: list[str], kept: list[str]
) -> None:
    """Three notices: to whoever leaves, whoever comes, and the head of the unit."""
    head = await people.get(await whose.responsible_for(leaver.unit, event.at))
    by = person.name
    told: dict[str, tuple[Person, str]] = {}
    if head:
        told[head.id] = (head, cards.to_head(by, leaver.name, to.name, moved, kept))
    if in_service(leaver, event.at):
        told[leaver.id] = (leaver, cards.to_leaver(by, to.name, moved, kept))
    told[to.id] = (to, cards.to_successor(by, leaver.name, moved))
    await _say((one for one in told.values() if one[0].id != person.id), event.at)


async def _say(letters: Iterable[tuple[Person, str]], at: datetime) -> None:
    for receiver, text in letters:
        await notify.tell([receiver], "say", {"title": "交接", "text": text}, at)


async def _note(event: Click, person: Person, leaver: Person, to: Person, moved: int, failed: int) -> None:
    """What was done to all that somebody holds; each request has its own entry besides."""
    note, by = f"{leaver.id} → {to.id}: {moved} moved, {failed} not", record.By.event(event, person.id)
    await record.noted(trail.about(leaver.id), Act.HAND_OVER, by, ART_5_2, note)
