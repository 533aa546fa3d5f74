"""Which days are worked, as the database knows it; and what moves when a year becomes official."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from cards.times import deadline
from handlers import workyear
from handlers.cases import record
from handlers.duties import follow
from handlers.letters import notify
from handlers.reminders.change import Change
from handlers.reminders.kinds import MATTERS
from handlers.rules.articles import ART_6_2, ART_6_3
from handlers.rules.deadlines import duty_due_change, planned, step_due, still_planned
from handlers.rules.ladder import reached_of
from handlers.rules.notice import WorkYear, laid_over
from handlers.rules.workdays import DAY, Calendar
from storage import calendar, db, duties, people, requests, trail
from storage.calendar import OFFICIAL, OVERRIDE, PART, Day
from storage.duty_records import Duty, DutyKind
from storage.held import held
from storage.records import Request, TrailEntry

_OF_STATE = "国务院办公厅"


@dataclass(frozen=True, slots=True)
class Move:
    """An open deadline that a new arrangement changes."""

    number: str
    title: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A day that is worked and was not, or the other way round; `name` is what it is laid down as."""

    day: date
    worked: bool
    name: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an arrangement changes, in order, and under which name it is kept."""

    source: str
    turns: tuple[Turn, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One laying down of a year: `by` is the account that runs it."""

    year: int
    at: datetime
    by: str
    dry_run: bool


async def adopt(
    year: WorkYear, at: datetime, *, dry_run: bool = False, campus: bool = False, by: str = "", note: str = ""
) -> Adopted:
    """Lay down an official year, some days of one, or the university's own (`campus`), which stand above;
    returns the days that turn and the deadlines that move, their people being told.

    A whole year takes the place of all that was official of it before, amendments included. Each deadline
    moves in a transaction of its own: repeated after a failure, the rest follow. Reminders that the new
    days bring forward or back are planned anew. The trail keeps who ran it (`by`) and what was read (`note`),
    where it changes a day. Raises `NoticeError` where an amending notice finds nothing to amend.
    """
    run = Run(year.year, at, by, dry_run)
    laid = await calendar.days()
    before = workyear.calendar_of(laid)
    source, status = _source(year, campus=campus), _status(year, campus=campus)
    over = _replaced(year, source, status, laid, official=_is_laid_down_whole(year.year, laid))
    kept = [day for day in laid if day.source not in over]
    days = laid_over(year, before).days
    new = [Day(day, row.workday, row.name, source, status) for day, row in sorted(days.items())]
    own = set() if campus else {day.day for day in kept if day.status == OVERRIDE}
    future = workyear.calendar_of((*kept, *(day for day in new if day.day not in own)))
    if not dry_run:
        async with db.transaction():
            await calendar.clear(over)
            await calendar.lay_down(new)
            if differing := set(laid) ^ set(await calendar.days()):
                await trail.note(_laid_down(run, status, len({day.day for day in differing}), note))
    moves = [await _move(number, future, run) for number in await calendar.waiting()]
    changes = await duties.standing(DutyKind.CHANGE)
    moves += [await _move_change(duty, future, run) for duty in changes]
    if not dry_run:
        await _plan_anew(future, at)
    turns = _turns(before, future, run.year)
    return Adopted(source, tuple(turns), tuple(move for move in moves if move))


def _status(year: WorkYear, *, campus: bool) -> str:
    return OVERRIDE if campus else OFFICIAL if year.whole else PART


def _source(year: WorkYear, *, campus: bool) -> str:
    """The name of an arrangement, by which it is shown and replaced."""
    if campus:
        return f"学校 {year.year} 年安排"
    number = f"（{year.number}）" if year.number else ""
    if year.about:
        return f"{_OF_STATE} {year.year} 年{'、'.join(year.about)}调整{number}"
    return f"{_OF_STATE} {year.year} 年{'' if year.whole else '部分'}安排{number}"


def _is_laid_down_whole(year: int, laid: Iterable[Day]) -> bool:
    return any(day.status == OFFICIAL and day.source.startswith(f"{_OF_STATE} {year} 年") for day in laid)


def _replaced(
    year: WorkYear, source: str, status: str, laid: Iterable[Day], *, official: bool
) -> tuple[str, ...]:
    """The sources that are forgotten for this one.

    Where some days are laid over an `official` year, nothing: they stand in the place of its own days.
    """
    if status == OFFICIAL:
        ours = f"{_OF_STATE} {year.year} 年"
        return tuple(sorted({day.source for day in laid if day.source.startswith(ours)}))
    return () if status == PART and official else (source,)


