"""/解释: what the centre has interpreted, a question to it, its drafts, and the settings."""

from handlers.cases import opening, record
from handlers.commands import Line, number_in
from handlers.drafts import begin, supplying
from handlers.events import Message, Reply
from handlers.interpreted import told
from handlers.people import whose
from handlers.processes import interpret
from handlers.rules.articles import ART_16
from handlers.rules.drafted import DRAFTED, UNSIGNED, Drafted
from handlers.settings import SETTINGS
from storage import interpretations, requests, turns
from storage.records import Person, State

DRAFTS, VALUES = "草案", "设置"
USAGE = "提问：/解释 条款 问题，例如：/解释 6(3)1 网站新闻要审批吗？"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/解释` those that are valid, `/解释 JS-…` one, `/解释 条款 问题` a question; `草案` the centre's."""
    first, _, rest = line.words.partition(" ")
    if not line.text:
        return await _list(event)
    if first == VALUES:
        return await _settings()
    if first == DRAFTS:
        return await _drafts(event, person, rest.strip())
    if (number := number_in(line.text)[0]).startswith(interpret.PROCESS.kind):
        return await _one(event, number)
    return await begin.command(event, person, line, interpret.PROCESS.kind)


def _say(text: str, title: str) -> Reply:
    return Reply(template="say", args={"text": text, "title": title})


async def _list(event: Message) -> Reply:
    valid = await interpretations.valid()
    lines = [await told(one, event.at) for one in valid]
    return _say("\n".join([*(lines or ["还没有签发过解释。"]), "", USAGE]), f"现行解释（{len(valid)} 件）")


async def _one(event: Message, number: str) -> Reply:
    """A signed one, whole, for anybody; of one that is still open its state, for those concerned."""
    one, request = await interpretations.get(number), await requests.get(number)
    if request is None:
        return Reply(f"没有 {number} 这件解释，请核对编号。", ok=False)
    if one is None or not request.form:
        return Reply(template="show", args={"request": request.id, "number": number})
    over = f"\n已由 {one.replaced} 替代，不再适用。" if one.replaced else ""
    said = request.form["answer"]["answer"]
    text = f"问：{request.form['question']}\n\n{said}\n\n{await told(one, event.at)}{over}"
    return _say(text, f"解释 {number}（{one.clause}）")


async def _settings() -> Reply:
    """Each value with the signed interpretation that bears it, or the draft that nobody has signed."""
    signed = {one.draft: one.number for one in await interpretations.valid() if one.draft}
    lines = [
        f"{one.what}：{one.value}（{signed.get(one.cites) or f'草案 {one.cites}，未签发'}）"
        for one in SETTINGS
    ]
    head = "办法没有写明、由系统先行设定的做法，及其依据的解释："
    return _say("\n".join([head, *lines]), "设置与解释（第十六条）")


async def _drafts(event: Message, person: Person, words: str) -> Reply:
    if not await whose.of_centre(person, event.at):
        return Reply(f"草案由全媒体中心查看和签发。{USAGE}", ok=False)
    signed = {one.draft: one.number for one in await interpretations.valid()}
    if not words:
        lines = [
            f"{one.number}. {one.clause} {one.question}（{signed.get(one.number) or '未签发'}）"
            for one in DRAFTED
        ]
        how = "看一件并据以签发：/解释 草案 1"
        return _say("\n".join([*lines, "", how]), f"解释{DRAFTS}（{UNSIGNED}）")
    one = next((one for one in DRAFTED if str(one.number) == words), None)
    if one is None:
        return Reply(f"没有草案 {words[:20]}，共 {len(DRAFTED)} 件：/解释 草案", ok=False)
    if one.number in signed:
        return await _one(event, signed[one.number])
    return await _take_up(event, person, one)


async def _take_up(event: Message, person: Person, one: Drafted) -> Reply:
    """The draft's question as a request of the centre's, with its answer filled in to be signed."""
    kind = interpret.PROCESS.kind
    await turns.take(f"{kind}-draft")
    under_way = [r for r in await requests.open_of_kind(kind) if r.form.get("draft") == one.number]
    if under_way and under_way[0].state is State.IN_REVIEW:
        request = under_way[0]
    else:
        unit = await whose.managing_unit(person.unit)
        form = {"clause": one.clause, "question": one.question, "draft": one.number, "files": []}
        planned = interpret.asked(form, person.id, unit, event.at)
        by = record.By.event(event, person.id)
        request = await opening.opened(
            planned, by, article=ART_16, note=f"{one.clause}；{DRAFTS} {one.number}"
        )
    text = f"要点：{one.brief}\n解释正文：{one.answer}"
    return await supplying.begin(event, person, request, interpret.ANSWERED, text)
