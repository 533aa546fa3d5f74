"""/转办: a step passed to a colleague who may decide it; the holder's right ends."""

from handlers.cases import acting
from handlers.cases.acting import Asked, Operation
from handlers.chain.operate import Refusal, Transfer, Why
from handlers.events import Reply
from handlers.letters import notify
from handlers.people.naming_one import first_named
from handlers.rules.permits import unfit_for
from storage.records import Act, Person


async def _transfer(asked: Asked) -> Reply:
    """`姓名或工号 [理由]`: somebody of the same unit who may decide takes the step over."""
    number, at = asked.request.number, asked.event.at
    target, reason = await first_named(asked.words, at, f"转办 {number}")
    known = target if isinstance(target, Person) else None
    law = await acting.law(asked, naming=[known.id] if known else [])
    if known is None and asked.person.id in law.holders:
        assert isinstance(target, Reply)
        return target
    op = Transfer(known.id if known else "", reason)
    note = f"{asked.person.id} → {op.to}" + (f"：{op.reason}" if op.reason else "")
    after = await acting.carried_out(asked, op, Act.TRANSFER, law, note=note)
    if isinstance(after, Refusal):
        if after.why is Why.UNFIT and known:
            return Reply(str(unfit_for(known, asked.request, asked.person, at)), ok=False)
        return await acting.refused(asked, after)
    assert known is not None
    await acting.stands_at(asked, after)
    told = f"{asked.person.name} 已代您将 {number} 转给 {known.name}。"
    await notify.principal(asked.by(law).principal, told, after, at)
    return Reply(f"已将 {number} 转给 {known.name} 办理。")


TRANSFER = Operation(
    Act.TRANSFER, "转办", "transfer", "/转办 编号 姓名或工号 [理由]", "这一件交给对方决定", "approver",
    _transfer, "转给谁？请写姓名或工号，可以接着写理由",
)  # fmt: skip
