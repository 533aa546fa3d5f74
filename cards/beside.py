"""What happened on the side of a step: returns, decisions that count no more, and who was asked in."""

from collections.abc import Sequence

from cards import acts, operations, phrases
from cards.stop import Standing, Stop
from cards.times import when
from cards.view import View
from storage.records import Act, Decision, TrailEntry
from storage.steps import OWN, How, Seat, SeatState, Step

RETURNED = (Act.RETURN, "turn_back")
"""What sends a request back, by a holder or a steward."""

_SEATS = {SeatState.OPEN: "还没有办", SeatState.CLOSED: "无需处理", SeatState.STRUCK: "不再计入"}


def beside(view: View, record: Sequence[TrailEntry], step: Step) -> tuple[Stop, ...]:
    """What was returned from here to an earlier step of this version, what counts no more, who was
    asked in."""
    loops = [loop(view, one) for one in record if acts.to_step(one) and _happened_at(view, one, step)]
    return (*loops, *_undone(view, step), *_additions(view, step), *_opinions(view, step))


def _happened_at(view: View, entry: TrailEntry, step: Step) -> bool:
    place = acts.place_of(entry)
    return place is not None and place[0] == step.name and view.present(place[1])


def loop(view: View, entry: TrailEntry, before: str = "") -> Stop:
    """Who sent it back, when and why; `back` where that was to a step."""
    what, *rest = acts.told(view, entry).split(" · ")
    return Stop(Standing.BACK, before + what, (" · ".join(rest),), back=acts.to_step(entry))


def _undone(view: View, step: Step) -> list[Stop]:
    """Decisions that count no more, taken back or struck by a return; a return is told as such."""
    found = []
    for one in view.decisions:
        seat = view.seat_of(one) if one.step == step.name else None
        if seat and seat.state is SeatState.STRUCK and seat.how in OWN and one.act not in RETURNED:
            found.append(Stop(Standing.VOID, f"{decided(view, one)}（不再计入）"))
    return found


def decided(view: View, decision: Decision) -> str:
    """王书记 同意 · 11月23日（周一）10:02"""
    said = phrases.act(decision.act, view.decided_step(decision))
    return f"{phrases.decider(view, decision)} {said} · {when(decision.at, view.now)}"


def _additions(view: View, step: Step) -> list[Stop]:
    """加签（前，会签）：何老师 同意、周老师 还没有办"""
    several = operations.together(step)
    told = [Stop(Standing.NOW, several)] if several and step is view.request.current else []
    for one in step.additions:
        seats = [seat for seat in step.seats if seat.group == one.name]
        how = "，".join(
            filter(None, (operations.WHEN[one.place], operations.way_of(one.way, one.need, len(seats))))
        )
        told.append(Stop(_of(seats), f"加签（{how}）", ("、".join(_seat(view, s, step) for s in seats),)))
    return told


def _opinions(view: View, step: Step) -> list[Stop]:
    asked = [seat for seat in step.seats if seat.how is How.CONSULTED]
    said = "、".join(_seat(view, seat, step) for seat in asked)
    return [Stop(_of(asked), "征求意见", (said,))] if asked else []


def _of(seats: Sequence[Seat]) -> Standing:
    states = {seat.state for seat in seats}
    if SeatState.OPEN in states:
        return Standing.NOW
    return Standing.DONE if SeatState.DECIDED in states else Standing.VOID


def _seat(view: View, seat: Seat, step: Step) -> str:
    """周老师 还没有办, 何老师 同意."""
    did = _SEATS.get(seat.state) or (
        "提了意见" if seat.act == Act.OPINION else phrases.act(Act(seat.act), step)
    )
    return f"{view.name(seat.person)} {did}"
