"""统一调动 on a card: what will be asked of which media, and what has been (form F12, Article 5(1))."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cards import phrases, plain
from cards.card import Card, Panel, Row
from cards.form import Field
from cards.form_dispatch import DISPATCH, SCHOOL, SILENCE
from cards.times import SHANGHAI, brief, deadline, short_day, when
from cards.view import Face, View
from storage.records import Draft, Request, State

UNTIL = "until"
"""Of the form, and of what came of it where the centre gave another time."""

SHOTS = "shots"
"""Under which the form keeps the screenshots that media have added: one entry a medium."""

MINUTE = timedelta(minutes=1)
EXCERPT = 80
"""Characters of what is asked on the card of a medium; more stands behind a fold."""


def silent(request: Request) -> bool:
    """Whether it asks media to keep silence, and nothing else."""
    return request.form.get("action") == SILENCE


def everywhere(request: Request) -> bool:
    """Whether all media of the school keep silence."""
    return silent(request) and SCHOOL in request.form.get("targets", ())


def until(request: Request) -> datetime:
    """The first moment after the window: 23:59 is the end of its day."""
    at = datetime.fromisoformat(str(request.outcome.get(UNTIL) or request.form[UNTIL]))
    return at + MINUTE if (at.hour, at.minute) == (23, 59) else at


def window(request: Request, now: datetime) -> str:
    """即刻至 12月2日 18:00, short enough that WeCom cuts nothing of it; whole days where that is what is
    asked."""
    begins = request.form.get("starts")
    at = datetime.fromisoformat(str(begins)) if begins else request.submitted_at if request.number else None
    first = short_day(at.astimezone(SHANGHAI).date(), now) if at else "即刻"
    if silent(request):
        return f"{first}至 {short_day((until(request) - MINUTE).date(), now)}，含当天"
    clock = f" {at.astimezone(SHANGHAI):%H:%M}" if at else ""
    return f"{first}{clock}至 {brief(until(request), now)}"


def _said(view: View, field: Field, value: Any) -> str:
    if field.name == UNTIL:
        return deadline(until(view.request), view.now)
    if field.name == "starts":
        return when(datetime.fromisoformat(str(value)), view.now)
    return plain.answer(view, field, value)


def _values(view: View) -> Mapping[str, Any]:
    """The answers, without those that say nothing here."""
    left = ("must_reply",) if silent(view.request) else ("spared",)
    return {name: value for name, value in view.request.form.items() if name not in left}


def _count(view: View) -> int:
    return len(view.request.facts.get("media") or ())


def aim(request: Request) -> str:
    """全校媒体, or how many of which platforms: 12 个媒体（微信公众号 8、单位网站 4）."""
    facts = request.facts
    if everywhere(request):
        return "全校媒体"
    return f"{len(facts.get('media') or ())} 个媒体（{facts.get('counted', '')}）"


def _listed(view: View) -> list[Panel]:
    """Which media, and which of those meant are left out since they are not in use."""
    names, resting = view.request.facts.get("names") or (), view.request.facts.get("resting") or ()
    shown = [Panel(f"媒体 {len(names)} 个", tuple(names))] if names else []
    return (
        [*shown, Panel(f"停更、停止运行的 {len(resting)} 个，不在内", tuple(resting))] if resting else shown
    )


def _shots(view: View) -> list[Panel]:
    """Which media have added screenshots, and what these are called."""
    added = view.request.form.get(SHOTS) or ()
    given = [(one, "、".join(phrases.files(one)) or one.get("screenshot", "")) for one in added]
    told = [f"{one['name']}：{shown}（{view.name(one['person'])}）" for one, shown in given]
    return [Panel(f"截图 {len(told)} 个媒体", tuple(told))] if told else []


def rows(view: View) -> list[Row]:
    values = {k: v for k, v in _values(view).items() if k not in ("starts", UNTIL, "targets")}
    return [
        Row("范围", aim(view.request)),
        Row("时间", window(view.request, view.now)),
        *plain.rows(DISPATCH, values, view, _said),
    ]


def details(view: View) -> list[Panel]:
    return [*plain.panels(DISPATCH, view.request.form), *_listed(view), *_shots(view)]


def whole(view: View) -> str:
    lines = plain.lines(DISPATCH, _values(view), view, _said)
    for panel in (*_listed(view), *_shots(view)):
        lines += [f"【{panel.title}】", *panel.lines]
    return "\n".join(lines)


def opening(view: View) -> str:
    issuer = view.name(view.request.applicant)
    if silent(view.request):
        return f"全媒体中心（{issuer}）要求{aim(view.request)}静默"
    return f"全媒体中心（{issuer}）统一调动{aim(view.request)}：{view.request.form.get('action', '')}"


def recorded(view: View) -> str:
    """Where it stands to whoever ordered it."""
    number = view.request.number
    if silent(view.request):
        return f"{aim(view.request)}静默，{window(view.request, view.now)}。提前结束请发：/解除静默 {number}"
    return (
        f"已发给 {aim(view.request)}，{window(view.request, view.now)}。看进度请发：/调动 进度 {number}；"
        "还可 /追加媒体、/延期、/收回。"
    )


def withdrawn(view: View) -> str:
    return "静默已提前解除。" if silent(view.request) else "已收回，各媒体不用再办；已完成的记录保留。"


FACE: Face = Face(
    form=DISPATCH,
    wish=lambda view: f"{view.request.form.get('action', '')}《{view.request.form.get('campaign', '')}》",
    opening=opening,
    facts=rows,
    marks=lambda view: [Row("时间", window(view.request, view.now))],
    excerpt=plain.first_text(DISPATCH),
    changed=lambda _: (),
    details=details,
    whole=whole,
    reasons=(),
    concluded=recorded,
    recorded=recorded,
    withdrawn=withdrawn,
    ended="已发出",
    stages={State.WITHDRAWN: "已提前结束"},
    applicants=(),
    asker="发起人",
)


def _lead(view: View) -> str:
    if silent(view.request):
        posts = view.request.facts.get("posts", 0)
        held = f"{posts} 件在办稿件将暂停发布；" if posts else ""
        return f"按“确认提交”即要求{aim(view.request)}静默：{held}不能发起新的发布（第五条（一））。"
    return f"按“确认提交”即以全媒体中心名义发给 {_count(view)} 个媒体的运营人员（第五条（一））。"


def _title(view: View) -> str:
    form = view.request.form
    action = "" if silent(view.request) else f"{form.get('action', '')} "
    return f"{action}{form.get('campaign', '')}"


_plain = plain.preview(
    DISPATCH,
    lead="",
    note="不得写入涉密内容（第八条）。",
    title=_title,
    path=False,
    secrecy=False,
    say=_said,
)


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """What will be sent, to how many media and which."""
    shown = _plain(draft, view, fetching)
    return replace(shown, lead=_lead(view), rows=tuple(rows(view)), panels=tuple(details(view)))


def text_of(view: View) -> str:
    """The beginning of what is asked."""
    return phrases.excerpt(str(view.request.form.get("instruction", "")), EXCERPT)
