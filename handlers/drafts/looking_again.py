"""复查无问题, 再次整改: what the centre found when it looked once more, thirty days after it had passed."""

from dataclasses import replace

from cards.times import day
from handlers.cases import acting, record
from handlers.cases.acting import Asked, Operation
from handlers.drafts import revising
from handlers.drafts.drafting import keep
from handlers.drafts.flow import go_on
from handlers.duties import carded, follow
from handlers.events import Click, Reply
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_15
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.ladder import LOOK_AGAIN_AFTER
from storage import duties, requests
from storage.duty_records import DutyKind
from storage.records import Act

LOOKED = "looked"
"""Of what came of a request: what the second look found."""


async def _looked(asked: Asked, act: Act, found: str) -> Reply | None:
    """Kept on the record, and owed no more; or why it cannot be said."""
    request = asked.request
    if not await whose.of_centre(asked.person, asked.event.at):
        return Reply(f"复查由全媒体中心办理（{ART_15}）。", ok=False)
    duty = await duties.open_for(request.id, DutyKind.LOOK_AGAIN)
    if duty is None:
        done = request.outcome.get(LOOKED)
        return Reply(
            f"{request.number} 已复查：{done}。" if done else f"{request.number} 不用复查。", ok=False
        )
    opens = duty.since.astimezone(SHANGHAI).date() + LOOK_AGAIN_AFTER
    if asked.event.at.astimezone(SHANGHAI).date() < opens:
        when = day(opens, asked.event.at)
        return Reply(
            f"{request.number} 整改通过满 30 天（{when}）起复查。已发现新问题的请直接发 /整改。", ok=False
        )
    by = record.By.event(asked.event, asked.person.id)
    stands = record.place(request)
    after = await record.keep(request, act, by, before=stands, after=stands, article=ART_15, note=asked.words)
    after = replace(after, outcome={**after.outcome, LOOKED: found})
    await requests.conclude(after)
    await follow.request(after, asked.event.at, held=False)
    await carded.over(duty, asked.event.at, pressed=acting.shown_card(asked))
    await notify.repaint(after, asked.event.at)
    return None


async def _fine(asked: Asked) -> Reply:
    refused = await _looked(asked, Act.LOOKED_FINE, "无问题")
    return refused or Reply(f"已记下：{asked.request.number} 复查无问题。")


async def _again(asked: Asked) -> Reply:
    """The next notice begins as a draft, filled in as the last; it goes out when it is confirmed."""
    if refused := await _looked(asked, Act.RECTIFY_AGAIN, "再次整改"):
        return refused
    number = asked.request.number
    draft = await revising.filled_in(asked.event, asked.person, asked.request, again=number)
    form = {name: value for name, value in draft.form.items() if name in _KEPT}
    reply = await go_on(await keep(replace(draft, form={**form, "basis": number})))
    if isinstance(asked.event, Click) and reply.template:
        await notify.answer(asked.event, asked.person, reply.template, reply.args)
        return Reply("新的整改通知已打开，请看新消息。")
    return reply


_KEPT = ("media", "host_unit", "problem", "requirement", "measure")

FINE = Operation(
    Act.LOOKED_FINE,
    "复查无问题",
    "looked_fine",
    "/复查无问题 编号",
    "整改满 30 天，复查无问题",
    "centre",
    _fine,
)
AGAIN = Operation(
    Act.RECTIFY_AGAIN, "再次整改", "rectify_again", "/再次整改 编号", "复查后再发整改通知", "centre", _again
)
LOOKING_AGAIN = (FINE, AGAIN)
