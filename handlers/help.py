"""/帮助 and /条款: what a person may do here, and the text it rests on."""

from collections.abc import Mapping

from cards.open_matters import OWN, SCHOOL
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.interpreted import told
from handlers.people import whose
from handlers.rules import articles, editions
from handlers.rules.drafted import DRAFTED, UNSIGNED
from handlers.rules.necessity import RULES
from handlers.rules.permits import is_auditor, is_center
from storage import interpretations
from storage.records import Identity, Person, Role

MORE = "更多"
"""The word behind /帮助 for what is not asked for every day."""

DESK = ("待办", "摸底")
"""Whose wider words stand in the first list."""

WIDER: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "待办": (
        ("responsible", f"/待办 {OWN}", "您负责的单位在办的事项"),
        ("centre", f"/待办 {SCHOOL}", "全校在办的事项；也可写单位名"),
    ),
    "个人账号": (
        ("all", "/更正 编号", "更正自己的登记；/注销登记 编号 从登记中删去"),
        ("responsible", f"/个人账号 {OWN}", "本单位人员登记的个人账号"),
        ("centre", f"/个人账号 {SCHOOL}", "全校登记的个人账号；也可写单位名"),
    ),
    "授权": (("centre", f"/授权 {SCHOOL}", "全校的校名使用授权；也可写单位名"),),
    "版权": (("centre", f"/版权 {SCHOOL}", "全校的版权授权；也可写单位名"),),
    "培训": (
        ("all", "/培训 我的", "自己参加的培训、学时和测验"),
        ("staff", "/培训 案例", "警示教育案例，已隐去姓名、单位"),
    ),
    "制度": (("centre", "/制度 年", "各单位制度、培训缺什么；/制度 年 表格 发来表格"),),
    "解释": (
        ("all", "/解释 设置", "办法没写明的做法，各依据哪件解释"),
        ("centre", "/解释 草案", "尚未签发的草案，据以签发"),
    ),
    "摸底": (
        ("centre", "/摸底 开始 起 止 [单位]", "发起摸底"),
        ("centre", "/摸底 进度", "哪些单位报了、哪些没有；/摸底 结果 发来表格"),
    ),
}
"""Words behind a command that only some may use: for whom, as it is used, and what it does."""

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


def audience(
    person: Person,
    *,
    approves: bool,
    responsible: bool,
    absent: bool,
    heads: bool,
    clerk: bool,
    accounts: bool,
) -> frozenset[str]:
    """The groups whose commands this person is shown.

    `approves` who decides steps now, `responsible` as a first-responsible person or for one, `absent`
    who has a post for which somebody can stand in, or arranges that for others, `heads` who
    is first responsible for a unit themselves, `clerk` who is 内勤, `accounts` who opens those of years.
    """
    groups = {"all"}
    if person.identity is Identity.STAFF:
        groups.add("reader")
        groups |= set() if is_auditor(person) else {"staff"}
    if approves or is_center(person):
        groups.add("approver")
    groups |= {"centre"} if is_center(person) else set()
    groups |= {"auditor"} if is_auditor(person) else set()
    groups |= {"examiner"} if Role.PROPAGANDA_REVIEWER in person.roles else set()
    groups |= {"steward"} if Role.ADMIN in person.roles else set()
    groups |= {"responsible"} if responsible else set()
    groups |= {"powers"} if responsible or groups & {"centre", "examiner"} else set()
    groups |= {"handover"} if heads or Role.ADMIN in person.roles else set()
    groups |= {"rosters"} if heads or clerk else set()
    groups |= {"absent"} if absent else set()
    groups |= {"accounts"} if accounts else set()
    return frozenset(groups)
