"""The cards of a request: for whoever must decide, for the applicant, and for whoever looks it up."""

from cards import deciders, operations, phrases, status
from cards.card import Button, Card, Panel, Reason, Row, Style, Tone, folded
from cards.form import SECRECY_BRIEFLY
from cards.sent_back import sent_back
from cards.times import when
from cards.view import View
from storage.records import PASSING, Act, Decision, Request, TrailEntry, Urgency
from storage.steps import How, Place, SeatState, Step, StepRole, Way

_BODY_SHOWN = 80
_CHANGES_SHOWN = 90
_VERBS = {Act.ASK: "问", Act.REPLY: "答", Act.OPINION: "意见"}
_SAID_SHOWN = 3
"""Questions, answers and opinions on the face of a card; all of them stand in the record."""

_WORDS_SHOWN = 40
_THEN = {Place.BEFORE: "由 {by} 决定。", Place.BESIDE: "{by} 也同意，这一步才通过。"}
"""What follows the answer of somebody who was added."""


def approval(view: View, step: str, version: int, rung: int = 0, *, urged: bool = False) -> Card:
    """The card of one step of one version: open while it waits, afterwards what became of it.

    `rung` is the number of the reminder that brings it, 0 for the first asking; `urged` where the
    applicant asks for it once more.
    """
    request = view.request
    waiting = request.current
    if waiting is None or (request.step, request.version) != (step, version):
        return _closed(view, step, version)
    if view.reader not in view.holders:
        mine = view.own_decision(step, version)
        return _decided_card(view, mine) if mine else _elsewhere(view)
    asking = _asking(view, waiting)
    return Card(
        title=phrases.pressing(phrases.asked(waiting), request),
        tone=Tone.WAITING,
        tag="催办" if urged else f"第 {rung} 次提醒" if rung else phrases.asked(waiting),
        lead=f"{view.name(request.applicant)}请您尽快办理。{asking}" if urged else asking,
        rows=_rows(view),
        must="\n".join(_meaning(view, waiting)),
        text=_words(view),
        panels=_panels(view),
        note=f"{phrases.rests(view, waiting)}。{phrases.silence(view)}",
        buttons=_decisions(view, waiting),
        reason=_reason(view),
        summary=phrases.pressing(phrases.asked(waiting), request),
        shows=phrases.shows(view),
        urgent=request.urgency is Urgency.CRITICAL,
    )


def _reason(view: View) -> Reason | None:
    """With what must not go without one, as this step calls it; none where a form is filled in."""
    if set(view.acts) <= {Act.SUPPLY}:
        return None
    words = [phrases.act(one, view.request.current) for one in (Act.RETURN, Act.REJECT) if one in view.acts]
    hint = f"{'、'.join(words)}须写明理由" if words else ""
    return Reason("reason", "理由或意见", view.face.reasons, hint)


def _asking(view: View, step: Step) -> str:
    request = view.request
    text = f"{phrases.wish(view)}，请您{phrases.please(view, step)}。"
    text = view.obstacle + text
    if principal := view.holders.get(view.reader):
        duty = "值班，" if view.reader in view.on_duty else ""
        text = f"您{duty}代 {view.name(principal)} 办理。" + text
    text = operations.together(step) + text
    if seat := next((seat for seat in step.given if seat.person == view.reader and seat.by), None):
        how = "改派您" if seat.how is How.ASSIGNED else "转请您"
        text = f"{view.name(seat.by)} {how}办理。" + text
    if seat := view.added:
        text = f"{view.name(seat.by)} 请您加签。" + text
    text = _with_added(view, step) + text
    if request.base > 1:
        text += f"这是{phrases.edition(request)}。"
    return text


