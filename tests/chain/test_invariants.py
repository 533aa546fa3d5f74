"""Whatever is done by whomever in whatever order: the six invariants of operations on a chain."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.chain.operate import (
    Actor,
    Decide,
    Law,
    Op,
    Receipt,
    Refusal,
    Reseat,
    Revise,
    Stop,
    Submit,
    Transfer,
    Urge,
    Withdraw,
    begin,
    operate,
)
from handlers.chain.replay import data_of, op_of, replay
from handlers.chain.step import PASSING, Case, mandatory
from storage.records import Act, SeatState, State, StepRole, TrailEntry
from tests.chain.cases import ACTS, HE, LI, QIAN, SUN, WANG, WU, ZHAO, chain

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERYBODY = (LI, SUN, WANG, WU, ZHAO, QIAN, HE)
PEOPLE = st.sampled_from(EVERYBODY)


class Life(RuleBasedStateMachine):
    """One request, a small directory in which people come and go, and anybody who tries anything."""

    @initialize(
        reviewed=st.booleans(),
        necessary=st.booleans(),
        applicant=st.sampled_from((LI, SUN, WANG)),
        own=st.booleans(),
    )
    def submitted(self, reviewed: bool, necessary: bool, applicant: str, own: bool) -> None:
        self.applicant = applicant
        self.posts = {
            StepRole.SECRECY_REVIEWER: {SUN, HE},
            StepRole.FIRST_RESPONSIBLE: {WANG},
            StepRole.MEDIA_CENTER: {ZHAO, QIAN},
        }
        self.deputies, self.proxies = {WU}, dict[str, str]()
        self.shape = {"reviewed": reviewed, "necessary": ("涉外",) if necessary else (), "own": own}
        op = Submit(chain(**self.shape), "d1", State.AWAITING_PUBLISH)  # type: ignore[arg-type]
        self.case = begin(op, Actor(applicant))
        self.trail = [TrailEntry("FB-2026-0001", 1, AT, applicant, "submit", data=data_of(op, ""))]
        self.could: list[tuple[int, str, str, str]] = []

    def peers(self, case: Case) -> set[str]:
        step = case.waiting
        assert step is not None
        more = self.deputies if step.role is StepRole.FIRST_RESPONSIBLE else set()
        return (self.posts[step.role] | more) - {case.applicant}

    def holders(self, case: Case) -> dict[str, str]:
        """As the directory is now: whoever was given the step and is still fit, else its role; proxies."""
        step = case.waiting
        if step is None:
            return {}
        given = step.given
        own = {given.person} if given and given.person in self.peers(case) else self.posts[step.role]
        found = dict.fromkeys(sorted(own - {case.applicant}), "")
        for principal, delegate in self.proxies.items():
            if principal in found and delegate != case.applicant:
                found.setdefault(delegate, principal)
        return found

    def attempt(self, op: Op, by: str, shown: tuple[str, int] | None = None) -> None:
        before, holders = self.case, self.holders(self.case)
        actor = Actor(by, holders.get(by, ""))
        law = Law(
            holders,
            self.peers(before) if before.waiting else (),
            ACTS,
            shown or (before.at, before.version),
        )
        after = operate(before, op, actor, law)
        if isinstance(after, Refusal):
            return
        if isinstance(op, Decide) and op.act in PASSING:
            self.could.append((before.version, before.at, by, before.digest))
            assert by in holders, "who decides holds the seat"
        if after.version == before.version:
            assert mandatory(after) >= mandatory(before), "a chain never shrinks"
        self.case = after
        entry = TrailEntry(
            "FB-2026-0001", len(self.trail) + 1, AT, by, type(op).__name__, principal=actor.principal,
            data=data_of(op, before.at),
        )  # fmt: skip
        self.trail.append(entry)

    @rule(
        by=PEOPLE,
        act=st.sampled_from((Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)),
        reason=st.booleans(),
    )
    def decide(self, by: str, act: Act, reason: bool) -> None:
        self.attempt(Decide(act, "理由" if reason else ""), by)

    @precondition(lambda self: self.case.waiting is not None and self.holders(self.case))
    @rule(data=st.data())
    def pass_on(self, data: st.DataObject) -> None:
        """So that many get far."""
        self.attempt(Decide(Act.APPROVE), data.draw(st.sampled_from(sorted(self.holders(self.case)))))

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
        steps = chain(**self.shape)  # type: ignore[arg-type]
        self.attempt(Revise(steps, f"d{self.case.version + 1}"), by)

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
        for holders in (*self.posts.values(), self.deputies):
            holders.discard(person)
        self.proxies = {p: d for p, d in self.proxies.items() if person not in (p, d)}
        self.lapse()

    @rule(principal=PEOPLE, delegate=PEOPLE)
    def somebody_is_stood_in_for(self, principal: str, delegate: str) -> None:
        self.proxies[principal] = delegate

    def lapse(self) -> None:
        given = self.case.waiting.given if self.case.waiting else None
        if given and given.person not in self.peers(self.case):
            self.attempt(Reseat(f"{given.person} lost it"), "")

    @invariant()
    def what_has_passed_was_decided_by_those_who_could_on_the_digest_that_passes(self) -> None:
        if not hasattr(self, "case") or self.case.state not in (State.AWAITING_PUBLISH, State.PUBLISHED):
            return
        for step in self.case.steps:
            agreed = [s for s in step.seats if s.state is SeatState.DECIDED and s.act in PASSING]
            assert step.passed_by_rule or agreed
            for seat in agreed:
                assert seat.digest == self.case.digest
                assert seat.person != self.case.applicant
                assert (self.case.version, step.name, seat.person, self.case.digest) in self.could

    @invariant()
    def what_is_in_review_waits_at_a_step_that_nobody_has_decided(self) -> None:
        if hasattr(self, "case") and self.case.state is State.IN_REVIEW:
            assert self.case.waiting is not None
            assert not self.case.waiting.passed_by_rule

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
            asked = {step.name for step in chain(**self.shape)}  # type: ignore[arg-type]
            assert mandatory(self.case) >= asked


TestLife = Life.TestCase
TestLife.settings = settings(stateful_step_count=30, deadline=None)
