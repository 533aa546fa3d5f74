"""溯源 of one request: a row for each person and act, for the 实名审计员 alone (Article 5(3))."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import acts, notices, phrases
from cards.card import Card, Panel
from cards.times import when
from cards.view import View
from cards.workbook import Sheet, book
from handlers.letters import may_read, showing
from handlers.rules.articles import ART_5_3
from handlers.rules.permits import is_auditor
from storage import people, tracing
from storage.records import TrailEntry

PAGE = 20
"""Rows on a card; all of them stand in the workbook."""

HEADER = ("做了什么", "姓名", "工号", "单位", "平台", "账号", "时间", "说明", "消息")
_PLATFORMS = {"wecom": "企业微信", "feishu": "飞书"}

Line = tuple[str, ...]


async def _view(args: Mapping[str, Any], reader: str, at: datetime) -> View | None:
    """What an auditor in service may see; None for others."""
    found = await may_read.loaded(args, reader, at)
    if found is None or not is_auditor(found[0]) or await may_read.may_see(*found):
        return None
    return found[1]


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The first rows, what was decided on which text, and that this look-up is recorded."""
    view = await _view(args, reader, at)
    if view is None:
        return notices.refused(f"溯源只由实名审计员使用（{ART_5_3}）。")
    rows = await rows_of(view)
    more = f"，这里列出前 {PAGE} 行" if len(rows) > PAGE else ""
    return Card(
        title=phrases.heading("溯源", view.request),
        lead=f"{phrases.edition(view.request)}，内容指纹 {view.request.digest[:16]}。"
        f"共 {len(rows)} 行{more}，全部见随后发来的表格。",
        panels=(Panel("谁、何时、做了什么", tuple(map(_line, rows[:PAGE]))),),
        note=f"本次溯源及理由已留痕（{ART_5_3}）。已读来自平台；企业微信不提供已读。",
    )


def _line(row: Line) -> str:
    what, name, number, unit, platform, account, at, why, _ = row
    who = f"{name}（{number}，{unit}）" if number else name
    return " · ".join(filter(None, (f"{what} {who}", f"{platform} {account}".strip(), at, why)))


async def workbook(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    view = await _view(args, reader, at)
    return book([Sheet("溯源", HEADER, await rows_of(view))]) if view else None


async def rows_of(view: View) -> list[Line]:
    """Who wrote, decided and published, as the trail has it, and who was shown it, in order of time."""
    view, entries = await showing.recorded(view)
    shown = await tracing.seen(view.request.id)
    authors = list(view.request.facts.get("authors") or ())
    missing = {one.person for one in shown} | set(authors)
    view = replace(view, people={**view.people, **await people.several(sorted(missing - set(view.people)))})
    units = {unit.code: unit.name for unit in await people.all_units()}
    written = view.request.submitted_at
    timed = [(written, _row(view, units, "撰写", one, "", "", written)) for one in authors]
    timed += [(one.at, _acted(view, units, one)) for one in entries if acts.shown(one)]
    for one in shown:
        read = f"{when(one.read_at, view.now)} 已读" if one.read_at else ""
        why = "；".join(filter(None, (f"第 {one.version} 版", read)))
        row = _row(view, units, "看到", one.person, one.platform, one.account, one.sent_at, why)
        timed.append((one.sent_at, row))
    return [row for _, row in sorted(timed, key=lambda pair: pair[0])]


def _acted(view: View, units: Mapping[str, str], entry: TrailEntry) -> Line:
    """An act, by the account of that platform which its person has on the books."""
    known = view.people.get(entry.actor)
    account = "" if known is None else {"wecom": known.wecom, "feishu": known.feishu}.get(entry.platform, "")
    what = acts.told(view, entry).split(" · ")[0].rpartition(" ")[2]
    stood = f"代 {view.name(entry.principal)}" if entry.principal else ""
    digest = f"指纹 {entry.digest[:16]}" if entry.digest else ""
    why = "；".join(filter(None, (stood, digest)))
    return _row(view, units, what, entry.actor, entry.platform, account, entry.at, why, entry.message)


def _row(
    view: View, units: Mapping[str, str], what: str, person: str, platform: str, account: str, at: datetime,
    why: str = "", message: str = "",
) -> Line:  # fmt: skip
    """Whose name this reader is not told is neither named nor to be found by number or account."""
    known = None if person in view.concealed else view.people.get(person)
    number, unit = (known.id, units.get(known.unit, known.unit)) if known else ("", "")
    by = account if known else ""
    return (
        what,
        view.name(person),
        number,
        unit,
        _PLATFORMS.get(platform, ""),
        by,
        when(at, view.now),
        why,
        message,
    )
