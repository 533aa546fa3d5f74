"""/制度: what a unit has of Articles 7 to 9 and lacks in a year; of all units, for centre and auditor."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cards import notices
from cards import systems as cards
from cards.card import Card
from cards.registers import SCHOOL
from cards.workbook import Bars, Sheet, book
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.ledger import systems
from handlers.letters import documents
from handlers.people import whose
from handlers.rules.permits import SHANGHAI, is_auditor, serves
from handlers.rules.systems import ITEMS, Account
from storage import people
from storage.records import Person

TEMPLATE = "systems"
FIRST_YEAR = 2019
"""The Measures are of that year."""
_ASKED = re.compile(r"(?P<name>.*?) ?(?P<year>20\d\d)? ?年? ?(?P<rest>表格|第?\d{1,3}页?)?", re.ASCII)
_LONGEST = 80
"""Characters of the words behind the command, before any pattern: the name of a unit and a year."""
COLUMNS = ("单位", "缺几项", *(item.name for item in ITEMS), "培训次数", "参加人次", "学时")


async def command(event: Message, person: Person, line: Line) -> Reply | None:
    """`/制度` one's own unit, `单位名` or `全校` others, each with a year behind it; a year alone is of
    all for those who may see them; None where a system is to be put on record."""
    words = " ".join(line.words.split())
    found = _ASKED.fullmatch(words) if len(words) <= _LONGEST else None
    if line.body or not found or not serves(person, event.at):
        return None
    name, rest = found["name"], found["rest"] or ""
    today = event.at.astimezone(SHANGHAI).date()
    year = int(found["year"] or today.year)
    if not FIRST_YEAR <= year <= today.year:
        return Reply(f"可以看 {FIRST_YEAR} 到 {today.year} 年的。", ok=False)
    own = await whose.managing_unit(person.unit)
    wide = await whose.of_centre(person, event.at) or is_auditor(person)
    named = [] if name in ("", SCHOOL) else await people.units_called(name)
    if name not in ("", SCHOOL) and not named:
        return None
    everywhere = name == SCHOOL or (wide and not named and bool(found["year"]))
    if (everywhere or (named and named[0].code != own)) and not wide:
        return Reply("其他单位的由全媒体中心查看（第七条）。看本单位的请发：/制度", ok=False)
    if rest == cards.TABLE and wide:
        name = f"{year} 年制度和培训.xlsx"
        await documents.send(event, person, TEMPLATE, name, {"year": year})
        return Reply(f"{year} 年各单位的表格正在发给您。")
    page = int(re.sub(r"\D", "", rest) or 1)
    unit = "" if everywhere else named[0].code if named else own
    return Reply(template=TEMPLATE, args={"year": year, "unit": unit, "page": page})


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Made from what stands on record when it is read, for those who may see it then."""
    year, unit, person = int(args["year"]), str(args["unit"]), await people.get(reader)
    today = at.astimezone(SHANGHAI).date()
    own = person is not None and await whose.managing_unit(person.unit) == unit
    if person is None or not (own or await _sees_all(person, at)):
        return notices.refused("各单位的制度由本单位和全媒体中心查看（第七条）。")
    if not unit:
        accounts = await systems.of_all(year, today)
        return await _school(year, accounts, int(args.get("page", 1)))
    found = await systems.standing(unit, year, today)
    known = await people.unit(unit)
    keeps = year == today.year and await systems.keeps(person, unit, at)
    buttons = cards.keep_buttons() if keeps else ()
    lines, missing = [systems.said(one) for one in found.stands], [one.item.name for one in found.missing]
    return cards.of_unit(known.name if known else unit, year, [*lines, *_held(found)], missing, buttons)


async def _sees_all(person: Person, at: datetime) -> bool:
    return await whose.of_centre(person, at) or is_auditor(person)


async def _school(year: int, accounts: list[Account], page: int) -> Card:
    names = {unit.code: unit.name for unit in await people.all_units()}
    lacking = [f"{names.get(one.unit, one.unit)}：{_gaps(one)}" for one in accounts if one.missing]
    count = Counter(gap.item.name for one in accounts for gap in one.missing)
    return cards.of_school(year, lacking, len(accounts), page, [(i.name, count[i.name]) for i in ITEMS])


def _gaps(one: Account) -> str:
    """缺警示教育、版权制度; of a unit that has nothing it is said so."""
    names = [gap.item.name for gap in one.missing]
    return f"缺{'、'.join(names)}" if len(names) < len(ITEMS) else f"{len(names)} 项都还没有"


def _held(found: Account) -> list[str]:
    if not found.trainings:
        return []
    people_there = sum(one.attended for one in found.trainings)
    return [f"培训 {len(found.trainings)} 次，本单位 {people_there} 人次，{found.hours:g} 学时"]


async def workbook(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The year of all units as .xlsx, for centre and auditor; None for others."""
    person, year = await people.get(reader), int(args["year"])
    if person is None or not await _sees_all(person, at):
        return None
    names = {unit.code: unit.name for unit in await people.all_units()}
    accounts = await systems.of_all(year, at.astimezone(SHANGHAI).date())
    return book(sheets(year, [(names.get(one.unit, one.unit), one) for one in accounts]))


def sheets(year: int, accounts: list[tuple[str, Account]]) -> list[Sheet]:
    """Values in, tables out: each unit on a line, and how many lack what."""
    rows: list[tuple[str | int, ...]] = []
    for name, one in accounts:
        cells = [stands.number or _since(stands.since) for stands in one.stands]
        there = sum(held.attended for held in one.trainings)
        rows.append((name, len(one.missing), *cells, len(one.trainings), there, f"{one.hours:g}"))
    count = Counter(gap.item.name for _, one in accounts for gap in one.missing)
    counted = [(item.name, count[item.name]) for item in ITEMS]
    return [
        Sheet("各单位", COLUMNS, rows, None),
        Sheet("缺项", ("项目", "缺的单位数"), counted, Bars(f"{year} 年各项缺的单位数")),
    ]


def _since(day: date | None) -> str:
    return f"缺（自 {day}）" if day else "缺"
