"""Whatever is done by whomever in whatever order: the six invariants of operations on a chain."""

import os
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.chain.deciding import steps_back
from handlers.chain.matter import Saying
from handlers.chain.operate import (
    Actor,
    Add,
    Appeal,
    Assign,
    Consult,
    Convene,
    Decide,
    Drop,
    Law,
    Op,
    Opinion,
    Pause,
    Receipt,
    Refusal,
    Reseat,
    Resume,
    Revise,
    Say,
    Stop,
    Submit,
    Supply,
    TakeBack,
    Transfer,
    TurnBack,
    Urge,
    Void,
    Withdraw,
    begin,
    data_of,
    operate,
)
from handlers.chain.quorum import Result, asked, own, own_turn
from handlers.chain.replay import op_of, replay
from handlers.chain.step import Case, added_seat, mandatory
from storage.records import PASSING, Act, State, TrailEntry
from storage.steps import OWN, Place, SeatState, Step, StepRole, Verb, Way
from tests.chain.cases import ACTS, HE, LI, QIAN, SUN, WANG, WU, ZHAO, chain, together

CI = "CI" in os.environ
"""A thousand lives where everything must hold, fewer at a desk."""

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERYBODY = (LI, SUN, WANG, WU, ZHAO, QIAN, HE)
PEOPLE = st.sampled_from(EVERYBODY)
STEWARDS = (QIAN, HE)
APPEAL = Appeal((Step("appeal", StepRole.MEDIA_CENTER, Verb.REVIEW_AGAIN, "第十四条（三）"),))
INTERVENTIONS = (Pause("查"), Resume("查清"), TurnBack("格式"), Void("不发了"), Assign(HE, "出差"))