def _with_added(view: View, step: Step) -> str:
    """To the holder: whom they wait for before they may agree, or that those have answered."""
    before = {one.name for one in step.additions if one.place is Place.BEFORE}
    seats = [seat for seat in step.seats if seat.group in before]
    if view.added or not seats:
        return ""
    if waits := [seat.person for seat in seats if seat.state is SeatState.OPEN]:
        groups = {seat.group for seat in seats if seat.state is SeatState.OPEN}
        ways = {one.way for one in step.additions if one.name in groups}
        one = "中有一人" if len(waits) > 1 and ways == {Way.ANY} else ""
        return f"{phrases.names(view, waits)}（加签）{one}答复后，您才能同意。"
    return "加签的人已答复。" if any(seat.state is SeatState.DECIDED for seat in seats) else ""


def _words(view: View) -> str:
    """What is otherwise than this reader saw it, what was said, and how the text begins."""
    about = view.face
    changed = "；".join(about.changed(view))
    lines = (
        f"有改动：{phrases.excerpt(changed, _CHANGES_SHOWN)}" if changed else "",
        *filter(None, (sent_back(view, "这一步"),)),
        *_advice(view),
        *(_said(view, entry) for entry in view.said[-_SAID_SHOWN:]),
        phrases.excerpt(about.excerpt(view), _BODY_SHOWN),
    )
    return "\n".join(filter(None, lines))


def _advice(view: View) -> list[str]:
    """The words with which those who were added answered: 何老师（加签）退回：先核实日期"""
    return [
        f"{view.name(d.actor)}（加签）{phrases.act(d.act, view.decided_step(d))}："
        f"{phrases.excerpt(d.reason, _WORDS_SHOWN)}"
        for d in view.decisions
        if d.reason and _of_added(view, d)
    ]


def _said(view: View, entry: TrailEntry) -> str:
    """王书记 问：何时批准的？"""
    return f"{view.name(entry.actor)} {_VERBS[Act(entry.act)]}：{phrases.excerpt(entry.note, _WORDS_SHOWN)}"


def _meaning(view: View, step: Step) -> tuple[str, ...]:
    """What somebody must know before they press: what they answer for, and what follows."""
    lines = []
    if step.role is StepRole.SECRECY_REVIEWER:
        lines.append(f"请逐项审查：{SECRECY_BRIEFLY}（第八条）。")
    if step.carries_review:
        lines.append("没有其他保密审查人，您同意即同时负责保密审查（第八条）。")
        lines.append(f"请逐项审查：{SECRECY_BRIEFLY}。")
    if seat := view.added:
        place = next((one.place for one in step.additions if one.name == seat.group), Place.AFTER)
        if place is not Place.AFTER:
            return (*lines, f"您答复后，{_THEN[place].format(by=view.name(seat.by))}")
    if step.role is StepRole.FIRST_RESPONSIBLE and (beyond := phrases.beyond(view.request.chain, step.name)):
        word = phrases.act(view.acts[0], step) if Act.SUPPLY in view.acts else "同意"
        lines.append(f"您{word}后还须{beyond}。")
    return tuple(lines)


def _rows(view: View) -> tuple[Row, ...]:
    """By when first: WeCom shows six rows."""
    passed = _passed(view)
    done = (Row("已办", "；".join(passed)),) if passed else ()
    return (Row("请于", phrases.due(view)), *view.face.facts(view), *done)


def _passed(view: View) -> list[str]:
    """Who has decided on this version so far, for a step or among the added."""
    return [
        f"{deciders.author(view, d)}{'（加签）' if _of_added(view, d) else ''} "
        f"{phrases.act(d.act, view.decided_step(d))}"
        for d in view.decisions
        if view.present(d.version) and (view.counts(d) or _of_added(view, d))
    ]


def _of_added(view: View, decision: Decision) -> bool:
    """Whether it is the answer of somebody who was added to the step that waits."""
    seat = view.seat_of(decision)
    here = decision.step == view.request.step
    return here and seat is not None and seat.how is How.ADDED and seat.state is SeatState.DECIDED


