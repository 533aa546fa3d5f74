"""干预: a named steward moves a matter that is stuck, with a reason; nobody's decision is made or erased."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cards import phrases
from handlers.cases import acting, progress, rerouting, voiding
from handlers.cases.acting import Asked, Operation
from handlers.chain.law import Law
from handlers.chain.operate import Assign, Pause, Refusal, Resume, TurnBack, Why
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import whose
from handlers.people.naming_one import first_named
from storage import requests
from storage.records import Act, Request

_ONLY = "干预只由系统管理员或全媒体中心负责人办理。"


async def _intervene(asked: Asked) -> Reply:
    """`/干预 编号 改派 姓名 理由`, `… 退回 理由`, `… 暂停`, `… 恢复`, `… 作废`."""
    what, words = [*asked.words.split(None, 1), "", ""][:2]
    if what not in _WAYS:
        return Reply(f"请这样写：{acting.usage(INTERVENE, asked.request.number)}", ok=False, title="还差内容")
    steward = await whose.steward(asked.person, asked.event.at)
    theirs = asked.person.id in whose.applicant_of(asked.request).parties
    law = replace(await acting.law(asked), steward=steward and not theirs)
    return await _WAYS[what](acting.with_words(asked, words), law)


async def _assign(asked: Asked, law: Law) -> Reply:
    found, reason = await first_named(asked.words, asked.event.at, f"干预 {asked.request.number} 改派")
    if isinstance(found, Reply):
        return found
    named = replace(await acting.law(asked, naming=[found.id]), steward=law.steward)
    note = f"→ {found.id}：{reason}"
    after = await acting.carried_out(asked, Assign(found.id, reason), Act.ASSIGN, named, note=note)
    if isinstance(after, Refusal):
        if after.why is Why.UNFIT:
            return Reply(f"{found.name} 不能办理这一步，没有改派。", ok=False)
        return await _refused(asked, after, "改派")
    await _told(asked, after, f"改派给 {found.name} 办理", reason)
    await acting.stands_at(asked, after)
    return Reply(f"已将 {after.number} 改派给 {found.name}。")


def _plainly(
    op: Callable[[str], Pause | Resume | TurnBack], act: Act, word: str
) -> Callable[[Asked, Law], Awaitable[Reply]]:
    async def act_on(asked: Asked, law: Law) -> Reply:
        after = await acting.carried_out(asked, op(asked.words), act, law, note=asked.words)
        if isinstance(after, Refusal):
            return await _refused(asked, after, word)
        await _told(asked, after, word, asked.words)
        await progress.settle(after, asked.event.at, tell=True)
        if act is Act.RESUME:  # whoever left meanwhile has lost their place
            await rerouting.one(after.number, "resumed", asked.event.at)
        return Reply(f"{after.number} 已{word}。")

    return act_on


async def _void(asked: Asked, law: Law) -> Reply:
    after = await voiding.voided(asked.request, asked.words, asked.by(law), law, acting.shown_card(asked))
    if isinstance(after, Refusal):
        return await _refused(asked, after, "作废")
    return Reply(f"{after.number} 已作废，已告诉有关的人。")


async def _refused(asked: Asked, refusal: Refusal, word: str) -> Reply:
    number = asked.request.number
    if refusal.why is Why.NOT_YOURS:
        return Reply(_ONLY, ok=False)
    if refusal.why is Why.REASON:
        whom = " 姓名" if word == "改派" else ""
        return Reply(f"干预须写明理由：/干预 {number} {word}{whom} 理由", ok=False, title="还差理由")
    if refusal.why is Why.NOT_HERE:
        return Reply(f"{number} 没有能修改它的申请人，不能退回。可以改派、暂停、恢复或作废。", ok=False)
    face = PROCESSES[asked.request.kind].face
    now = phrases.standing(asked.request.state, face)
    return Reply(f"{number} 现在是“{now}”，不能{word}。", ok=False)


async def _told(asked: Asked, after: Request, what: str, reason: str) -> None:
    """All concerned learn who moved it, and why."""
    decided = [d.actor for d in await requests.decisions(after.id)]
    also = PROCESSES[after.kind].told(after)
    concerned = (after.applicant, *also, *await requests.holders(after.id), *decided)
    text = f"{asked.person.name} 对 {after.number}《{after.title}》作了干预：{what}。理由：{reason}"
    await notify.words(concerned, "干预", text, asked.event.at, request=after, but=asked.person.id)


_WAYS: Mapping[str, Callable[[Asked, Law], Awaitable[Reply]]] = {
    "改派": _assign,
    "退回": _plainly(TurnBack, Act.TURN_BACK, "退回"),
    "暂停": _plainly(Pause, Act.PAUSE, "暂停"),
    "恢复": _plainly(Resume, Act.RESUME, "恢复"),
    "作废": _void,
}
INTERVENE = Operation(
    Act.STEWARD, "干预", "steward", "/干预 编号 改派 姓名、退回、暂停、恢复、作废 理由",
    "卡住的申请，由管理员处理", "steward", _intervene,
)  # fmt: skip
STEWARDING = (INTERVENE,)
