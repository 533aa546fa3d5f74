"""收到, 完成, 不能完成: what whoever runs a medium says of it; the first answer counts for the medium."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cards import campaigns as cards
from cards.form_dispatch import OUT
from handlers.campaigns import showing
from handlers.cases import receiving
from handlers.cases.acting import Asked, Operation
from handlers.events import Click, Reply
from handlers.people.operators import answers_for
from handlers.processes import dispatch
from handlers.reminders import calls
from handlers.rules.articles import ART_5_1
from handlers.rules.links import links_in, places, with_links
from handlers.typed.fields import web_address
from handlers.typed.moments import Wrong
from storage import campaigns, duties, media, requests
from storage.campaigns import Call
from storage.records import Act, Medium, State

REASON = 100
"""Characters of why something cannot be done (form F12)."""


@dataclass(frozen=True, slots=True)
class Mine:
    """The media of a campaign that somebody answers for: those still open, and all of them."""

    open: Mapping[str, tuple[Medium, Call]]
    all: Mapping[str, tuple[Medium, Call]]


async def _mine(asked: Asked) -> Mine | Reply:
    request = asked.request
    if request.kind != dispatch.PROCESS.kind:
        return Reply(f"{request.number} 不是统一调动，不用这样回复。", ok=False)
    known = {call.medium: call for call in await campaigns.of(request.id)}
    found = {
        medium.no: (medium, known[medium.no])
        for medium in await media.several(list(known))
        if await answers_for(asked.person, medium, asked.event.at)
    }
    if not found:
        return Reply(f"{request.number} 没有调动您运营的媒体（{ART_5_1}）。", ok=False)
    if request.state is not State.RECORDED:
        return Reply(f"{request.number} 已提前结束，不用再办。", ok=False)
    return Mine({no: one for no, one in found.items() if not one[1].answer}, found)


def _pressed(asked: Asked, mine: Mine) -> str:
    """The medium whose card was pressed, or that is named in the words, or the only one; empty where none
    of it says."""
    drawn = asked.shown[0] if asked.shown else ""
    if drawn in mine.all:
        return drawn
    named = [no for no, (medium, _) in mine.all.items() if medium.name in asked.words or no in asked.words]
    if len(named) == 1:
        return named[0]
    only = list(mine.open) or list(mine.all)
    return only[0] if len(only) == 1 else ""


async def _received(asked: Asked) -> Reply:
    """收到 of a campaign; of anything else as its step has it."""
    if asked.request.kind != dispatch.PROCESS.kind:
        return await receiving.RECEIVED.do(asked)
    mine = await _mine(asked)
    if isinstance(mine, Reply):
        return mine
    chosen = _pressed(asked, mine)
    wanted = [chosen] if chosen else list(mine.open)
    fresh = [no for no in wanted if not mine.all[no][1].received_by and no in mine.open]
    request = asked.request
    for no in fresh:
        medium, call = mine.all[no]
        request = await replace(asked, request=request).kept(Act.RECEIVED, ART_5_1, f"“{medium.name}”")
        await requests.save(request)
        # WeCom repaints a card once without a press: the answer needs that more.
        await campaigns.received(call.id, asked.person.id, asked.event.at)
    if not fresh:
        return await _already(asked, mine, wanted[:1] or list(mine.all)[:1])
    names = "、".join(mine.all[no][0].name for no in fresh)
    return await _shown(asked, fresh[0], f"已记下“{names}”收到 {request.number}。")


async def _done(asked: Asked) -> Reply:
    mine = await _mine(asked)
    if isinstance(mine, Reply):
        return mine
    found = await _said(asked, mine)
    if isinstance(found, Reply):
        return found
    return await _answered(asked, mine, found, campaigns.DONE, Act.DONE)


async def _said(asked: Asked, mine: Mine) -> dict[str, str] | Reply:
    """By medium its link; where nothing new goes out, words will do."""
    chosen, number = _pressed(asked, mine), asked.request.number
    example = f"例：/完成 {number} https://mp.weixin.qq.com/s/…"
    if not links_in(asked.words):
        if asked.request.form.get("action") in OUT:
            return Reply(f"完成须附链接。{example}", ok=False, title="还差链接")
        return {chosen: asked.words.strip()} if chosen else _which(asked, mine)
    on = [mine.all[chosen][0]] if chosen else [medium for medium, _ in mine.open.values()]
    try:
        told = places(with_links(asked.words, web_address), on)
    except Wrong as why:
        return Reply(f"{why}。{example}", ok=False)
    if told.doubtful:
        return _odd(asked, mine, *told.doubtful[0])
    return {no: " ".join(links) for no, links in told.known.items()} or _which(asked, mine)


def _odd(asked: Asked, mine: Mine, no: str, link: str) -> Reply:
    """A link that cannot well be of that medium is asked about, and nothing is kept."""
    name, number = mine.all[no][0].name, asked.request.number
    sure = f"确实是的，请发：/完成 {number} 确认 {name} {link}"
    return Reply(f"{link} 看着不是“{name}”上的链接，没有登记。{sure}", ok=False, title="请核对链接")


def _which(asked: Asked, mine: Mine) -> Reply:
    names = "、".join(medium.name for medium, _ in mine.open.values())
    number = asked.request.number
    return Reply(
        f"您在这次调动里有几个媒体：{names}。请写明是哪一个，例：/完成 {number} 媒体名称 链接", ok=False
    )


async def _cannot(asked: Asked) -> Reply:
    mine = await _mine(asked)
    if isinstance(mine, Reply):
        return mine
    if not (chosen := _pressed(asked, mine)):
        return _which(asked, mine)
    reason = asked.words.removeprefix(mine.all[chosen][0].name).removeprefix(chosen).strip(" ，,：:")
    if not reason:
        return Reply(f"须写明理由：/不能完成 {asked.request.number} 理由", ok=False, title="还差理由")
    if len(reason) > REASON:
        return Reply(f"理由最多 {REASON} 字，现在 {len(reason)} 字。", ok=False, title="太长")
    return await _answered(asked, mine, {chosen: reason}, campaigns.CANNOT, Act.CANNOT)


async def _answered(asked: Asked, mine: Mine, said: Mapping[str, str], answer: str, act: Act) -> Reply:
    """Each is kept that may still be: whoever answered a medium first has answered it, and may put it right;
    what could not be done may be done later."""
    request, at = asked.request, asked.event.at
    kept = [no for no in said if _may(mine.all[no][1], asked.person.id, answer)]
    if not kept:
        return await _already(asked, mine, list(said))
    for no in kept:
        medium, call = mine.all[no]
        note = f"“{medium.name}”：{said[no]}"
        request = await replace(asked, request=request).kept(act, ART_5_1, note)
        await requests.save(request)
        await campaigns.answered(call.id, answer, said[no], asked.person.id, at)
        if duty := await showing.owed(request, no):
            await duties.finish(duty.id)
        await showing.repaint(request, no, at, shown=_card(asked), close=True)
    names = "、".join(mine.all[no][0].name for no in kept)
    word = cards.DONE if answer == campaigns.DONE else cards.CANNOT
    left = [medium.name for no, (medium, _) in mine.open.items() if no not in kept]
    more = f"还没有回复的：{'、'.join(left)}。" if left else ""
    more += f"要附截图，请发：/附截图 {request.number}" if answer == campaigns.DONE else ""
    return await _shown(asked, kept[0], f"已登记“{names}”{word}（{request.number}）。{more}")


def _may(call: Call, person: str, answer: str) -> bool:
    better = call.answer == campaigns.CANNOT and answer == campaigns.DONE
    return not call.answer or better or call.answered_by == person


async def _already(asked: Asked, mine: Mine, numbers: Sequence[str]) -> Reply:
    """Who has answered, and when."""
    read = await calls.read([mine.all[no][1] for no in numbers], asked.request, asked.event.at)
    told = read[0]
    if told.who:
        text = f"“{told.medium.name}”已由 {told.who} 回复{told.stage}，不用再办。"
    else:
        text = f"“{told.medium.name}”已收到：{told.received}。"
    return replace(await _shown(asked, told.medium.no, text), ok=False)


def _card(asked: Asked) -> str:
    return asked.event.card if isinstance(asked.event, Click) else ""


async def _shown(asked: Asked, medium: str, toast: str) -> Reply:
    """The pressed card says so at once; a line is answered in words."""
    if isinstance(asked.event, Click):
        pressed = await duties.of_medium(asked.request.id, medium)
        if pressed:
            return Reply(toast, template="duty", args={"duty": pressed[-1].id})
    return Reply(toast)


RECEIVED = replace(
    receiving.RECEIVED, do=_received, help="告诉全媒体中心您已收到通知、调动", audience="staff"
)
DONE = Operation(
    Act.DONE, "完成", "done", "/完成 编号 链接", "统一调动：您的媒体已完成（第五条（一））", "staff", _done,
    "请发来链接；换头图、置顶的写一句话也可以",
)  # fmt: skip
CANNOT = Operation(
    Act.CANNOT, "不能完成", "cannot", "/不能完成 编号 理由", "统一调动：您的媒体不能完成，写明理由", "staff",
    _cannot, "为什么不能完成？（100 字以内）",
)  # fmt: skip
ANSWERING = (DONE, CANNOT)
