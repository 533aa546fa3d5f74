"""A letter's template and arguments to its card, made from what is true when it leaves."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import (
    approval,
    batch,
    beginning,
    comments,
    handing_over,
    inviting,
    namesakes,
    notices,
    papers,
    status,
    withdrawal,
)
from cards.card import Card, Tone
from cards.view import View
from handlers.campaigns import progress as campaign
from handlers.composing import (
    asked,
    basis,
    inspecting,
    listing,
    of_drafts,
    official,
    open_matters,
    powers,
    reasons,
    tracing,
)
from handlers.composing.letterhead import Composer, Letterhead
from handlers.duties.matter import Reading
from handlers.ledger import pages
from handlers.letters import alarms, checkpoints, hearings, notify, showing, unposted, views
from handlers.letters.hearings import Drawn
from handlers.people import standing_in
from handlers.people.namesakes import place
from handlers.registers import all as registered
from handlers.reminders import bundle, kinds
from handlers.rounds import account, progress
from storage import duties, people, requests, trail
from storage.records import Act, Person, State


async def compose(
    template: str, args: Mapping[str, Any], reader: str, at: datetime, *, fresh: bool = True
) -> Card | None:
    """The card, or None where there is nothing left to say."""
    return await _COMPOSERS[template](Letterhead(args, reader, at, fresh))


def _of(make: Callable[[Mapping[str, Any], str, datetime], Awaitable[Card | None]]) -> Composer:
    """A card that needs nothing but what the letter says, who reads it and when."""

    async def composer(head: Letterhead) -> Card | None:
        return await make(head.args, head.reader, head.at)

    return composer


async def _view(head: Letterhead) -> View | None:
    request = await requests.by_id(int(head.args["request"]))
    return await views.load(request, head.reader, head.at) if request else None


async def _approval(head: Letterhead) -> Card | None:
    view = await _view(head)
    if view is None:
        return None
    step, version = str(head.args["step"]), int(head.args["version"])
    over = view.request.current is None or (view.request.step, view.request.version) != (step, version)
    if head.fresh and (over or head.reader not in view.holders):
        return None
    urged = bool(head.args.get("urged"))
    return approval.approval(view, step, version, int(head.args.get("rung", 0)), urged=urged)


async def _batch(head: Letterhead) -> Card | None:
    found = [await requests.by_id(int(one)) for one in head.args["ids"]]
    shown = [await views.load(one, head.reader, head.at) for one in found if one]
    return batch.ask(shown, str(head.args.get("said", "")))


async def _beginning(head: Letterhead) -> Card | None:
    return beginning.card(head.args)


async def _handover(head: Letterhead) -> Card | None:
    return handing_over.card(head.args)


async def _asked(head: Letterhead) -> Card | None:
    return await asked.card(head.args, head.reader, head.at, fresh=head.fresh)


async def _outcome(head: Letterhead) -> Card | None:
    """What became of a step, for somebody whose card could no longer be repainted."""
    view = await _view(head)
    if view is None:
        return None
    shown = approval.approval(view, str(head.args["step"]), int(head.args["version"]))
    return None if shown.buttons else replace(shown, closed="")


async def _status(head: Letterhead) -> Card | None:
    view = await _view(head)
    return status.status(view, int(head.args.get("rung", 0))) if view else None


async def _superseded(head: Letterhead) -> Card | None:
    """Only over a card that is on a screen: one that never left need not point to a newer."""
    view = await _view(head)
    return status.superseded(view) if view and not head.fresh else None


async def _withdraw(head: Letterhead) -> Card | None:
    """The question while it can be answered, afterwards where the request stands."""
    view = await _view(head)
    if view is None:
        return None
    on_record = view.request.register and view.request.state is State.RECORDED
    asked = on_record or view.request.state is State.AWAITING_PUBLISH
    return withdrawal.question(view) if asked else status.status(view)


async def _overdue(head: Letterhead) -> Card | None:
    view = await _view(head)
    led = bool(head.args.get("head"))
    return notices.overdue(view, head=led) if view and view.request.current else None


async def _receipt_due(head: Letterhead) -> Card | None:
    view = await _view(head)
    if view is None or view.request.state is not State.AWAITING_PUBLISH:
        return None
    return notices.receipt_due(view)


async def _lapsing(head: Letterhead) -> Card | None:
    view, duty = await _view(head), await duties.get(int(head.args["duty"]))
    if view is None or duty is None or duty.due_at is None:
        return None
    if view.request.state is not State.AWAITING_PUBLISH:
        return None if head.fresh else status.status(view)
    return notices.lapsing(view, duty.due_at)


async def _paused(head: Letterhead) -> Card | None:
    view = await _view(head)
    pause = await trail.last(view.request.number, Act.PAUSE) if view else None
    if view is None or pause is None or (head.fresh and view.request.state is not State.PAUSED):
        return None
    known = await people.get(pause.actor)
    return notices.paused(view, known.name if known else pause.actor, pause.at, pause.note)


async def _duty(head: Letterhead) -> Card | None:
    duty = await duties.get(int(head.args["duty"]))
    if duty is None or (head.fresh and not duty.open):
        return None
    return await kinds.card(duty, Reading(head.reader, head.at, of=str(head.args.get("of", ""))))


async def _digest(head: Letterhead) -> Card | None:
    return await bundle.digest(head.args["matters"], head.reader, head.at, fresh=head.fresh)


async def _say(head: Letterhead) -> Card | None:
    tone = Tone(head.args.get("tone", Tone.INFO))
    return notices.say(str(head.args["text"]), str(head.args.get("title", "")), tone)


async def _refused(head: Letterhead) -> Card | None:
    return notices.refused(str(head.args["text"]), str(head.args.get("title", "")))


async def _unbound(head: Letterhead) -> Card | None:
    return notices.unbound(str(head.args["account"]))


async def _greeting(head: Letterhead) -> Card | None:
    person = await people.get(head.reader)
    if person is None:
        return None
    given = await standing_in.proxies_of(person.id, head.at)
    return notices.greeting(person.name, await requests.count_waiting(person.id, given))


async def _help(head: Letterhead) -> Card | None:
    person = await people.get(head.reader)
    lines = [(str(usage), str(what)) for usage, what in head.args["lines"]]
    return notices.commands(lines, person.name if person else "")


async def _inbox(head: Letterhead) -> Card | None:
    return await listing.inbox(head.reader, int(head.args.get("page", 1)), head.at)


async def _open(head: Letterhead) -> Card | None:
    return await open_matters.card(
        str(head.args["words"]), int(head.args.get("page", 1)), head.reader, head.at
    )


async def _mine(head: Letterhead) -> Card | None:
    return await listing.mine(head.reader, int(head.args.get("page", 1)), head.at)


async def _hint(_: Letterhead) -> Card | None:
    return notices.hint()


async def _unknown(head: Letterhead) -> Card | None:
    return notices.unknown_command(str(head.args["typed"]), str(head.args["nearest"]))


async def _proxy(head: Letterhead) -> Card | None:
    return notices.say(str(head.args["text"]), "外出代理")


async def _dead(head: Letterhead) -> Card | None:
    receiver: Person | None = await people.get(str(head.args["person"]))
    who = receiver.name if receiver else str(head.args["person"])
    return notices.dead_letter(who, str(head.args["why"]), int(head.args["waiting"]))


async def _unreached(head: Letterhead) -> Card | None:
    view = await _view(head)
    if view is None or view.request.current is None:
        return None
    person = await people.get(str(head.args["person"]))
    who = person.name if person else str(head.args["person"])
    return notices.unreached(view, who, str(head.args["why"]))


async def _void(_: Letterhead) -> Card | None:
    return notices.void()


async def _namesakes(head: Letterhead) -> Card:
    """Who may be meant, or who was."""
    args = head.args
    if number := args.get("chosen"):
        return namesakes.chosen(args["name"], number, args["said"])
    known = await people.several(args["people"])
    places = {one: await place(known[one]) for one in args["people"] if one in known}
    return namesakes.question(args["name"], places, args["count"], args["before"].split()[0])


async def _papers(head: Letterhead) -> Card:
    found = [(str(code), str(name)) for code, name in head.args["papers"]]
    return papers.choose(str(head.args["number"]), str(head.args["title"]), found)


def _drawn(draw: Drawn) -> Composer:
    """What follows from the request alone, and from what the letter says of it."""

    async def composed(head: Letterhead) -> Card | None:
        view = await _view(head)
        return draw(view, head.args) if view else None

    return composed


_COMPOSERS: Mapping[str, Composer] = {
    **of_drafts.COMPOSERS,
    notify.VOID: _void,
    "approval": _approval,
    "outcome": _outcome,
    "status": _status,
    "superseded": _superseded,
    "withdraw": _withdraw,
    "vacancy": _drawn(lambda v, _: notices.vacancy(v) if v.request.current and not v.holders else None),
    "overdue": _overdue,
    "unrevised": _drawn(lambda v, _: notices.unrevised(v) if v.request.state is State.RETURNED else None),
    "receipt_due": _receipt_due,
    "lapsing": _lapsing,
    "paused": _paused,
    "duty": _duty,
    "digest": _digest,
    "show": _of(showing.card),
    "full": _of(showing.full_text),
    "say": _say,
    "refused": _refused,
    "unbound": _unbound,
    "greeting": _greeting,
    "help": _help,
    "inbox": _inbox,
    "open": _open,
    "mine": _mine,
    "ledger": _of(pages.books),
    "medium": _of(pages.medium),
    "attention": _of(pages.attention),
    "readiness": _of(pages.ready),
    official.TEMPLATE: _of(official.card),
    "hint": _hint,
    "unknown": _unknown,
    "proxy": _proxy,
    batch.ASK: _batch,
    handing_over.ASK: _handover,
    beginning.ASK: _beginning,
    "consult": _drawn(lambda view, args: inviting.consult(view, str(args["question"]), str(args["by"]))),
    notify.ASKED: _asked,
    "unheard": _of(asked.late),
    "cc": _drawn(lambda view, args: inviting.copied(view, str(args["by"]))),
    "more": _drawn(lambda view, _: inviting.more(view)),
    "why": _of(reasons.card),
    papers.ASK: _papers,
    "basis": _of(basis.card),
    "trace": _of(tracing.card),
    namesakes.TEMPLATE: _namesakes,
    "round": _of(progress.card),
    "campaign": _of(campaign.card),
    "powers": _of(powers.card),
    **{name: _of(make) for name, make in registered.CARDS.items()},
    "inspect": _of(inspecting.card),
    "comments_trouble": _drawn(lambda view, _: comments.trouble(view)),
    "comments_alert": _drawn(lambda view, a: comments.alert(view, str(a["by"]), str(a["words"]))),
    "account": _of(account.card),
    "figures": _of(account.figures),
    checkpoints.TEMPLATE: _of(checkpoints.card),
    unposted.TEMPLATE: _of(unposted.card),
    "dead": _dead,
    alarms.TEMPLATE: _of(alarms.card),
    alarms.OVER: _of(alarms.ended),
    "unreached": _unreached,
    **{name: _drawn(draw) for name, draw in hearings.LETTERS.items()},
}
