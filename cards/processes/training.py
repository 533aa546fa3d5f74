"""A training on a card: its preview, and what those see of it who look it up (form F13)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards import plain
from cards.card import Panel
from cards.form import Form
from cards.form_training import TRAINING
from cards.view import Face, View
from storage.records import Act, State

FOR_ORGANISER = ("quiz", "people")
"""What only its organiser reads: the answers, and who was asked to come."""

_REST = replace(TRAINING, fields=tuple(f for f in TRAINING.fields if f.name not in FOR_ORGANISER))


def form_for(view: View) -> Form:
    """The fields that this reader is shown."""
    return TRAINING if view.request.applicant == view.reader else _REST


def whole(view: View) -> str:
    return "\n".join(plain.lines(form_for(view), view.request.form, view))


def details(view: View) -> list[Panel]:
    return plain.panels(form_for(view), view.request.form)


def called(form: Mapping[str, Any]) -> str:
    """警示教育“新媒体运营警示教育”"""
    return f"{form.get('kind', '')}“{form.get('title', '')}”"


def concluded(view: View) -> str:
    number = view.request.number
    return f"{called(view.request.form)}已登记（第七条）。显示签到码、看签到和测验情况请发：/培训 {number}"


FACE: Face = Face(
    form=TRAINING,
    wish=lambda view: f"登记{called(view.request.form)}",
    facts=lambda view: plain.rows(form_for(view), view.request.form, view),
    excerpt=lambda _: "",
    changed=lambda view: plain.changed(TRAINING, view),
    details=details,
    whole=whole,
    reasons=(),
    concluded=concluded,
    ended="已登记",
    stages={State.WITHDRAWN: "已取消"},
    marks=lambda view: plain.rows(_REST, view.request.form, view)[:1],
    recorded=concluded,
    withdrawn=lambda _: "培训已取消，不再计入；原有记录保留。",
    off="取消培训",
    removal="取消后不能再签到，已签到的不再计入；通知过的人会收到消息。原有记录保留。",
    applicants=(Act.REVISE, Act.WITHDRAW),
)

preview = plain.preview(
    TRAINING,
    lead="提交即登记，不用审批（第七条）。",
    note="写了姓名的会收到通知；签到码在会场显示。",
    title=lambda view: f"培训 {view.request.form.get('title', '')}",
)
