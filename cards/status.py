"""Where a request stands: the applicant's card, and the page of whoever looks it up."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards import acts, deciders, operations, path, phrases
from cards.card import Button, Card, Panel, Row, Style, Tone
from cards.sent_back import sent_back
from cards.times import when
from cards.view import View
from storage.records import PASSING, SENT_AGAIN, Act, Decision, Request, State, TrailEntry
from storage.steps import Verb

_CARDS = 2
"""People whose card `/查询` tells the way of; `/为什么` does of all."""

_OPINION = 60
"""Characters of an opinion on the applicant's card; it is whole behind 查看."""

_TONES = {
    State.IN_REVIEW: Tone.WAITING,
    State.RETURNED: Tone.REFUSED,
    State.REJECTED: Tone.REFUSED,
    State.WITHDRAWN: Tone.CLOSED,
    State.AWAITING_PUBLISH: Tone.DONE,
    State.PUBLISHED: Tone.DONE,
    State.RECORDED: Tone.DONE,
    State.STOPPED: Tone.REFUSED,
    State.PAUSED: Tone.ALARM,
    State.VOIDED: Tone.CLOSED,
}


_OFFERED: Mapping[State, tuple[Act, ...]] = {
    State.IN_REVIEW: (Act.URGE, Act.WITHDRAW),
    State.RETURNED: (Act.REVISE, Act.WITHDRAW),
    State.AWAITING_PUBLISH: (Act.RECEIPT, Act.WITHDRAW),
}
"""What an applicant may do in each state, where their process lets them."""

_BUTTONS: Mapping[Act, tuple[str, Style]] = {
    Act.URGE: ("催办", Style.DEFAULT),
    Act.WITHDRAW: ("撤回", Style.DEFAULT),
    Act.REVISE: ("修改", Style.PRIMARY),
    Act.RECEIPT: ("登记回执", Style.PRIMARY),
    Act.AGAIN: ("再发一份", Style.DEFAULT),
}


def status(view: View, rung: int = 0) -> Card:
    """The applicant's card: where their request stands, and what they can do now.

    `rung` is the number of the reminder that brings it, while what it reminds of is not done.
    """
    request, state = view.request, phrases.state(view)
    reminds = rung > 0 and request.state is State.RETURNED
    return Card(
        title=phrases.heading("待修改" if reminds else state, request),
        tone=_tone(view),
        tag=f"第 {rung} 次提醒" if reminds else state,
        lead=_standing(view),
        rows=_progress(view),
        text=_said(view),
        panels=_opinions(view),
        note=_hint(view),
        buttons=_applicants(view),
        closed="" if _applicants(view) else state,
        summary=phrases.heading(state, request),
    )


def _tone(view: View) -> Tone:
    return Tone.REFUSED if view.obstacle and not view.face.clears else _TONES[view.request.state]


def _said(view: View) -> str:
    """With the leave to publish, what those who gave it said of it: the last word first; before, why it went
    back to the step that waits."""
    step = view.request.current
    if step and view.request.state is State.IN_REVIEW:
        return sent_back(view, f"“{phrases.role(step)}”")
    if view.request.state is not State.AWAITING_PUBLISH:
        return ""
    said = [
        f"{_speaks(view, d)}：{phrases.excerpt(d.reason, _OPINION)}"
        for d in reversed(view.decisions)
        if d.reason and view.present(d.version) and view.stands(d)
    ]
    return "\n".join(said)


def _speaks(view: View, decision: Decision) -> str:
    """王书记意见; of one of the added who was against it, what they answered: 何老师（加签）退回"""
    who = deciders.author(view, decision)
    if decision.act in PASSING:
        return f"{who}意见"
    seat = view.seat_of(decision)
    beside = "（加签）" if seat and seat.group else " "
    return f"{who}{beside}{phrases.act(decision.act, view.decided_step(decision))}"


def _opinions(view: View) -> tuple[Panel, ...]:
    """What was said with decisions that stand; that they were taken is in the rows, a refusal above."""
    told = [one for one in view.decisions if one is not view.refusal and view.stands(one)]
    said = tuple(phrases.decided(view, decision) for decision in told if decision.reason)
    return (Panel("办理意见", said),) if said else ()


def superseded(view: View) -> Card:
    """An older card of the applicant's, left behind by a newer one: what it says stays true."""
    return Card(
        title=phrases.heading("已更新", view.request),
        tone=Tone.CLOSED,
        tag="已更新",
        lead="这件申请有了新进展，请看后面最新的消息，或发 /我的。",
        closed="见最新消息",
    )