def _panels(view: View) -> tuple[Panel, ...]:
    """All else, the longest last."""
    records = tuple(phrases.decided(view, decision) for decision in view.decisions)
    panels = [*([Panel("办理记录", records)] if records else []), *view.face.details(view)]
    return (folded("全部内容和办理记录", panels),)


def _decisions(view: View, step: Step) -> tuple[Button, ...]:
    request = view.request
    styles = {Act.APPROVE: Style.PRIMARY, Act.SUPPLY: Style.PRIMARY, Act.REJECT: Style.DANGER}
    buttons = [
        Button(
            phrases.act(act, step), act, request.number, request.step, request.version,
            styles.get(act, Style.DEFAULT),
        )
        for act in view.acts
    ]  # fmt: skip
    beside = [
        Button(text, act, request.number, request.step, request.version)
        for text, act in view.face.beside(view)
    ]
    added = [Button(f.command, Act.SUPPLY, request.number, f.kind, request.version) for f in view.adds]
    return (*buttons, *beside, *added, view_button(request), _more(request))


def view_button(request: Request) -> Button:
    return Button("查看", "view", request.number, request.step, request.version)


def _more(request: Request) -> Button:
    """转办, 委派, 加签 and what else may be done at the step."""
    return Button("更多", "more", request.number, request.step, request.version)


def _closed(view: View, step: str, version: int) -> Card:
    """What became of a step that no longer waits."""
    request = view.request
    mine = view.own_decision(step, version)
    decision = mine if mine and view.stands(mine) else view.decision_at(step, version)
    if decision:
        return _decided_card(view, decision)
    what = phrases.state(view) if view.present(version) else "申请人已修改重报"
    if request.current and view.present(version):
        what = "有新的补充" if request.step == step else "已回到前面的环节"
    newer = bool(request.current) and request.step == step and view.present(version)
    then = "请在新的卡片上办理。" if newer and view.reader in view.holders else "这张卡片不再需要您办理。"
    return Card(
        title=phrases.heading("已更新" if newer else "已不需办理", request),
        tone=Tone.CLOSED,
        tag=what,
        lead=f"{request.number} {what}，{then}",
        closed=what,
        buttons=(),
    )


def _elsewhere(view: View) -> Card:
    """The step waits, but no longer for this reader: it was handed over, or a proxy has ended."""
    return Card(
        title=phrases.heading("已不需办理", view.request),
        tone=Tone.CLOSED,
        tag="不需您办理",
        lead=f"{status.onward(view)}这张卡片不再需要您办理。",
        closed="不需您办理",
    )


def _decided_card(view: View, decision: Decision) -> Card:
    word = phrases.act(decision.act, view.decided_step(decision))
    good = decision.act in PASSING
    return Card(
        title=phrases.heading("已办", view.request),
        tone=Tone.DONE if good else Tone.REFUSED,
        tag=word,
        lead=f"{_decided(view, decision)}{_followed(view, decision)}",
        rows=(*status.about(view), Row("时间", when(decision.at, view.now))),
        text=f"意见：{decision.reason}" if decision.reason else "",
        closed=f"{deciders.author(view, decision)}：{word}",
    )


def _decided(view: View, decision: Decision) -> str:
    """您已同意。"""
    return f"{deciders.whoever(view, decision)}已{phrases.done(decision.act, view.decided_step(decision))}。"


def _followed(view: View, decision: Decision) -> str:
    """What came of a decision, in words that stay true; of an answer of the added, what the step did."""
    here = view.request.current is not None and view.request.step == decision.step
    if not here and not view.counts(decision):
        own = view.decision_at(decision.step, decision.version)
        return _decided(view, own) + _followed(view, own) if own else ""
    if decision.act is Act.RETURN and not view.request.current:
        return "请申请人修改后重新提交。"
    if decision.act is Act.REJECT:
        return view.face.rejected
    if not view.present(decision.version):
        return ""
    if here:
        return status.onward(view)
    following = phrases.following(view.request.chain, decision.step)
    return f"接着由{phrases.task(following[0])}。" if following else view.face.concluded(view)
