"""The cards of a request: for whoever must decide, for the applicant, and for whoever looks it up."""

from cards import phrases
from cards.card import Button, Card, Panel, Reason, Row, Style, Tone
from cards.difference import changes
from cards.times import when
from cards.view import View
from storage.records import Act, Decision, Request, State, Step, StepRole

_TONES = {
    State.IN_REVIEW: Tone.WAITING,
    State.RETURNED: Tone.REFUSED,
    State.REJECTED: Tone.REFUSED,
    State.WITHDRAWN: Tone.CLOSED,
    State.AWAITING_PUBLISH: Tone.DONE,
    State.PUBLISHED: Tone.DONE,
}
_BODY_SHOWN = 140


def approval(view: View, step: int, version: int, rung: int = 0) -> Card:
    """The card of one step of one version: open while it waits, afterwards what became of it.

    `rung` is the number of the reminder that brings it, 0 for the first asking.
    """
    request = view.request
    waiting = request.current
    if waiting is None or (request.step, request.version) != (step, version):
        return _closed(view, step, version)
    if view.reader not in view.holders:
        return _elsewhere(view)
    return Card(
        title=phrases.heading(phrases.asked(waiting), request),
        tone=Tone.WAITING,
        tag=f"第 {rung} 次提醒" if rung else phrases.asked(waiting),
        lead=_asking(view, waiting),
        rows=_facts(view),
        text=_excerpt(request),
        panels=_details(view),
        note=f"{phrases.basis(waiting)}。{phrases.silence(view)}",
        buttons=_decisions(request, waiting),
        reason=Reason("reason", "理由或意见", phrases.RETURN_REASONS, "退回、不同意须写明理由"),
        summary=phrases.heading(phrases.asked(waiting), request),
    )


def _asking(view: View, step: Step) -> str:
    request = view.request
    verb = "审查" if step.role is StepRole.SECRECY_REVIEWER else step.verb.value
    text = f"{view.name(request.applicant)}（{view.unit}）申请在“{phrases.media(view)}”发布，请您{verb}。"
    if principal := view.holders.get(view.reader):
        text = f"您代 {view.name(principal)} 办理。" + text
    if step.assigned:
        text = f"{view.name(step.assigned_by)} 转请您办理。" + text
    if step.carries_review:
        text += "除申请人、作者外没有保密审查人，您的同意即同时负责保密审查（第八条）。"
    if request.version > 1:
        text += f"这是第 {request.version} 版。"
    return text


def _facts(view: View) -> tuple[Row, ...]:
    form, request = view.request.form, view.request
    rows = [Row("来源", phrases.source(form)), Row("涉及", phrases.topics(form))]
    rows.append(Row("拟发布", phrases.moment(form, view.now)))
    if request.urgency != "普通":
        rows.append(Row("紧急", phrases.urgency(request.urgency, form.get("urgent_reason", ""))))
    if view.decisions:
        rows.append(Row("已办", "；".join(_passed(view)) or "—"))
    rows.append(Row("请于", phrases.due(view)))
    return tuple(rows)


def _passed(view: View) -> list[str]:
    """Who has decided on this version so far."""
    return [
        f"{view.name(d.actor)} {phrases.act(d.act, view.decided_step(d))}"
        for d in view.decisions
        if d.version == view.request.version
    ]


def _excerpt(request: Request) -> str:
    form = request.form
    text = form.get("summary") or form.get("body") or form.get("link") or ""
    return phrases.excerpt(str(text), _BODY_SHOWN)


def _details(view: View) -> tuple[Panel, ...]:
    form = view.request.form
    panels = []
    if view.before is not None and (changed := changes(view.before, form)):
        panels.append(Panel("与您上次办理时相比", changed))
    if form.get("body"):
        panels.append(Panel("正文", (str(form["body"]),)))
    more = [f"类别：{form.get('info_kind', '新闻')}", f"作者：{form.get('author', '')}"]
    more += [f"链接：{form['link']}"] if form.get("link") else []
    more += [f"附件：{name}" for name in phrases.files(form)]
    panels.append(Panel("稿件信息", tuple(more)))
    declared = (f"保密：{view.name(view.request.applicant)} 声明八项均不涉及（第八条）",)
    panels.append(Panel("声明", (*declared, f"版权：{phrases.assets_line(form)}（第九条）")))
    if view.decisions:
        panels.append(Panel("办理记录", tuple(phrases.decided(view, d) for d in view.decisions)))
    return tuple(panels)