def _turns(before: Calendar, after: Calendar, year: int) -> list[Turn]:
    first = date(year - 1, 12, 1)
    days = [first + DAY * i for i in range((date(year, 12, 31) - first).days + 1)]
    turned = [day for day in days if before.is_workday(day) != after.is_workday(day)]
    names = {day: row.name for day in turned if (row := after.rows.get(day))}
    return [Turn(day, after.is_workday(day), names.get(day, "")) for day in turned]


def _laid_down(run: Run, status: str, days: int, note: str) -> TrailEntry:
    said = "; ".join(part for part in (f"{status}, {days} days", note) if part)
    return TrailEntry(f"calendar:{run.year}", 0, run.at, run.by, "calendar", note=said)


async def _move_change(duty: Duty, future: Calendar, run: Run) -> Move | None:
    """A change that is not filed yet, due on another day now."""
    matter = await Change.load(duty, run.at)
    if matter is None or duty.due_at is None:
        return None
    due = duty_due_change(duty.changed_on, future).at
    move = Move(duty.medium, f"{matter.medium.name} 变更备案", duty.due_at, due)
    if due == duty.due_at:
        return None
    if not run.dry_run:
        async with db.transaction():
            await duties.move(duty.id, due, duty.next_at)
            await trail.note(_change_moved(move, run))
            concerned = await people.several(sorted(await matter.starters(run.at)))
            args = {"title": "备案期限有调整", "text": _told(move, run)}
            once = f"moved:duty:{duty.id}:{db.to_ms(due)}"
            await notify.tell(concerned.values(), "say", args, run.at, once=once)
    return move


def _change_moved(move: Move, run: Run) -> TrailEntry:
    return TrailEntry(
        matter=f"medium:{move.number}",
        seq=0,
        at=run.at,
        actor=run.by,
        act="reschedule",
        before=move.before.isoformat(),
        after=move.after.isoformat(),
        article=ART_6_2,
        note=f"official days of {run.year}",
    )


async def _plan_anew(future: Calendar, at: datetime) -> None:
    """What the new days bring forward is due at once, the rest at its next rung."""
    async with db.transaction():
        for duty in await duties.standing(*MATTERS):
            matter = await MATTERS[duty.kind].load(duty, at)
            if matter is None:
                continue
            climbed = reached_of(matter.rungs(future), at)
            missed = bool(climbed) and climbed[-1].index > duty.rung
            planned = at if missed else await matter.next_look(duty.rung, at, future)
            await duties.move(duty.id, duty.due_at, planned)


async def _move(number: str, future: Calendar, run: Run) -> Move | None:
    async with db.transaction():
        request = (await held(request=number)).request
        if request is None or request.current is None or request.due_at is None:
            return None
        out = planned(request.form)
        ends = out if out == request.due_at else still_planned(request.form, run.at)
        due = step_due(request.step_since, request.urgency, future, ends).at
        move = Move(number, request.title, request.due_at, due)
        if due == request.due_at:
            return None
        if not run.dry_run:
            await _write(request, move, run)
        return move


async def _write(request: Request, move: Move, run: Run) -> None:
    moved = await record.keep(
        replace(request, due_at=move.after),
        "reschedule",
        record.By(run.by, run.at),
        before=move.before.isoformat(),
        after=move.after.isoformat(),
        article=request.current.article if request.current else ART_6_3,
        note=f"official days of {run.year}",
    )
    await requests.save(moved)
    holders = await requests.holders(moved.id)
    await follow.request(moved, run.at, held=bool(holders))
    await notify.repaint(moved, run.at)
    concerned = await people.several([moved.applicant, *holders])
    args = {"title": "办理期限有调整", "text": _told(move, run)}
    once = f"moved:{moved.id}:{db.to_ms(move.after)}"
    await notify.tell(concerned.values(), "say", args, run.at, request=moved, once=once)


def _told(move: Move, run: Run) -> str:
    before, after = deadline(move.before, run.at), deadline(move.after, run.at)
    return f"{move.number} {move.title}：{run.year} 年放假安排已公布，办理期限由 {before} 改为 {after}。"
