"""The way of a request through its chain, drawn from its values: what is done, waits, comes, or came back."""

from collections.abc import Sequence

from cards import acts, phrases
from cards.beside import RETURNED, beside, decided, loop
from cards.stop import Standing, Stop
from cards.times import when
from cards.view import View
from storage.records import PASSING, Decision, State, TrailEntry
from storage.steps import SeatState, Step

SUBMITTED = "submitted"
"""The name of the first stop, to which a return to the applicant goes back."""

_GOES_ON = (State.IN_REVIEW, State.RETURNED, State.PAUSED)
_ENDED = {
    State.REJECTED: Standing.BACK,
    State.WITHDRAWN: Standing.VOID,
    State.VOIDED: Standing.VOID,
    State.STOPPED: Standing.VOID,
}


def stops(view: View, record: Sequence[TrailEntry] = (), now: Sequence[str] = ()) -> tuple[Stop, ...]:
    """From the submission to the end; `record` is the trail, from which come the returns, `now` what is
    said of the step that waits, where that is more than for whom and until when."""
    steps = []
    for place, step in enumerate(view.request.chain, 1):
        standing = _standing(view, step)
        lines = _lines(view, step, standing, now or waits(view, step))
        back = SUBMITTED if standing is Standing.BACK and view.request.state is State.RETURNED else ""
        steps.append(Stop(standing, _title(place, step), lines, beside(view, record, step), step.name, back))
    return (_submitted(view, record), *steps, _end(view))


def _submitted(view: View, record: Sequence[TrailEntry]) -> Stop:
    request = view.request
    version = f"（第 {request.base} 版）" if request.base > 1 else ""
    by = f"{view.name(request.applicant)} · {when(request.submitted_at, view.now)}"
    older = [one for one in record if one.act in RETURNED and not view.present(_version(one))]
    loops = tuple(loop(view, one, f"第 {_version(one)} 版 ") for one in older)
    return Stop(Standing.DONE, f"提交{version}", (by,), loops, SUBMITTED)


def _version(entry: TrailEntry) -> int:
    place = acts.place_of(entry)
    return place[1] if place else 0


def _title(place: int, step: Step) -> str:
    return f"{place}. {phrases.task(step)}（{step.article}）"


def _standing(view: View, step: Step) -> Standing:
    request = view.request
    if step.passed_by_rule:
        return Standing.RULE
    if step.name == request.step and request.state in (State.IN_REVIEW, State.PAUSED):
        return Standing.NOW
    if decided := view.decision_at(step.name, request.version):
        return Standing.DONE if decided.act in PASSING else Standing.BACK
    return Standing.LATER if request.state in _GOES_ON else Standing.VOID


def _lines(view: View, step: Step, standing: Standing, now: Sequence[str]) -> tuple[str, ...]:
    """Why there is such a step, who has decided and when, and who is waited for."""
    why = [f"为什么有这一步：{'；'.join(step.because)}"] if step.because else []
    done = [decided(view, one) for one in _counting(view, step)]
    if standing is Standing.RULE:
        return (*why, step.passed_by_rule)
    if standing is Standing.NOW:
        return (*why, *done, *now)
    return (*why, *(done or ["未到" if standing is Standing.LATER else "不再办理"]))


def _counting(view: View, step: Step) -> list[Decision]:
    """The step's own decisions of this version that count: several where it is several people's."""
    here = [d for d in view.decisions if d.step == step.name and view.present(d.version)]
    return [d for d in here if view.counts(d)]


def waits(view: View, step: Step) -> list[str]:
    """Who is waited for, and who gave it to them; the added stand beside the step, unless only they are."""
    if view.request.state is State.PAUSED:
        return ["已暂停，恢复后接着办"]
    added = {seat.person for seat in step.seats if seat.group and seat.state is SeatState.OPEN}
    own = [_holder(view, step, person) for person in view.holders if person not in added]
    return [f"正在等 {'、'.join(own) or phrases.holders(view) or '（暂缺办理人）'}"]


def _holder(view: View, step: Step, person: str) -> str:
    """吴副书记（代王书记）, 吴副书记（王书记 转办）"""
    principal = view.holders[person]
    standing = f"（代{view.name(principal)}）" if principal else ""
    given = next((seat for seat in step.given if seat.person == person), None)
    return view.name(person) + standing + phrases.given(view, given)


def _end(view: View) -> Stop:
    request, state = view.request, phrases.state(view)
    if request.state in (State.IN_REVIEW, State.PAUSED):
        finish = phrases.finish(view)
        return Stop(Standing.LATER, "全部通过", (f"预计 {finish}",) if finish else ())
    if request.state is State.RETURNED:
        return Stop(Standing.NOW, state, (f"等 {view.name(request.applicant)} 修改后重新提交",))
    lapsed = view.face.lapsed(view) if request.state is State.RECORDED else ""
    came = phrases.standing(request.state, view.face) if lapsed else state
    return Stop(_ENDED.get(request.state, Standing.DONE), came, (lapsed,) if lapsed else ())