def _decisions(request: Request, step: Step) -> tuple[Button, ...]:
    acts = [Act.APPROVE, Act.RETURN, Act.REJECT]
    if step.role is StepRole.FIRST_RESPONSIBLE:
        acts.insert(1, Act.ESCALATE)
    styles = {Act.APPROVE: Style.PRIMARY, Act.REJECT: Style.DANGER}
    buttons = [
        Button(
            phrases.act(act, step), act, request.number, request.step, request.version,
            styles.get(act, Style.DEFAULT),
        )
        for act in acts
    ]  # fmt: skip
    return (*buttons, view_button(request))


def view_button(request: Request) -> Button:
    return Button("查看", "view", request.number, request.step, request.version)


def _closed(view: View, step: int, version: int) -> Card:
    """What became of a step that no longer waits."""
    request = view.request
    decision = view.decision_at(step, version)
    if decision:
        return _decided_card(view, decision)
    what = "申请人已修改重报" if request.version != version else phrases.STATES[request.state]
    return Card(
        title=phrases.heading("已不需办理", request),
        tone=Tone.CLOSED,
        tag=what,
        lead=f"{request.number} {what}，这张卡片不再需要您办理。",
        closed=what,
        buttons=(),
    )


def _elsewhere(view: View) -> Card:
    """The step waits, but no longer for this reader: it was handed over, or a proxy has ended."""
    return Card(
        title=phrases.heading("已不需办理", view.request),
        tone=Tone.CLOSED,
        tag="已转出",
        lead=f"{_onward(view)}这张卡片不再需要您办理。",
        closed="已转出",
    )


def _decided_card(view: View, decision: Decision) -> Card:
    word = phrases.act(decision.act, view.decided_step(decision))
    good = decision.act in (Act.APPROVE, Act.ESCALATE)
    who = "您" if decision.actor == view.reader else view.name(decision.actor)
    return Card(
        title=phrases.heading("已办", view.request),
        tone=Tone.DONE if good else Tone.REFUSED,
        tag=word,
        lead=f"{who}已{phrases.done(decision.act, view.decided_step(decision))}。{_followed(view, decision)}",
        rows=(Row("媒体", phrases.media(view)), Row("时间", when(decision.at, view.now))),
        text=f"意见：{decision.reason}" if decision.reason else "",
        closed=f"{view.name(decision.actor)}：{word}",
    )


def _followed(view: View, decision: Decision) -> str:
    """What came of a decision, in words that stay true."""
    if decision.act is Act.RETURN:
        return "请申请人修改后重新提交。"
    if decision.act is Act.REJECT:
        return "审批到此结束，不能发布。"
    if decision.version != view.request.version:
        return ""
    following = [step for step in view.request.chain[decision.step + 1 :] if not step.passed_by_rule]
    return f"接着由{phrases.role(following[0])}{following[0].verb}。" if following else "审批全部通过。"


def _onward(view: View) -> str:
    """Where the request stands now, in half a sentence."""
    request = view.request
    if request.current is None:
        return f"现在：{phrases.STATES[request.state]}。"
    if not view.holders:
        return f"现在等{phrases.role(request.current)}，暂缺办理人，已告知全媒体中心。"
    return f"现在等 {phrases.holders(view)}（{phrases.role(request.current)}）。"


def status(view: View) -> Card:
    """The applicant's card: where their request stands, and what they can do now."""
    request = view.request
    return Card(
        title=phrases.heading(phrases.STATES[request.state], request),
        tone=_TONES[request.state],
        tag=phrases.STATES[request.state],
        lead=_standing(view),
        rows=_progress(view),
        panels=_opinions(view),
        note=_hint(view),
        buttons=_applicants(request),
        closed="" if _applicants(request) else phrases.STATES[request.state],
        summary=phrases.heading(phrases.STATES[request.state], request),
    )


def _opinions(view: View) -> tuple[Panel, ...]:
    """What was said with the decisions; that they were taken stands in the rows."""
    said = tuple(phrases.decided(view, d) for d in view.decisions if d.reason)
    return (Panel("办理意见", said),) if said else ()


def superseded(view: View) -> Card:
    """An older card of the applicant's, left behind by a newer one: what it says stays true."""
    return Card(
        title=phrases.heading("已更新", view.request),
        tone=Tone.CLOSED,
        tag="已更新",
        lead="这件申请有了新进展，请看后面最新的一张卡片，或发 /我的。",
        closed="见最新卡片",
    )


def _standing(view: View) -> str:
    request = view.request
    last = view.decisions[-1] if view.decisions else None
    if request.state is State.IN_REVIEW:
        return _onward(view)
    if request.state is State.AWAITING_PUBLISH:
        return f"审批已全部通过，可以在“{phrases.media(view)}”发布。请按批准的内容发布。"
    if request.state in (State.RETURNED, State.REJECTED) and last:
        return f"{view.name(last.actor)} {phrases.act(last.act, view.decided_step(last))}：{last.reason}"
    if request.state is State.PUBLISHED:
        return f"已登记发布：{request.form.get('published_url', '')}"
    return "申请已撤回，审批停止。"