def _standing(view: View, *, why: bool = True) -> str:
    """Where it stands, in a sentence or two; `why` it was refused is left out where the record says it."""
    request = view.request
    last = view.refusal
    where = " /查询" if why else "办理记录"
    if request.state is State.IN_REVIEW:
        return view.obstacle + onward(view)
    if request.state is State.AWAITING_PUBLISH and view.obstacle:
        return f"审批已全部通过，但{view.obstacle}"
    if request.state is State.AWAITING_PUBLISH:
        return f"审批已全部通过，可以在“{phrases.media(view)}”发布。请按批准的内容发布。"
    if request.state is State.RETURNED and not last:
        return f"管理员已退回，请修改后重新提交。原因见{where}。"
    if request.state in (State.RETURNED, State.REJECTED) and last:
        refused = f"{deciders.author(view, last)} {phrases.act(last.act, view.decided_step(last))}"
        return f"{refused}：{last.reason}" if why else f"{refused}，理由见办理记录。"
    if request.state is State.RECORDED:
        return view.face.recorded(view)
    if request.state is State.PUBLISHED:
        return f"已登记发布：{_out(view)}"
    if request.state is State.PAUSED:
        return f"管理员已暂停办理，恢复前不能审批，时限也不计。原因见{where}。"
    if request.state is State.VOIDED:
        return f"{view.face.voided}。原因见{where}。"
    if request.state is State.STOPPED:
        return "申请人报告内容可能涉密，已停止。标题、各版正文和附件已删除，只留编号、经过和校验值。"
    return view.face.withdrawn(view)


def _out(view: View) -> str:
    """Where it came out; on several media, on which and on which not."""
    outcome = view.request.outcome
    links = outcome.get("links") or {}
    if len(view.media) < 2 or not links:
        return str(outcome.get("published_url", ""))
    return "；".join(f"{medium.name} {links.get(medium.no, '未发布')}" for medium in view.media)


def _progress(view: View) -> tuple[Row, ...]:
    request = view.request
    rows = about(view)
    for step in request.chain:
        decision = view.decision_at(step.name, request.version)
        if step.passed_by_rule:
            rows.append(Row(phrases.role(step)[:5], step.passed_by_rule))
        elif step is request.current and (how := operations.together(step)):
            rows.append(Row(phrases.role(step)[:5], f"待 {phrases.holders(view) or '（暂缺）'}。{how}"))
        elif decision and decision.act in PASSING:
            word = (
                "已通过"
                if step.verb in (Verb.EXAMINE, Verb.APPROVE)
                else f"已{phrases.done(decision.act, step)}"
            )
            told = f"{phrases.decider(view, decision)} {word} {when(decision.at, view.now)}"
            rows.append(Row(phrases.role(step)[:5], told))
        elif step is request.current:
            rows.append(Row(phrases.role(step)[:5], f"待 {phrases.holders(view) or '（暂缺）'}"))
        elif request.current:
            why = f"：{'；'.join(step.because)}" if step.because else ""
            rows.append(Row(phrases.role(step)[:5], f"接着{step.verb}{why}"))
    return (*rows, *_expected(view))


def _expected(view: View) -> list[Row]:
    """By when the present step is due, and by when everything can be finished."""
    request = view.request
    if request.current is None or request.due_at is None:
        return []
    if not phrases.following(request.chain, request.step):
        return [Row("预计", phrases.due(view))]
    finish = phrases.finish(view)
    return [Row("本步", phrases.due(view)), *([Row("预计", f"{finish}办完")] if finish else [])]


def about(view: View) -> list[Row]:
    """What it is about, as long as that is kept."""
    if not view.request.form:
        return []
    media = phrases.media(view)
    return [*([Row("媒体", media)] if media else []), *view.face.marks(view)]


def _hint(view: View) -> str:
    request = view.request
    if request.state is State.AWAITING_PUBLISH and view.obstacle:
        return f"恢复后会通知您；不再发布请 /撤回 {request.number}。"
    if request.state is State.AWAITING_PUBLISH:
        how = f"{_so_far(view)}发布后请按“登记回执”，或发：/回执 {request.number} 链接。"
        return f"{how}内容若有改动，须重新 /发布（第八条 一事一审）。"
    if request.state is State.RETURNED:
        return _revise(view)
    if request.state is State.IN_REVIEW:
        return phrases.silence(view)
    if request.state is State.PUBLISHED:
        return "登记即确认发布内容与批准的一致。如有改动，须重新 /发布（第八条 一事一审）。"
    if request.state is State.STOPPED:
        return "涉密内容不上网：请当面或书面联系本单位保密员、学校保密办（第八条）。"
    if request.state is State.REJECTED:
        step = view.decided_step(view.refusal) if view.refusal else None
        basis = f"依据{step.article}。" if step and "（第" not in view.face.again else ""
        return view.face.again + basis
    return ""


