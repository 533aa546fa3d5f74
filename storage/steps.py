"""The nouns of a chain: steps, seats, and how several decide."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a step asks; 审查, 审批 and 备案 are three words that the Measures keep apart."""

    EXAMINE = "审查"
    APPROVE = "审批"
    RECORD = "备案"
    VERIFY = "核实"
    CLOSE = "结案"
    ACCEPT_CASE = "立案"
    DISPOSE = "处理"
    REVIEW_AGAIN = "复核"
    RECTIFY = "整改"
    INSPECT = "验收"
    PROVE = "证明"
    FILL = "填报"
    REPORT = "上报"
    INTERPRET = "解释"
    CONFIRM = "确认"
    SPEAK = "提意见"
    SETTLE = "定稿"


class StepRole(StrEnum):
    """Who decides a step."""

    SECRECY_REVIEWER = "保密审查人"
    FIRST_RESPONSIBLE = "第一责任人"
    MEDIA_CENTER = "全媒体中心"
    PROPAGANDA = "党委宣传部"
    APPLICANT = "申请人"
    OPERATORS = "运营人员"
    FIRST_READER = "出版社初审"
    SECOND_READER = "出版社复审"
    LAST_READER = "出版社终审"


READERS = (StepRole.FIRST_READER, StepRole.SECOND_READER, StepRole.LAST_READER)
"""The three reviews of the press, in order: three different people (Article 5(4))."""


class How(StrEnum):
    """How somebody came to their seat; `roll`: as one of all whom the role had, who decide together."""

    ROLE = "role"
    ROLL = "roll"
    NAMED = "named"
    TRANSFER = "transfer"
    ASSIGNED = "assigned"
    HANDED = "handed"
    ADDED = "added"
    CONSULTED = "consulted"


OWN = (How.ROLE, How.ROLL, How.NAMED, How.TRANSFER, How.ASSIGNED, How.HANDED)
"""Seats whose decision is the step's own; the others add to it."""


class SeatState(StrEnum):
    """What became of a seat; a closed one agreed to nothing, a struck one counts no more."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"
    STRUCK = "struck"


class Way(StrEnum):
    """How several seats decide: 或签, 会签, 票签, 依次."""

    ANY = "any"
    ALL = "all"
    VOTE = "vote"
    TURN = "turn"


class Place(StrEnum):
    """When the added seats are asked: before the holder decides, beside, or after."""

    BEFORE = "before"
    BESIDE = "beside"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in a step: how they came to it (`by` gave it, `principal` is stood in for),
    and what they decided on which digest. `group` names the addition it belongs to."""

    person: str
    how: How = How.ROLE
    by: str = ""
    principal: str = ""
    state: SeatState = SeatState.OPEN
    act: str = ""
    digest: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """加签: seats that `by` added to a step, and how they decide among themselves (`need` votes)."""

    name: str
    by: str
    place: Place = Place.BEFORE
    way: Way = Way.ALL
    need: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain, known by its `name`.

    `role` and `unit` say whom it is for, and `seats` who was given a place by name or has decided: where
    nobody was given one, it is open to all whom it is for at that moment. `way` (with `need` votes) is
    how those who have a place by name decide; any but 或签 asks for names, and where there are none, all whom
    the step is for are convened. `because` says why the step exists (the rules that
    fired); `carries_review` that the decision also answers for the secrecy review; `passed_by_rule` why
    nobody has to decide it. `own` says that nothing of the applicant's is judged there: they may take it too.
    """

    name: str
    role: StepRole
    verb: Verb
    article: str
    unit: str = ""
    because: tuple[str, ...] = ()
    carries_review: bool = False
    passed_by_rule: str = ""
    seats: tuple[Seat, ...] = ()
    way: Way = Way.ANY
    need: int = 0
    additions: tuple[Addition, ...] = ()
    own: bool = False

    @property
    def given(self) -> tuple[Seat, ...]:
        """The open seats whose decision is the step's own and that people were given by name."""
        return tuple(s for s in self.seats if s.state is SeatState.OPEN and s.how in OWN)

    @property
    def placed(self) -> frozenset[str]:
        """Those whose decision is, or will be, the step's own."""
        live = (SeatState.OPEN, SeatState.DECIDED)
        return frozenset(s.person for s in self.seats if s.how in OWN and s.state in live)

    @property
    def convenes(self) -> bool:
        """Whether those who decide it together have still to be named."""
        return self.way is not Way.ANY and not self.placed and not self.passed_by_rule