def _progress(view: View) -> tuple[Row, ...]:
    request = view.request
    rows = [Row("媒体", phrases.media(view))]
    for index, step in enumerate(request.chain):
        decision = view.decision_at(index, request.version)
        if step.passed_by_rule:
            rows.append(Row(phrases.role(step)[:5], step.passed_by_rule))
        elif decision and decision.act in (Act.APPROVE, Act.ESCALATE):
            when_ = when(decision.at, view.now)
            rows.append(Row(phrases.role(step)[:5], f"{view.name(decision.actor)} 已通过 {when_}"))
        elif index == request.step and request.state is State.IN_REVIEW:
            rows.append(Row(phrases.role(step)[:5], f"待 {phrases.holders(view) or '（暂缺）'}"))
    if request.due_at:
        rows.append(Row("预计", phrases.due(view)))
    return tuple(rows)


def _hint(view: View) -> str:
    request = view.request
    if request.state is State.AWAITING_PUBLISH:
        return f"发布后请登记：/回执 {request.number} 链接。内容若有改动，须重新 /发布（第八条 一事一审）。"
    if request.state is State.RETURNED:
        return f"请按意见修改后重新提交：/修改 {request.number}。修改后从头审批。"
    if request.state is State.IN_REVIEW:
        return phrases.silence(view)
    if request.state is State.PUBLISHED:
        return "登记即确认发布内容与批准的一致。如有改动，须重新 /发布（第八条 一事一审）。"
    if request.state is State.REJECTED:
        return "这份稿件不能发布（第六条（三）1）。另拟稿件请重新 /发布。"
    return ""


def _applicants(request: Request) -> tuple[Button, ...]:
    def button(text: str, act: str, style: Style = Style.DEFAULT) -> Button:
        return Button(text, act, request.number, request.step, request.version, style)

    if request.state is State.IN_REVIEW:
        return (button("催办", Act.URGE), button("撤回", Act.WITHDRAW), button("查看", "view"))
    if request.state is State.RETURNED:
        return (
            button("修改", Act.REVISE, Style.PRIMARY),
            button("撤回", Act.WITHDRAW),
            button("查看", "view"),
        )
    if request.state is State.AWAITING_PUBLISH:
        return (button("撤回", Act.WITHDRAW), button("查看", "view"))
    return ()


def show(view: View, *, body: bool) -> Card:
    """Everything about a request: chain, decisions, who is waited for, due when and why."""
    request = view.request
    chain = [_chain_line(view, index, step) for index, step in enumerate(request.chain)]
    panels = [Panel("审批路径", tuple(chain))]
    if view.decisions:
        panels.append(Panel("办理记录", tuple(phrases.decided(view, d) for d in view.decisions)))
    if body:
        panels += [panel for panel in _details(view) if panel.title != "办理记录"]
    waiting = request.current
    return Card(
        title=phrases.heading(phrases.STATES[request.state], request),
        tone=_TONES[request.state],
        tag=phrases.STATES[request.state],
        lead=_standing(view),
        rows=_show_rows(view),
        panels=tuple(panels),
        note=f"{phrases.basis(waiting)}。{phrases.silence(view)}" if waiting else _hint(view),
    )


def _show_rows(view: View) -> tuple[Row, ...]:
    request = view.request
    rows = [
        Row("事项", phrases.PROCESSES[request.kind]),
        Row("申请人", f"{view.name(request.applicant)}（{view.unit}）"),
        Row("媒体", phrases.media(view)),
        Row("提交", f"{when(request.submitted_at, view.now)}，第 {request.version} 版"),
        Row("截至", when(view.now, view.now)),
    ]
    if request.current:
        rows.append(Row("等待", phrases.holders(view) or "暂缺办理人，已告知全媒体中心"))
        rows.append(Row("请于", phrases.due(view)))
    return tuple(rows)


def _chain_line(view: View, index: int, step: Step) -> str:
    request = view.request
    name = f"{index + 1}. {phrases.role(step)} {step.verb.value}（{step.article}）"
    if step.because:
        name += f"：{'；'.join(step.because)}"
    decision = view.decision_at(index, request.version)
    if step.passed_by_rule:
        return f"{name} — {step.passed_by_rule}"
    if decision:
        return f"{name} — {phrases.decided(view, decision)}"
    if index == request.step and request.state is State.IN_REVIEW:
        handed = f"（{view.name(step.assigned_by)} 转办）" if step.assigned else ""
        return f"{name} — 正在等 {phrases.holders(view) or '（暂缺办理人）'}{handed}"
    return f"{name} — 未到"
