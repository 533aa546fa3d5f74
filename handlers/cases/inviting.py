"""加签, 减签, 委派, 意见: others are asked at the step that waits; its holder stays who decides."""

from datetime import datetime

from cards import operations as cards
from handlers.cases import acting
from handlers.cases.acting import Asked, Operation
from handlers.chain.operate import Add, Consult, Drop, Opinion, Refusal, Why
from handlers.events import Reply
from handlers.letters import notify
from handlers.people.naming_one import Several, first_named, several
from handlers.rules.adding import Adding, adding
from handlers.rules.permits import serves
from storage import people
from storage.letters import Lane
from storage.records import Act, Person, Request
from storage.steps import How, SeatState, Way


async def _add(asked: Asked) -> Reply:
    wish = adding(asked.words)
    if not wish.names:
        return Reply(f"请这样写：{ADD.usage}", ok=False, title="还差内容")
    found = await several(wish.names, asked.event.at)
    if isinstance(found, Reply):
        return found
    if wish.way is Way.VOTE and (not wish.need or wish.of != len(found.ids)):
        return Reply(cards.votes_unclear(len(found.ids)), ok=False)
    law = await acting.law(asked, naming=found.ids)
    op = Add(found.ids, wish.place, wish.way, wish.need, wish.reason)
    note = f"{'、'.join(found.ids)}：{wish.reason}" if wish.reason else "、".join(found.ids)
    after = await acting.carried_out(asked, op, Act.ADD, law, note=note)
    if isinstance(after, Refusal):
        return await _not_added(asked, after, found)
    await acting.stands_at(asked, after)
    return Reply(cards.added(after.number, _named(found), wish.place, _way(wish, found)))


def _named(found: Several) -> str:
    return "、".join(person.name for person in found.people)


def _way(wish: Adding, found: Several) -> str:
    return cards.way_of(wish.way, wish.need, len(found.ids))


async def _not_added(asked: Asked, refusal: Refusal, found: Several) -> Reply:
    if refusal.why is not Why.UNFIT:
        return await acting.refused(asked, refusal)
    request = asked.request
    why = filter(None, (_unfit(one, request, asked.person, asked.event.at) for one in found.people))
    return Reply(next(why, f"{_named(found)} 不能再加。"), ok=False)


def _unfit(person: Person, request: Request, by: Person, at: datetime) -> str:
    """Why somebody cannot be added or asked; empty where nothing speaks against it."""
    if person.id == request.applicant:
        return "申请人本人不能参加审批，可以用 /提问 问申请人。"
    if person.id == by.id:
        return "您本人就在办理，不用加签自己。"
    if not serves(person, at):
        return f"{person.name} 不是在职教职工，不能参加审批。"
    placed = {seat.person for seat in request.current.seats} if request.current else ()
    return f"{person.name} 已在这一步里办理或办过，不用再加。" if person.id in placed else ""


async def _drop(asked: Asked) -> Reply:
    found, _ = await first_named(asked.words, asked.event.at, f"减签 {asked.request.number}")
    if isinstance(found, Reply):
        return found
    law = await acting.law(asked)
    after = await acting.carried_out(asked, Drop(found.id), Act.DROP, law, note=found.id)
    if isinstance(after, Refusal):
        own = f"{found.name} 不是您加的，或已经办过，不能减签。"
        return Reply(own, ok=False) if after.why is Why.NOT_YOURS else await acting.refused(asked, after)
    await acting.stands_at(asked, after)
    return Reply(f"{after.number} 不再请 {found.name} 办理。")


async def _consult(asked: Asked) -> Reply:
    found, question = await first_named(asked.words, asked.event.at, f"委派 {asked.request.number}")
    if isinstance(found, Reply):
        return found
    law = await acting.law(asked, naming=[found.id])
    note = f"{found.id}：{question}" if question else found.id
    after = await acting.carried_out(asked, Consult(found.id, question), Act.CONSULT, law, note=note)
    if isinstance(after, Refusal):
        if after.why is Why.UNFIT:
            why = _unfit(found, asked.request, asked.person, asked.event.at)
            return Reply(why or f"{found.name} 不能再请。", ok=False)
        return await acting.refused(asked, after)
    args = {**notify.asking(after), "question": question, "by": asked.person.id}
    once = f"consult:{after.id}:{after.trail_seq}"
    await notify.tell([found], "consult", args, asked.event.at, lane=Lane.DECISION, request=after, once=once)
    await acting.stands_at(asked, after)
    return Reply(f"已请 {found.name} 对 {after.number} 提意见；仍由您决定，不必等。")


async def _opinion(asked: Asked) -> Reply:
    law = await acting.law(asked)
    by = _asked_by(asked)
    after = await acting.carried_out(asked, Opinion(asked.words), Act.OPINION, law, note=asked.words)
    if isinstance(after, Refusal):
        if after.why is Why.STATE:
            return Reply(_no_more(asked), ok=False)
        if after.why is Why.NOT_YOURS:
            return Reply(f"没有人请您对 {asked.request.number} 提意见。要留言请用 /评论。", ok=False)
        return await acting.refused(asked, after)
    told = await people.several([by])
    text = f"{asked.person.name} 对 {after.number}《{after.title}》的意见：{asked.words}"
    await notify.tell(told.values(), "say", {"text": text, "title": "意见"}, asked.event.at, request=after)
    await acting.stands_at(asked, after)
    names = "、".join(one.name for one in told.values())
    return Reply(f"您的意见已记在 {after.number} 上，并告诉了 {names}。")


def _no_more(asked: Asked) -> str:
    """Whoever was asked has answered already, or the step was decided without them."""
    request, said = asked.request, asked.person.id
    here = request.current.seats if request.current else ()
    if any(s.person == said and s.how is How.CONSULTED and s.state is SeatState.DECIDED for s in here):
        return f"您的意见已经记在 {request.number} 上。还要补充，请发：/评论 {request.number} 内容"
    return f"{request.number} 的这一步已经办过，不再需要您的意见。"


def _asked_by(asked: Asked) -> str:
    step = asked.request.current
    seats = step.seats if step else ()
    return next((seat.by for seat in reversed(seats) if seat.person == asked.person.id and seat.by), "")


ADD = Operation(
    Act.ADD, "加签", "add", "/加签 编号 姓名、姓名 [前、并、后] [会签、或签、依次、票签 2/3] [理由]",
    "再请人一起办", "approver", _add,
    "加给谁？例：孙老师、何老师 并 会签。不写时在您之前、会签",
)  # fmt: skip
DROP = Operation(
    Act.DROP, "减签", "drop", "/减签 编号 姓名", "去掉您加的、还没办的人", "approver", _drop, "去掉谁？"
)
CONSULT = Operation(
    Act.CONSULT, "委派", "consult", "/委派 编号 姓名 [要问什么]", "请对方提意见，您决定", "approver",
    _consult, "请谁提意见？可以接着写要问什么",
)  # fmt: skip
OPINION = Operation(
    Act.OPINION, "意见", "opinion", "/意见 编号 内容", "答复请您提的意见", "staff", _opinion, "您的意见是？"
)
INVITING = (ADD, DROP, CONSULT, OPINION)
