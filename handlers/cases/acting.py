"""An operation on the step that waits, however it is asked for: found, judged, carried out, recorded.

A command names the request and what the operation needs. A button names the request; what else is
needed is the next plain line within ten minutes, as with a reason.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

from cards import operations as cards
from cards import replies
from cards.view import Sight
from handlers.cases import casework, guard, progress, record
from handlers.chain.law import Law
from handlers.chain.operate import Op, Refusal, Why
from handlers.commands import Line, gives_up, numbers_in
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from storage import drafts, requests
from storage.drafts import PROMPT_LASTS, Prompt
from storage.held import held
from storage.records import Act, Person, Request, State


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody's wish to do something to a request that is held: `words` is what they gave with it,
    `shown` the step and version they were last shown."""

    event: Message | Click
    person: Person
    request: Request
    words: str
    shown: casework.Shown

    @property
    def at_step(self) -> str:
        """The article of the step that waits, for the trail."""
        step = self.request.named(self.request.step)
        return step.article if step else ""

    def by(self, law: Law) -> record.By:
        return record.By.event(self.event, self.person.id, law.holders.get(self.person.id, ""))

    async def kept(self, act: Act, article: str, note: str = "") -> Request:
        """The request with an act of theirs on its trail that leaves it where it stands."""
        by = record.By.event(self.event, self.person.id)
        return await record.kept_in_place(self.request, act.value, by, article, note)


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the table of operations.

    `act` is what its button carries and the trail keeps, `command` with `alias` what people type,
    `usage` and `help` stand in /帮助 for its `audience`. `ask` is what its button asks for, empty where
    the button needs no more.
    """

    act: Act
    command: str
    alias: str
    usage: str
    help: str
    audience: str
    do: Callable[[Asked], Awaitable[Reply]]
    ask: str = ""


async def command(event: Message, person: Person, line: Line, operation: Operation) -> Reply:
    """`/加签 编号 …`: what stands behind the number is what the operation needs."""
    numbers, words = numbers_in(line.text)
    if not numbers:
        return Reply(f"请这样写：{operation.usage}", ok=False, title="还差编号")
    if numbers[1:]:
        return Reply(replies.which_one(operation.command, numbers), ok=False, title=replies.WHICH)
    number = numbers[0]
    if operation.ask and not words:
        return Reply(f"请这样写：{usage(operation, number)}", ok=False, title="还差内容")
    request = (await held(request=number)).request
    if request is None:
        return Reply(f"没有 {number} 这件申请。发 /待办 看您要办的事项。", ok=False)
    if await _hidden(request, person):
        return Reply(f"{number} 与您无关，不能办理。", ok=False)
    shown = await guard.last_shown(event, person, request)
    return await _done(operation, Asked(event, person, request, words, shown))


async def click(event: Click, person: Person, operation: Operation) -> Reply:
    """Its button: done at once where nothing more is needed, else asked for what is."""
    request = (await held(request=event.ref)).request
    if request is None or await _hidden(request, person):
        return Reply("没有这件申请。", ok=False)
    shown = await guard.drawn_for(event, request)
    if not operation.ask:
        return await _done(operation, Asked(event, person, request, "", shown))
    step, version = shown or ("", 0)
    until = event.at + PROMPT_LASTS
    await drafts.expect(Prompt(person.id, operation.act, request.number, step, version, until))
    # Only what is no success is said in WeCom, where a press is answered by its card.
    please = cards.please(operation.command, request.number, operation.ask)
    return Reply(please, ok=False, title=operation.command)


async def _hidden(request: Request, person: Person) -> bool:
    """Whether this person is not even told that the request is there, and holds no step of it."""
    sight = await PROCESSES[request.kind].sight(request, person)
    return sight is Sight.NOTHING and person.id not in await requests.holders(request.id)


def usage(operation: Operation, number: str) -> str:
    """How the operation is typed for this request."""
    return operation.usage.replace("编号", number, 1)


async def prompted(event: Message, person: Person, prompt: Prompt, operation: Operation) -> Reply:
    """The plain line after a button."""
    words = event.text.strip()
    if not guard.too_long(words):  # else the next line is still meant
        await drafts.expect_no_more(person.id, prompt.number)
    if gives_up(event.text):
        return Reply(f"{prompt.number} 没有{operation.command}。")
    if prompt.expires_at < event.at:
        return Reply(cards.too_late(usage(operation, prompt.number), prompt.number), ok=False)
    request = (await held(request=prompt.number)).request
    if request is None:
        return Reply("没有这件申请。", ok=False)
    shown = (prompt.step, prompt.version)
    return await _done(operation, Asked(event, person, request, words, shown))


async def _done(operation: Operation, asked: Asked) -> Reply:
    """Whichever way it was asked for: the record takes all the words, or nothing is done."""
    return guard.too_long(asked.words) or await operation.do(asked)


async def law(asked: Asked, naming: Collection[str] = ()) -> Law:
    """What is true of the request at this moment, for this person."""
    return await casework.law(asked.request, asked.event.at, shown=asked.shown, naming=naming)


async def carried_out(asked: Asked, op: Op, act: Act | str, law: Law, *, note: str = "") -> Request | Refusal:
    """The request after an operation that the table allows, in its trail and saved; else why not."""
    by = asked.by(law)
    after = await casework.operated(asked.request, op, by, law)
    if isinstance(after, Refusal):
        return after
    after = await casework.recorded(asked.request, after, op, str(act), by, article=asked.at_step, note=note)
    await requests.save(after)
    return after


async def refused(asked: Asked, refusal: Refusal) -> Reply:
    """Why not, in words; what is not this person's stays so, and old cards are answered with the truth."""
    if refusal.why is Why.STATE and asked.request.state is not State.IN_REVIEW:
        return await guard.moved_on(asked.event, asked.person, asked.request, asked.shown)
    if text := refusal.text or cards.REFUSED.get(refusal.why):
        return Reply(text.format(number=asked.request.number), ok=False)
    return await guard.refused(asked.event, asked.person, asked.request, refusal.why, asked.shown)


async def stands_at(asked: Asked, after: Request) -> None:
    """The same step waits for others too, or for fewer: newcomers are asked, cards are repainted."""
    await progress.joined(asked.request, after, asked.event.at, shown=shown_card(asked))


def shown_card(asked: Asked) -> str:
    """The card that was pressed: it is answered at once, and not repainted besides."""
    return asked.event.card if isinstance(asked.event, Click) else ""


def with_words(asked: Asked, words: str) -> Asked:
    return replace(asked, words=words)