class Life(RuleBasedStateMachine):
    """One request, a small directory in which people come and go, and anybody who tries anything."""

    @initialize(
        reviewed=st.booleans(),
        necessary=st.booleans(),
        applicant=st.sampled_from((LI, SUN, WANG)),
        own=st.booleans(),
        proved=st.booleans(),
        review=st.sampled_from(Way),
        centre=st.sampled_from(Way),
        need=st.integers(1, 2),
    )
    def submitted(
        self,
        reviewed: bool,
        necessary: bool,
        applicant: str,
        own: bool,
        proved: bool,
        review: Way,
        centre: Way,
        need: int,
    ) -> None:
        self.applicant = applicant
        self.posts = {
            StepRole.SECRECY_REVIEWER: {SUN, HE},
            StepRole.FIRST_RESPONSIBLE: {WANG},
            StepRole.MEDIA_CENTER: {ZHAO, QIAN},
            StepRole.APPLICANT: {applicant},
        }
        self.deputies, self.proxies, self.serving = {WU}, dict[str, str](), set(EVERYBODY)
        self.shape = {"reviewed": reviewed, "necessary": ("涉外",) if necessary else (), "own": own}
        self.proved, self.grown = proved, {"d1"}
        self.ways, self.need = {"review": review, "centre": centre}, need
        self.convened: dict[str, set[str]] = {}
        op = Submit(self.chain(), "d1", State.AWAITING_PUBLISH)
        self.case = begin(op, Actor(applicant))
        self.trail = [TrailEntry("FB-2026-0001", 1, AT, applicant, "submit", data=data_of(op, ""))]
        self.could: list[tuple[str, str, str]] = []
        self.convene()

    def chain(self) -> tuple[Step, ...]:
        """The chain of a post, and in some lives the proof that its applicant supplies in the end."""
        proof = Step("proof", StepRole.APPLICANT, Verb.PROVE, "第十五条", own=True)
        steps = together(chain(**self.shape), self.ways, self.need)  # type: ignore[arg-type]
        return (*steps, *((proof,) if self.proved else ()))

    def roll(self, case: Case) -> set[str]:
        step = case.waiting
        return self.posts[step.role] - self.kept_from(step, case) if step else set()

    def peers(self, case: Case) -> set[str]:
        step = case.waiting
        assert step is not None
        more = self.deputies if step.role is StepRole.FIRST_RESPONSIBLE else set()
        return (self.posts[step.role] | more) - self.kept_from(step, case)

    def kept_from(self, step: Step, case: Case) -> set[str]:
        return set() if step.own else {case.applicant}

    def holders(self, case: Case) -> dict[str, str]:
        """As the directory is now: whoever was given the step and is still fit, else its role; proxies."""
        step = case.waiting
        if step is None or own(step) is Result.AGREED:
            return {}
        given = [seat.person for seat in own_turn(step) if seat.person in self.peers(case)]
        role = set(given) or (self.posts[step.role] if step.way is Way.ANY else set())
        found = dict.fromkeys(sorted(role - self.kept_from(step, case)), "")
        for principal, delegate in self.proxies.items():
            if found.get(principal) == "" and delegate not in (case.applicant, *step.placed):
                found.setdefault(delegate, principal)
        return found

    def turns(self) -> list[str]:
        """Whose turn it is: those who hold the step, and those who were added to it."""
        step = self.case.waiting
        added = [seat.person for seat in asked(step) if seat.person in self.serving] if step else []
        return sorted({*self.holders(self.case), *added})

    def attempt(self, op: Op, by: str, shown: tuple[str, int] | None = None) -> None:
        before, holders = self.case, self.holders(self.case)
        actor = Actor(by, holders.get(by, ""))
        law = Law(
            holders,
            self.peers(before) if before.waiting else (),
            {**ACTS, "proof": (Act.SUPPLY,), "appeal": (Act.SUPPLY,)},
            shown or (before.at, before.version),
            staff=self.serving,
            steward=by in STEWARDS,
            centre=by in self.posts[StepRole.MEDIA_CENTER],
            involved=by in self.serving,
            recent=True,
            heard={HE},
            roll=self.roll(before),
        )
        seat = added_seat(before, by)
        after = operate(before, op, actor, law)
        if isinstance(after, Refusal):
            return
        if isinstance(op, Supply):
            self.grown.add(op.digest)
            assert op.beside or before.at in ("proof", "appeal"), "supplied where they are asked for"
        elif isinstance(op, Revise):
            self.grown = {op.digest}
        if (isinstance(op, Decide) and op.act in PASSING) or (isinstance(op, Supply) and not op.beside):
            self.could.append((before.at, by, after.digest))
            assert seat or by in holders, "who decides holds the seat"
        if after.version == before.version:
            assert mandatory(after) >= mandatory(before), "a chain never shrinks"
        if not isinstance(op, Decide | Supply):
            assert after.state is not State.AWAITING_PUBLISH or before.state is after.state, (
                "only a decision passes"
            )
        self.case = after
        entry = TrailEntry(
            "FB-2026-0001", len(self.trail) + 1, AT, by, type(op).__name__, principal=actor.principal,
            data=data_of(op, before.at),
        )  # fmt: skip
        self.trail.append(entry)
        self.keep_the_roll(before, op, actor)
        self.convene()

    def keep_the_roll(self, before: Case, op: Op, by: Actor) -> None:
        """Who was named to decide the step together and has not given that place away or lost it."""
        if isinstance(op, Convene):
            self.convened[before.at] = set(op.persons)
        elif isinstance(op, Transfer):
            self.convened.get(before.at, set()).discard(by.principal or by.person)
        elif isinstance(op, Assign):
            self.convened.pop(before.at, None)
        elif isinstance(op, Reseat):
            self.convened.get(before.at, set()).difference_update(op.persons)

    def convene(self) -> None:
        step = self.case.waiting
        if step and step.convenes:
            self.attempt(Convene(tuple(sorted(self.roll(self.case)))), "")

    @rule(
        by=PEOPLE,
        act=st.sampled_from((Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)),
        reason=st.booleans(),
    )
    def decide(self, by: str, act: Act, reason: bool) -> None:
        self.attempt(Decide(act, "理由" if reason else ""), by)

    @precondition(lambda self: self.turns())
    @rule(data=st.data(), act=st.sampled_from((Act.APPROVE, Act.APPROVE, Act.APPROVE, Act.RETURN)))
    def pass_on(self, data: st.DataObject, act: Act) -> None:
        """So that many get far."""
        self.attempt(Decide(act, "理由"), data.draw(st.sampled_from(self.turns())))

    @precondition(lambda self: self.holders(self.case))
    @rule(
        data=st.data(),
        persons=st.lists(PEOPLE, min_size=1, max_size=3),
        place=st.sampled_from(Place),
        way=st.sampled_from(Way),
        need=st.integers(0, 3),
    )
    def add(self, data: st.DataObject, persons: list[str], place: Place, way: Way, need: int) -> None:
        by = data.draw(st.sampled_from(sorted(self.holders(self.case))))
        self.attempt(Add(tuple(persons), place, way, need), by)

    @rule(by=PEOPLE, person=PEOPLE)
    def drop(self, by: str, person: str) -> None:
        self.attempt(Drop(person), by)

    @rule(by=PEOPLE, person=PEOPLE)
    def consult(self, by: str, person: str) -> None:
        self.attempt(Consult(person, "是否涉外"), by)

    @rule(by=PEOPLE)
    def give_an_opinion(self, by: str) -> None:
        self.attempt(Opinion("可以"), by)

    @rule(by=PEOPLE)
    def take_back(self, by: str) -> None:
        self.attempt(TakeBack(), by)

    @precondition(lambda self: self.case.waiting is not None and bool(steps_back(self.case)))
    @rule(data=st.data(), direct=st.booleans())
    def send_back(self, data: st.DataObject, direct: bool) -> None:
        to, turns = data.draw(st.sampled_from(steps_back(self.case))), self.turns()
        if turns:
            self.attempt(Decide(Act.RETURN, "请再看", to, direct), data.draw(st.sampled_from(turns)))

    @rule(by=PEOPLE, op=st.sampled_from(INTERVENTIONS), often=st.integers(0, 3))
    def somebody_intervenes(self, by: str, op: Op, often: int) -> None:
        if often == 0:
            self.attempt(op, by)

    @rule(by=PEOPLE, what=st.sampled_from(Saying), to=PEOPLE)
    def leave_a_word(self, by: str, what: Saying, to: str) -> None:
        before = self.case
        self.attempt(Say(what, "一句话", (to,)), by)
        assert self.case is before

    @rule(by=PEOPLE, step=st.sampled_from(("review", "responsible", "centre", "")), version=st.integers(0, 3))
    def decide_on_an_old_card(self, by: str, step: str, version: int) -> None:
        before = self.case
        self.attempt(Decide(Act.APPROVE), by, (step, version))
        assert self.case is before or (step, version) == (before.at, before.version)

    @rule(by=PEOPLE, to=PEOPLE)
    def transfer(self, by: str, to: str) -> None:
        self.attempt(Transfer(to), by)

    @rule(by=PEOPLE, op=st.sampled_from((Withdraw(), Urge(), Receipt(), Stop())))
    def act_of_the_applicant(self, by: str, op: Op) -> None:
        if not isinstance(op, Withdraw) or len(self.trail) > 6:
            self.attempt(op, by)

    @rule(by=PEOPLE)
    def revise(self, by: str) -> None:
        self.posts[StepRole.APPLICANT] = {by}
        self.attempt(Revise(self.chain(), f"d{self.case.version + 1}"), by)
        self.posts[StepRole.APPLICANT] = {self.case.applicant}

    @rule(by=PEOPLE, beside=st.booleans())
    def supply(self, by: str, beside: bool) -> None:
        """The applicant's proof at its step, or what somebody who is heard says beside the chain."""
        self.attempt(Supply(f"d{self.case.version + 1}", beside), by)

    @rule(by=PEOPLE)
    def appeal(self, by: str) -> None:
        """Who is concerned by what has passed has it looked at again, once."""
        before = self.case
        self.attempt(APPEAL, by)
        assert self.case is before or mandatory(self.case) == mandatory(before) | {"appeal"}

    @rule(
        person=PEOPLE,
        role=st.sampled_from((StepRole.SECRECY_REVIEWER, StepRole.FIRST_RESPONSIBLE, StepRole.MEDIA_CENTER)),
        joins=st.booleans(),
    )
    def the_directory_changes(self, person: str, role: StepRole, joins: bool) -> None:
        change = self.posts[role].add if joins else self.posts[role].discard
        change(person)
        self.lapse()

    @rule(person=PEOPLE)
    def somebody_leaves(self, person: str) -> None:
        for holders in (*self.posts.values(), self.deputies, self.serving):
            holders.discard(person)
        self.proxies = {p: d for p, d in self.proxies.items() if person not in (p, d)}
        self.lapse()

    @rule(principal=PEOPLE, delegate=PEOPLE)
    def somebody_is_stood_in_for(self, principal: str, delegate: str) -> None:
        self.proxies[principal] = delegate

    def lapse(self) -> None:
        self.convene()
        step = self.case.waiting
        if step is None:
            return
        invited = [s.person for s in step.seats if s.state is SeatState.OPEN and s.how not in OWN]
        gone = [seat.person for seat in step.given if seat.person not in self.peers(self.case)]
        gone += [person for person in invited if person not in self.serving]
        if gone:
            self.attempt(Reseat("somebody lost it", tuple(gone)), "")

    @invariant()
    def what_has_passed_was_decided_by_those_who_could_on_the_digest_that_passes(self) -> None:
        if not hasattr(self, "case") or self.case.state not in (State.AWAITING_PUBLISH, State.PUBLISHED):
            return
        for step in self.case.steps:
            cast = [s for s in step.seats if s.state is SeatState.DECIDED and s.act in PASSING]
            assert step.passed_by_rule or any(seat.how in OWN for seat in cast), "the step's own decision"
            for seat in cast:
                assert seat.digest in self.grown, "of what passes, or of what was only added to"
                assert seat.person not in self.kept_from(step, self.case)
                assert (step.name, seat.person, seat.digest) in self.could

    @invariant()
    def what_several_decide_together_passes_by_as_many_as_must_agree_and_by_nobody_twice(self) -> None:
        if not hasattr(self, "case") or self.case.state not in (State.AWAITING_PUBLISH, State.PUBLISHED):
            return
        for step in self.case.steps:
            if step.way is Way.ANY or step.passed_by_rule:
                continue
            cast = [s for s in step.seats if s.state is SeatState.DECIDED and s.how in OWN]
            agreed = [s for s in cast if s.act in PASSING]
            assert len({s.person for s in cast}) == len(cast), "one person is one vote"
            if step.way is Way.VOTE:
                assert len(agreed) >= step.need
            else:
                assert agreed == cast
                assert {s.principal or s.person for s in agreed} >= self.convened.get(step.name, set())

    @invariant()
    def nobody_decides_alone_what_several_decide(self) -> None:
        if hasattr(self, "case") and self.case.waiting and self.case.waiting.way is not Way.ANY:
            places = {s.person for s in own_turn(self.case.waiting)}
            assert {who or one for one, who in self.holders(self.case).items()} <= places

    @invariant()
    def what_has_passed_asks_nobody(self) -> None:
        if hasattr(self, "case") and self.case.state not in (State.IN_REVIEW, State.PAUSED):
            assert not any(s.state is SeatState.OPEN for step in self.case.steps for s in step.seats)

    @invariant()
    def what_is_in_review_waits_at_a_step_where_it_is_somebodys_turn(self) -> None:
        if not hasattr(self, "case") or self.case.state is not State.IN_REVIEW:
            return
        step = self.case.waiting
        assert step is not None
        assert not step.passed_by_rule
        assert own(step) is Result.OPEN or asked(step), "it waits for somebody"

    @invariant()
    def nobody_has_two_open_places_in_a_step(self) -> None:
        if hasattr(self, "case"):
            for step in self.case.steps:
                open_ = [s.person for s in step.seats if s.state is SeatState.OPEN]
                assert len(open_) == len(set(open_))

    @invariant()
    def replaying_the_trail_gives_the_case(self) -> None:
        if hasattr(self, "case"):
            assert replay(self.trail) == self.case

    @invariant()
    def every_entry_names_its_step(self) -> None:
        if hasattr(self, "case"):
            named = {step.name for step in self.case.steps} | {"", "centre"}
            assert all(op_of(entry.data)[1] in named for entry in self.trail)

    @invariant()
    def the_secrecy_review_the_head_and_a_necessary_centre_stay(self) -> None:
        if hasattr(self, "case"):
            asked = {step.name for step in self.chain()}
            assert mandatory(self.case) >= asked


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=1000 if CI else 200, stateful_step_count=30, deadline=None)
