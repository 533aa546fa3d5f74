"""/条款: the text of the Measures, and where it bites here."""

from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.interpreted import told
from handlers.people import whose
from handlers.rules import articles, editions
from handlers.rules.drafted import DRAFTED, UNSIGNED
from handlers.rules.necessity import RULES
from storage import interpretations
from storage.records import Person

NECESSARY = "必要时"
LONG = 1200
QUOTED = 40
"""Characters of what was asked that an answer says again."""


async def article(event: Message, person: Person, line: Line) -> Reply:
    """`/条款 6` or words: the text, and where it bites; `/条款 必要时` the centre's table."""
    words = line.words
    if not words:
        return _say("请写条号或词，例如：/条款 6，/条款 版权，/条款 必要时。", "条款")
    if NECESSARY in words:
        return _necessary()
    edition = editions.in_force(event.at)
    if found := articles.by_number(words, edition.text):
        bites = f"\n\n在这里：{found.bites}" if found.bites else ""
        said = await _interpreted(event, person, found.name)
        return _say(found.text + bites + said, f"{found.name}（{edition.version}）")
    hits = articles.search(words, edition.text)
    asked = words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"
    if not hits:
        return _say(f"条文里没有“{asked}”。可以换个词，或发 /条款 6 看整条。", "条款")
    lines = [f"{hit.name}：{sentence}" for hit, sentence in hits[:6]]
    return _say("\n\n".join(lines)[:LONG], f"含“{asked}”的条文（{len(hits)} 条）")


async def _interpreted(event: Message, person: Person, name: str) -> str:
    """What the centre has signed of an article, and for the centre what it has not."""
    valid = await interpretations.valid()
    lines = [f"解释 {await told(one, event.at)}" for one in valid if one.clause.startswith(name)]
    if await whose.of_centre(person, event.at):
        taken = {one.draft for one in valid}
        lines += [
            f"草案 {one.number}（{UNSIGNED}）{one.clause}：{one.brief}"
            for one in DRAFTED
            if one.clause.startswith(name) and one.number not in taken
        ]
    return "\n\n" + "\n".join(lines) if lines else ""


def _necessary() -> Reply:
    lines = [f"{n}. {rule.title}" for n, rule in enumerate(RULES, 1)]
    lines.append(
        "另：第一责任人认为必要（同意并报中心）；申请人即第一责任人；保密审查人是申请人或作者；"
        "没有保密审查人，第一责任人是作者。"
    )
    text = "有下列情形之一，第一责任人同意后还须全媒体中心审批：\n" + "\n".join(lines)
    return _say(text + "\n\n依据第六条（三）1，由全媒体中心解释（第十六条）。", "必要时须报全媒体中心")


def _say(text: str, title: str) -> Reply:
    return Reply(template="say", args={"text": text, "title": title})
