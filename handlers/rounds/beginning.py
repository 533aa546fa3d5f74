"""A round is shown before it begins, and begins with a press: many people are asked by one line."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cards import beginning as cards
from handlers.events import Click, Message, Reply
from storage import outbox, people, rounds
from storage.records import Person
from storage.rounds import Round

Event = Message | Click


@dataclass(frozen=True, slots=True)
class Plan:
    """A round that may begin, of these `units` (codes): `what` each is asked, under which `article`, on which
    `days`, and the `words` that mean the same on a later day."""

    of: Round
    units: Sequence[str]
    what: str
    article: str
    days: str
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """How words become a plan, or why there is none; and how a plan is carried out, with what is said then.
    `name` is the kind of its rounds."""

    name: str
    planned: Callable[[Event, Person, str], Awaitable[Plan | Reply]]
    begun: Callable[[Click, Person, Plan], Awaitable[str]]


async def shown(event: Message, person: Person, kind: Kind, words: str) -> Reply:
    """What would begin, with the button that begins it."""
    plan = await kind.planned(event, person, words)
    if isinstance(plan, Reply):
        return plan
    named = {unit.code: unit.name for unit in await people.all_units()}
    args = {
        "kind": kind.name, "name": plan.of.name, "words": plan.words, "what": plan.what,
        "article": plan.article, "days": plan.days, "codes": list(plan.units),
        "units": [named[one] for one in plan.units], "said": "",
    }  # fmt: skip
    return Reply(template=cards.ASK, args=args)


async def sure(event: Click, person: Person, kinds: Sequence[Kind]) -> Reply:
    """Shown and confirmed: judged anew, and of the units that stood on the card alone."""
    args = await _args(event, person)
    if args is None or args["said"]:
        return Reply("没有发起：这张卡片已不能再用，请重新发命令。", ok=False)
    kind = next(one for one in kinds if one.name == args["kind"])
    await rounds.turn(kind.name)
    plan = await kind.planned(event, person, str(args["words"]))
    if isinstance(plan, Reply):
        told = plan.toast or "已经发起过，没有再发起。"
        return Reply(told, ok=False, template=cards.ASK, args={**args, "said": told})
    plan = replace(plan, units=[one for one in plan.units if one in args["codes"]])
    told = await kind.begun(event, person, plan)
    return Reply(f"已发起 {plan.of.name}", template=cards.ASK, args={**args, "said": told})


async def keep(event: Click, person: Person) -> Reply:
    """Shown, and not confirmed."""
    args = await _args(event, person)
    if args is None or args["said"]:
        return Reply("没有发起。", ok=False)
    return Reply("没有发起。", template=cards.ASK, args={**args, "said": "没有发起，没有发给任何人。"})


async def _args(event: Click, person: Person) -> Mapping[str, Any] | None:
    """What stood on the pressed card, where it was theirs."""
    card = await outbox.get(event.card) if event.card else None
    return card.args if card and card.person == person.id and card.template == cards.ASK else None