def _so_far(view: View) -> str:
    """Of several media, where it is out already."""
    links = view.request.outcome.get("links") or {}
    out = [medium.name for medium in view.media if medium.no in links]
    return f"已登记：{'、'.join(out)}。" if out else ""


def _revise(view: View) -> str:
    """What a returned request asks for, and what happens if nobody acts."""
    number = view.request.number
    may_end = Act.WITHDRAW in view.face.applicants
    return (
        f"{view.face.stays}请按意见修改后重新提交：/修改 {number}。修改后从头审批；"
        f"{f'不再办理请 /撤回 {number}。' if may_end else ''}不办会按工作日提醒。"
    )


def _applicants(view: View) -> tuple[Button, ...]:
    request = view.request
    if view.reader in view.told:
        return ()

    def button(text: str, act: str, style: Style = Style.DEFAULT) -> Button:
        return Button(text, act, request.number, request.step, request.version, style)

    called: Mapping[Act, tuple[str, Style]] = _BUTTONS
    acts = _OFFERED.get(request.state, ()) or ((Act.AGAIN,) if request.state in SENT_AGAIN else ())
    if request.register and request.state is State.RECORDED:
        called = {Act.REVISE: ("更正", Style.PRIMARY), Act.WITHDRAW: (view.face.off, Style.DEFAULT)}
        acts = tuple(called)
    hidden = {Act.RECEIPT} if view.obstacle else set()
    own = [
        button(called[act][0], act, called[act][1])
        for act in acts
        if act in view.face.applicants and act not in hidden
    ]
    return (*own, button("查看", "view")) if acts else ()


def show(view: View, entries: Sequence[TrailEntry], *, body: bool) -> Card:
    """Everything about a request: chain, every act in order, who is waited for, due when and why."""
    request = view.request
    panels = [Panel("办理记录", tuple(acts.told(view, entry) for entry in entries if acts.shown(entry)))]
    if body and request.form:
        panels += view.face.details(view)
    waiting = request.current
    return Card(
        title=phrases.heading(phrases.state(view), request),
        tone=_tone(view),
        tag=phrases.state(view),
        lead=_standing(view, why=False),
        rows=_show_rows(view, body=body and bool(request.form)),
        stops=path.stops(view, entries),
        panels=tuple(panels),
        note=f"{phrases.rests(view, waiting)}。{phrases.silence(view)}" if waiting else _hint(view),
        shows=phrases.shows(view) if body else None,
    )


def _show_rows(view: View, *, body: bool) -> tuple[Row, ...]:
    request = view.request
    rows = [
        Row("事项", view.face.form.title),
        _from(view),
        *about(view),
        Row("提交", f"{when(request.submitted_at, view.now)}，{phrases.edition(request)}"),
        *([Row("指纹", request.digest[:16])] if body else []),
        Row("截至", when(view.now, view.now)),
    ]
    if request.current:
        rows.append(Row("等待", _waiting(view)))
        if told := phrases.delivered(view):
            rows.append(Row("卡片", _few(told, request)))
        rows.append(Row("请于", phrases.due(view)))
    if copied := view.request.outcome.get("cc"):
        rows.append(Row("抄送", "、".join(_read(view, *one) for one in copied.items())))
    return tuple(rows)


def _read(view: View, person: str, at: str) -> str:
    """唐老师（11月23日（周一）10:02 已看）"""
    seen = f"{when(datetime.fromisoformat(at), view.now)} 已看" if at else "还没有看"
    return f"{view.name(person)}（{seen}）"


def _from(view: View) -> Row:
    """Who asks, of which unit; what nobody applies for goes to a unit."""
    if view.face.asker_unit:
        return Row(view.face.asker, phrases.asker(view))
    who = view.name(view.request.applicant)
    if view.face.opening:
        return Row("发往", f"{view.unit}（{who} 发起）")
    return Row("申请人", f"{who}（{view.unit}）")


def _few(told: Sequence[str], request: Request) -> str:
    more = f"；其余 {len(told) - _CARDS} 人见 /为什么 {request.number}" if told[_CARDS:] else ""
    return "；".join(told[:_CARDS]) + more


def _waiting(view: View) -> str:
    """Who is waited for, and who of them hears nothing of it."""
    if not view.holders:
        return "暂缺办理人，已告知全媒体中心"
    silent = [person for person in view.holders if person in view.unreached]
    told = f"；联系不上 {phrases.names(view, silent)}，已告知全媒体中心" if silent else ""
    return phrases.holders(view) + told


def onward(view: View) -> str:
    """Where the request stands now, in half a sentence."""
    request = view.request
    if request.current is None:
        return f"现在：{phrases.state(view)}。"
    if not view.holders:
        return f"现在等{phrases.role(request.current)}，暂缺办理人，已告知全媒体中心。"
    return f"现在等 {phrases.waited(view, phrases.role(request.current))}。"
