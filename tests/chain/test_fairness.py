"""Neither silence nor leads nor facts lead to a measure: a named person decides, after the hearing's time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.cases.leads import chain
from handlers.chain.operate import (
    Actor,
    Add,
    Appeal,
    Assign,
    Decide,
    Elapse,
    Law,
    Op,
    Pause,
    Refusal,
    Resume,
    Submit,
    Supply,
    TakeBack,
    Transfer,
    Unanswered,
    Void,
    begin,
    data_of,
    operate,
)
from handlers.chain.quorum import own_turn
from handlers.chain.replay import replay
from handlers.chain.step import Case
from handlers.people.whose import Applicant
from handlers.processes.violation import PROCESS
from handlers.rules.hearing import APPEAL, DISPOSE, Hearing, hearing, measures
from handlers.rules.workdays import Calendar
from storage.records import Act, Person, State, TrailEntry
from storage.steps import Place, SeatState, Step, StepRole, Verb
from tests.chain.cases import HE, LI, QIAN, SUN, WANG, ZHAO

BEGAN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CENTRE, CONCERNED, REPORTER = {QIAN, ZHAO, HE}, (HE, WANG), LI
"""何 is of the centre and concerned; 李 reported it."""

AGAIN = Appeal((Step(APPEAL, StepRole.MEDIA_CENTER, Verb.REVIEW_AGAIN, "第十四条（三）"),))
MOVES: dict[str, Op] = {
    "elapse": Elapse("期满"),
    "further": Unanswered("没有答复"),
    "take back": TakeBack(),
    "assign": Assign(ZHAO, "出差"),
    "hand on": Transfer(QIAN),
    "add": Add((SUN,), Place.BEFORE),
    "pause": Pause("核对"),
    "resume": Resume("已核对"),
    "void": Void("重复"),
}
"""What people and the clock may try besides: none of it is a finding."""

PEOPLE = st.sampled_from((QIAN, ZHAO, QIAN, ZHAO, HE, WANG, LI, SUN, ""))
COURSE = ("accept", "plead", "dispose", "appeal", "review")
"""What a case goes through: drawn often enough that many come to a decision."""

EVENTS = st.lists(
    st.tuples(
        st.sampled_from((*COURSE, *COURSE, *COURSE, "silence", "lead", "drop", *sorted(MOVES), "join")),
        PEOPLE,
        st.integers(1, 60),
    ),
    max_size=25,
)


class Life:
    """A case in which anybody tries anything at any time; what the law says is what the program looks up."""

    def __init__(self, joined: Iterable[str] = ()) -> None:
        op = Submit(chain("第十四条（三）"), "d1", State.RECORDED)
        self.case: Case = begin(op, Actor(REPORTER))
        self.trail = [TrailEntry("WG-2026-0001", 1, BEGAN, REPORTER, "submit", data=data_of(op, ""))]
        self.now, self.form = BEGAN, dict[str, Any]()
        self.joined = set(joined)
        self.heard: Hearing | None = None
        self.decided: list[tuple[str, str, datetime, bool]] = []

    def holders(self) -> dict[str, str]:
        """As `whose` has them: of the centre whom nothing keeps from the step, and of these who was named."""
        step, who = self.case.waiting, self.parties()
        fit = [one for one in sorted(CENTRE) if step and not who.keeps_from(step, Person(one, one, "1100"))]
        named = [seat.person for seat in own_turn(step) if seat.person in fit] if step else []
        return dict.fromkeys(named or fit, "")

    def parties(self) -> Applicant:
        judged = {s.person for one in self.case.steps if one.name == DISPOSE for s in one.seats if s.act}
        return Applicant(
            REPORTER,
            joined=frozenset(self.joined),
            concerned=frozenset(CONCERNED),
            judged=frozenset(judged),
        )

    def attempt(self, op: Op, by: str) -> bool:
        waits = self.heard and self.case.at == DISPOSE and self.heard.open(self.form, self.now)
        law = Law(
            self.holders(),
            acts=PROCESS.acts,
            shown=(self.case.at, self.case.version),
            obstacle="申辩期未满" if waits else "",
            heard=self.heard.concerned if self.heard else (),
            peers=tuple(self.holders()),
            staff=(SUN,),
            recent=True,
            steward=by == QIAN and by not in self.parties().parties,
            centre=by in CENTRE,
            elapsed=self.case.at in {*PROCESS.elapses, *PROCESS.unanswered},
        )
        before = self.case
        after = operate(before, op, Actor(by), law)
        if isinstance(after, Refusal):
            return False
        self.case = after
        self.trail.append(
            TrailEntry("WG-2026-0001", len(self.trail) + 1, self.now, by, "x", data=data_of(op, before.at))
        )
        return True

    def happen(self, what: str, by: str, hours: int) -> None:
        self.now += timedelta(hours=hours)
        supply = Supply(f"d{self.case.version + 1}")
        over = self.heard is not None and not self.heard.open(self.form, self.now)
        at = self.case.at
        if what in MOVES:
            self.attempt(MOVES[what], by)
        elif what == "join":
            self.joined |= {by} - {""}
        if what == "accept" and self.attempt(Decide(Act.APPROVE), by) and self.heard is None:
            self.heard = hearing(CONCERNED, self.now, Calendar.default())
        elif what == "drop":
            self.attempt(Decide(Act.REJECT, "不属于本办法"), by)
        elif what == "plead" and self.attempt(replace(supply, beside=True), by):
            self.form["pleas"] = [*self.form.get("pleas", ()), {"person": by}]
        elif what == "dispose" and at == DISPOSE and self.attempt(supply, by):
            self.form["disposal"] = {"finding": "属实", "measures": ["提醒", "责令停止运行"]}
            self.decided.append((DISPOSE, by, self.now, over and by not in self.joined))
        elif what == "appeal":
            self.attempt(AGAIN, by)
        elif what == "review" and at == APPEAL and self.attempt(supply, by):
            self.form["review"] = {"result": "变更", "measures": ["约谈"]}
            self.decided.append((APPEAL, by, self.now, over and by not in self.joined))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(((), (ZHAO,), (QIAN,))), EVENTS)
def test_a_measure_rests_on_a_named_decision_after_the_time_of_the_hearing(
    joined: tuple[str, ...], events: Any
) -> None:
    life = Life(joined)
    for event in events:
        life.happen(*event)
        ordered = measures(life.form)

        assert bool(ordered) is bool(life.decided), "nothing else orders anything"
        for step, by, _, over in life.decided:
            assert over, "nobody is judged before they had their time, nor by whoever reported it too"
            assert by in CENTRE - set(CONCERNED) - {REPORTER}, "nor by themselves or whoever reported it"
            seats = next(one for one in life.case.steps if one.name == step).seats
            assert by in {seat.person for seat in seats if seat.state is SeatState.DECIDED}
        judges = [by for _, by, _, _ in life.decided]
        assert len(set(judges)) == len(judges), "somebody else looks at it again"
        assert replay(life.trail) == life.case


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("silence", "lead", "plead", "elapse", "join")), PEOPLE, st.integers(1, 500)
        )
    )
)
def test_silence_leads_and_facts_move_nothing(events: Any) -> None:
    life = Life()
    life.happen("accept", QIAN, 1)
    for event in events:
        life.happen(*event)

    assert (life.case.at, life.case.state, measures(life.form)) == (DISPOSE, State.IN_REVIEW, frozenset())
