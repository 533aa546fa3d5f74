"""Who must pass a post before it goes out: the chain of Article 6(3)1 with the review of Article 8."""

from dataclasses import dataclass, replace

from handlers.rules.articles import ART_6_3, ART_8
from storage.records import Act
from storage.steps import Step, StepRole, Verb

REVIEW, RESPONSIBLE, CENTRE = "review", "responsible", "centre"
"""The names of the steps of Article 6: buttons, duties, decisions and the trail know a step by its name."""

OWN_REQUEST = "申请人即第一责任人"
ESCALATED = "第一责任人报中心"
REVIEWERS_WROTE = "保密审查人是申请人或作者"
RESPONSIBLE_WROTE = "没有保密审查人，第一责任人是作者"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the chain depends on, as the directory says on the day.

    `unit` hosts the media; `review_unit` is the nearest unit upwards with a reviewer who is neither
    the applicant nor an author (empty where there is none); `applicant_is_responsible` whether the
    applicant is the first-responsible person found for the unit. `reviewers_wrote` says that there are
    reviewers and each is applicant or author, `responsible_wrote` that the first-responsible person is an
    author.
    """

    unit: str
    review_unit: str
    applicant_is_responsible: bool
    necessary: tuple[str, ...] = ()
    reviewers_wrote: bool = False
    responsible_wrote: bool = False

    def because(self) -> tuple[str, ...]:
        """Why the centre is necessary, every reason named."""
        reasons = {
            OWN_REQUEST: self.applicant_is_responsible,
            REVIEWERS_WROTE: self.reviewers_wrote,
            RESPONSIBLE_WROTE: self.responsible_wrote and not self.review_unit,
        }
        return (*(reason for reason, holds in reasons.items() if holds), *self.necessary)


def publication_chain(facts: Facts) -> tuple[Step, ...]:
    """The steps in order, those passed by rule included.

    > 信息发布前……报其所在……负责人审批发布，必要时须报全媒体中心审批，通过后方可正式发布。（第六条（三）1）
    > “谁发布、谁审查”“先审查、后公开”和“一事一审”（第八条）
    """
    reviewed = bool(facts.review_unit)
    steps = []
    if reviewed:
        steps.append(Step(REVIEW, StepRole.SECRECY_REVIEWER, Verb.EXAMINE, ART_8, unit=facts.review_unit))
    own = facts.applicant_is_responsible
    carries = not reviewed and not own and not facts.responsible_wrote
    responsible = Step(
        RESPONSIBLE,
        StepRole.FIRST_RESPONSIBLE,
        Verb.APPROVE,
        ART_6_3,
        unit=facts.unit,
        carries_review=carries,
        passed_by_rule=OWN_REQUEST if own else "",
    )
    steps.append(responsible)
    if because := facts.because():
        steps.append(center_step(because, carries_review=not reviewed and not carries))
    return tuple(steps)


def center_step(because: tuple[str, ...], *, carries_review: bool = False) -> Step:
    """The centre's approval, with the reasons why it is necessary."""
    return Step(
        CENTRE,
        StepRole.MEDIA_CENTER,
        Verb.APPROVE,
        ART_6_3,
        because=because,
        carries_review=carries_review,
    )


def escalated(chain: tuple[Step, ...], reason: str) -> tuple[Step, ...]:
    """The chain with the centre in it because the first-responsible person wants it."""
    because = f"{ESCALATED}：{reason}" if reason else ESCALATED
    last = chain[-1]
    if last.name == CENTRE:
        return (*chain[:-1], replace(last, because=(*last.because, because)))
    return (*chain, center_step((because,)))


def offered(acts: tuple[Act, ...], chain: tuple[Step, ...]) -> tuple[Act, ...]:
    """The buttons of a step: where the centre must approve anyway, nobody is asked to send it there."""
    follows = any(step.name == CENTRE for step in chain)
    return tuple(act for act in acts if not (follows and act is Act.ESCALATE))


def of_added(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Of the acts at a step those of somebody who was added: they bring in nobody further, and where its
    holder supplies answers they say whether these will do."""
    return (
        (Act.APPROVE, Act.RETURN) if Act.SUPPLY in acts else tuple(a for a in acts if a is not Act.ESCALATE)
    )


def ledger_chain(unit: str, article: str, last: Verb, *, applicant_is_responsible: bool) -> tuple[Step, ...]:
    """First the first-responsible person, then the centre: in turn, and both.

    > 依次报其所在……负责人及全媒体中心审批备案，通过后方可建立。（第六条（一））
    > 依次报……负责人审批、并报全媒体中心备案。（第六条（二））
    """
    responsible = responsible_step(unit, article, applicant_is_responsible=applicant_is_responsible)
    return (responsible, Step(CENTRE, StepRole.MEDIA_CENTER, last, article))


def responsible_step(unit: str, article: str, *, applicant_is_responsible: bool) -> Step:
    """The first-responsible person's approval; where they ask themselves, it is recorded as such."""
    own = OWN_REQUEST if applicant_is_responsible else ""
    return Step(RESPONSIBLE, StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, article, unit=unit, passed_by_rule=own)
