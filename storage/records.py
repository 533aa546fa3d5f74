"""The nouns: what storage remembers, as frozen values that rules and cards read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.steps import Step


class Platform(StrEnum):
    """Where people chat."""

    WECOM = "wecom"
    FEISHU = "feishu"


class UnitKind(StrEnum):
    """单位类型 of the import table; who is first responsible follows from it (Article 5(2))."""

    PARTY_COMMITTEE = "学校党委"
    MEDIA_CENTER = "全媒体中心"
    PROPAGANDA = "党委宣传部"
    NET_CENTER = "网络与信息中心"
    PRESS = "出版社"
    PARTY_UNIT = "基层党委"
    PARTY_BRANCH = "党总支"
    DEPARTMENT = "党政职能部门"
    DIRECT_UNIT = "直属单位"
    INNER = "内设机构"


class Role(StrEnum):
    """角色 of the import table."""

    SECRECY_REVIEWER = "保密审查人"
    CENTER_APPROVER = "中心审批人"
    PROPAGANDA_REVIEWER = "宣传部审查人"
    AUDITOR = "实名审计员"
    ADMIN = "系统管理员"
    CLERK = "内勤"
    FIRST_READER = "初审"
    SECOND_READER = "复审"
    LAST_READER = "终审"


class Identity(StrEnum):
    """身份 of the import table."""

    STAFF = "教职工"
    STUDENT = "学生"


class Post(StrEnum):
    """A dated appointment in a unit."""

    FIRST_RESPONSIBLE = "第一责任人"
    DEPUTY = "副职"


class MediumState(StrEnum):
    """状态 of the ledger (Article 15: 停止运行 is ordered, 停更 is the unit's own)."""

    ACTIVE = "在用"
    PAUSED = "停更"
    SUSPENDED = "停止运行"
    DEREGISTERED = "注销"


class State(StrEnum):
    """Where a request stands."""

    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    AWAITING_PUBLISH = "awaiting_publish"
    PUBLISHED = "published"
    RECORDED = "recorded"
    STOPPED = "stopped"
    PAUSED = "paused"
    VOIDED = "voided"


UNDECIDED = (State.IN_REVIEW, State.PAUSED)
"""Where the chain is not through yet: what is open at its step stays open."""

OPEN = (*UNDECIDED, State.RETURNED, State.AWAITING_PUBLISH)
"""Where somebody has still something to do; every other state is final."""

SENT_AGAIN = tuple(one for one in State if one not in (*OPEN, State.RECORDED, State.STOPPED))
"""Where a request has ended and its applicant may send a new one from it: what is on the books stays there,
and what was erased for secrecy is gone."""


class Act(StrEnum):
    """What a person may do to a request; the value is also what a button carries."""

    SUBMIT = "submit"
    APPROVE = "approve"
    ESCALATE = "escalate"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    URGE = "urge"
    TRANSFER = "transfer"
    RECEIPT = "receipt"
    STOP = "stop"
    TAKE_BACK = "takeback"
    OPINION = "opinion"
    CONSULT = "consult"
    ADD = "add"
    DROP = "drop"
    VOID = "void"
    ASSIGN = "assign"
    HAND_OVER = "handover"
    PAUSE = "pause"
    RESUME = "resume"
    TURN_BACK = "turn_back"
    STEWARD = "steward"
    COMMENT = "comment"
    ASK = "ask"
    REPLY = "reply"
    SUPERVISE = "supervise"
    CC = "cc"
    AGAIN = "again"
    SUPPLY = "supply"
    RECEIVED = "received"
    LOOKED_FINE = "looked_fine"
    RECTIFY_AGAIN = "rectify_again"
    COMMENTS_FINE = "comments_fine"
    COMMENTS_ALERT = "alert"
    APPEAL = "appeal"
    HALT = "halt"
    ELAPSE = "elapse"
    DONE = "done"
    CANNOT = "cannot"
    WIDEN = "widen"
    REVOKE = "revoke"
    EXTEND = "extend"
    END = "end"


PASSING = (Act.APPROVE, Act.ESCALATE, Act.SUPPLY)
"""Acts that let a request go on."""


class Urgency(StrEnum):
    """紧急程度 of form F3."""

    NORMAL = "普通"
    URGENT = "紧急"
    CRITICAL = "特急"


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    kind: UnitKind
    parent: str = ""
    first_responsible: str = ""
    deputies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One real person; `id` is the 工号, accounts are those of the two platforms."""

    id: str
    name: str
    unit: str
    identity: Identity = Identity.STAFF
    title: str = ""
    roles: frozenset[Role] = frozenset()
    wecom: str = ""
    feishu: str = ""
    mobile: str = ""
    email: str = ""
    left_on: date | None = None
    last_platform: Platform | None = None

    def account(self, platform: Platform) -> str:
        """Their account on a platform, empty where they have none."""
        return self.wecom if platform is Platform.WECOM else self.feishu

    def accounts(self) -> tuple[tuple[Platform, str], ...]:
        """Where this person can be reached, the platform used last (WeCom until then) first."""
        bound = [(p, a) for p, a in ((Platform.WECOM, self.wecom), (Platform.FEISHU, self.feishu)) if a]
        return tuple(sorted(bound, key=lambda pair: pair[0] != self.last_platform))


@dataclass(frozen=True, slots=True)
class Medium:
    """A line of the ledger (台账)."""

    no: str
    name: str
    platform_type: str
    unit: str
    operator: str
    admins: tuple[str, ...] = ()
    account: str = ""
    filed_on: date | None = None
    filed_here_at: datetime | None = None
    state: MediumState = MediumState.ACTIVE


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes out with a post: content is kept under its SHA-256."""

    sha256: str
    name: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for. `form` holds what people answered and nothing else: all of it is in the
    digest. `facts` is what was computed when it was submitted, `outcome` what came of it later."""

    id: int
    number: str
    kind: str
    state: State
    applicant: str
    unit: str
    title: str
    form: Mapping[str, Any]
    digest: str
    chain: tuple[Step, ...]
    step: str
    version: int
    urgency: Urgency
    submitted_at: datetime
    step_since: datetime
    due_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    outcome: Mapping[str, Any] = field(default_factory=dict)
    trail_seq: int = 0
    trail_hash: str = ""
    base: int = 1
    """The version with which the present chain began; later ones added to it what steps had to supply."""

    @property
    def register(self) -> bool:
        """Whether nobody has to decide it: it is on record once it was submitted, and its applicant's."""
        return not self.chain

    @property
    def current(self) -> Step | None:
        """The step that waits, or None where nobody has to decide."""
        return self.named(self.step) if self.state is State.IN_REVIEW else None

    def named(self, name: str) -> Step | None:
        """The step of that name in the chain of this version."""
        for step in self.chain:
            if step.name == name:
                return step
        return None


@dataclass(frozen=True, slots=True)
class Decision:
    request: int
    version: int
    step: str
    act: Act
    actor: str
    at: datetime
    digest: str
    reason: str = ""
    principal: str = ""
    platform: str = ""
    message: str = ""


COMMAND_LINE = "cli:"
"""Begins the actor of an entry where somebody ran a command; their login name follows."""


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """Who did what, for whom, when, through which message, under which article.

    `data` is the operation on the chain as JSON, from which it can be replayed; empty in entries that
    did not touch it, and in those of before operations were kept. `idx` is its place in the one order over
    all matters, given at the end of the transaction that writes it; `salt` goes into its hash, in hex.
    """

    matter: str
    seq: int
    at: datetime
    actor: str
    act: str
    before: str = ""
    after: str = ""
    principal: str = ""
    platform: str = ""
    message: str = ""
    article: str = ""
    digest: str = ""
    note: str = ""
    data: str = ""
    prev: str = ""
    hash: str = ""
    salt: str = ""
    idx: int | None = None


@dataclass(frozen=True, slots=True)
class MediumChange:
    """One thing that changed of a medium, from `effective_on`; unconfirmed until `recorded_at`."""

    medium: str
    item: str
    before: str
    after: str
    effective_on: date
    entered_at: datetime
    recorded_at: datetime | None = None
    request: int | None = None
    source: str = "change"


@dataclass(frozen=True, slots=True)
class OwedChange:
    """A change of a medium, because of `person`, that is not being filed yet; `due_at` is too late."""

    medium: str
    item: str
    person: str
    changed_on: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the dialogue about a draft stands.

    `guided`: it asks question by question; `asked`: the pages it has asked already; `wrong`: what was
    typed into fields and cannot stand, `mistakes`: the sentences that say why, `offers`: the words
    of a button each, and what may be taken instead; `remarks`: by field what was taken otherwise than it
    was typed; `again`: the number of the request that it is sent anew from.
    """

    guided: bool = False
    asked: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offers: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    again: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A form somebody is filling in: kept until it is submitted or given up.

    `form` holds answers and nothing else; `notes` is what ledger and calendar say of them.
    """

    id: int
    person: str
    kind: str
    platform: Platform
    form: Mapping[str, Any]
    updated_at: datetime
    asking: str = ""
    revises: int | None = None
    state: str = "open"
    rev: int = 0
    talk: Talk = field(default_factory=Talk)
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent to the bot for a draft; `sha256` is empty until it has been fetched."""

    id: int
    draft: int
    name: str
    kind: str
    state: str = "fetching"
    file: File | None = None
