"""What a campaign asks of one medium, and how far it is (form F12, Article 5(1))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import phrases
from cards.card import Button, Card, Chart, Panel, Row, Style, Tone
from cards.duties import Owed
from cards.form_dispatch import FORWARD, HEAD, JOINT, NO, OUT, PIN
from cards.processes import dispatch
from cards.times import deadline, when
from cards.view import View
from storage.records import Act, Medium, Request, State

TEMPLATE = "campaign"
DONE, CANNOT, BEGUN, SILENT, COMING, GONE = "已完成", "不能完成", "已收到", "未回复", "待发出", "已停用"
STAGES = (DONE, BEGUN, SILENT, CANNOT, COMING, GONE)
OPEN = (BEGUN, SILENT, COMING)
"""Where an answer is still waited for."""

_DOES = {FORWARD: "转发", JOINT: "参与联合发布", HEAD: "更换头图", PIN: "置顶"}


@dataclass(frozen=True, slots=True)
class Told:
    """One medium's call as it is read: names, and what was answered, by whom and when."""

    medium: Medium
    stage: str
    said: str = ""
    who: str = ""
    at: datetime | None = None
    received: str = ""
    late: bool = False
    shots: int = 0


def call(owed: Owed, view: View, told: Told, *, copy: bool) -> Card:
    """What one medium is asked for; once it has answered, or the campaign has ended, that."""
    request, medium = view.request, told.medium
    if request.state is not State.RECORDED:
        text = f"这次调动已提前结束，“{medium.name}”不用再办。"
        return _over("已结束", request, Tone.CLOSED, text, "已结束")
    if told.stage in (DONE, CANNOT):
        return _answered(view, told)
    if told.stage == GONE:
        return _over(GONE, request, Tone.CLOSED, f"“{medium.name}”已{medium.state}，不用再办。", "不用再办")
    over = dispatch.until(request) <= view.now
    action = request.form.get("action", "")
    return Card(
        title=phrases.heading(f"{'未回复' if over else '待'}{'' if over else action}", request),
        tone=Tone.ALARM if over else Tone.WAITING,
        tag="已截止" if over else owed.tag,
        lead=_asks(view, told, over=over, copy=copy),
        rows=(
            Row("媒体", f"{medium.name}（{medium.platform_type}）"),
            Row("时间", dispatch.window(request, view.now)),
            Row("联系人", _contact(view)),
            *((Row("收到", told.received),) if told.received else ()),
        ),
        text=f"要求：{dispatch.text_of(view)}",
        panels=_material(request),
        note=_how(request, action),
        buttons=(
            *(() if told.received else (_button("收到", Act.RECEIVED, request, medium),)),
            _button("完成", Act.DONE, request, medium, Style.PRIMARY),
            _button("不能完成", Act.CANNOT, request, medium),
            Button("查看", "view", request.number),
        ),
    )


def _button(text: str, act: Act, request: Request, medium: Medium, style: Style = Style.DEFAULT) -> Button:
    return Button(text, act, request.number, medium.no, request.version, style)


def _asks(view: View, told: Told, *, over: bool, copy: bool) -> str:
    request, name = view.request, told.medium.name
    action = str(request.form.get("action", ""))
    if over:
        who = "请了解情况，并请运营人员回复" if copy else "请补报情况"
        return f"“{name}”到截止时间还没有回复，{who}。没有回复不等于没有做，系统不作认定。"
    return f"全媒体中心统一调动：请“{name}”{_DOES.get(action, action)}《{request.title}》（第五条（一））。"


def _contact(view: View) -> str:
    known = view.people.get(str(view.request.form.get("person", "")))
    return " ".join(filter(None, (known.name, known.mobile))) if known else "全媒体中心"


def _material(request: Request) -> tuple[Panel, ...]:
    form = request.form
    asked = str(form.get("instruction", ""))
    long = asked if len(asked) > dispatch.EXCERPT else ""  # a short one stands on the card already
    whole = [("要求", long), ("素材", str(form.get("material") or ""))]
    files = tuple(phrases.files(form))
    shown = [Panel(title, (text,)) for title, text in whole if text]
    return (*shown, Panel("附件（按“查看”发给您）", files)) if files else tuple(shown)


def _how(request: Request, action: str) -> str:
    approved = "需要发布的稿件仍按 /发布 办理审批。" if action in OUT else ""
    if request.form.get("must_reply") == NO:
        return f"{approved}这次不要求回复，也不会提醒。"
    how = "任一位运营人员回复即可。也可发："
    return f"{approved}{how}/完成 {request.number} 链接，/不能完成 {request.number} 理由。"


def _answered(view: View, told: Told) -> Card:
    at = f"{when(told.at, view.now)} " if told.at else ""
    late = "（截止后）" if told.late else ""
    text = f"“{told.medium.name}”：{told.who} 于 {at}回复{told.stage}{late}。{told.said}"
    tone = Tone.DONE if told.stage == DONE else Tone.CLOSED
    return _over(told.stage, view.request, tone, text, told.stage)


def _over(word: str, request: Request, tone: Tone, text: str, closed: str) -> Card:
    return Card(title=phrases.heading(word, request), tone=tone, tag=word, lead=text, closed=closed)


def line(told: Told) -> str:
    """机电之声：https://… （李老师，截止后，截图 1 张）"""
    late = "，截止后" if told.late else ""
    shots = f"，截图 {told.shots} 张" if told.shots else ""
    who = f"（{told.who}{late}{shots}）" if told.who else ""
    return f"{told.medium.name}{f'：{told.said}' if told.said else ''}{who}"


def progress(view: View, calls: Sequence[Told], *, following: bool = False) -> Card:
    """How far a campaign is, for the centre; `following` where it is sent by itself, once the window is
    over."""
    request, total = view.request, len(calls)
    by: Mapping[str, list[Told]] = {stage: [one for one in calls if one.stage == stage] for stage in STAGES}
    done, open_ = len(by[DONE]), sum(len(by[one]) for one in OPEN)
    ended, over = request.state is not State.RECORDED, dispatch.until(request) <= view.now
    tag = "已提前结束" if ended else "已截止" if over else "进行中"
    left = f"还有 {open_} 个没有回复。" if open_ and (over or following) else ""
    return Card(
        title=f"{request.number} {request.title} {done}/{total}",
        tone=Tone.CLOSED if ended else Tone.DONE if not open_ else Tone.ALARM if over else Tone.INFO,
        tag=tag,
        lead=f"{total} 个媒体{request.form.get('action', '')}，已完成 {done} 个；"
        f"{deadline(dispatch.until(request), view.now)}截止（第五条（一））。{left}",
        rows=tuple(Row(stage, f"{len(by[stage])} 个") for stage in STAGES if by[stage]),
        chart=Chart(tuple((stage, len(by[stage])) for stage in STAGES if by[stage] or stage in STAGES[:4])),
        panels=tuple(Panel(stage, tuple(map(line, by[stage]))) for stage in _ORDER if by[stage]),
        note=f"逾期的提醒第一责任人，是否追问由您决定。表格请发：/调动 结果 {request.number}",
        buttons=_offered(request, ended=ended),
    )


_ORDER = (SILENT, BEGUN, CANNOT, DONE, COMING, GONE)
"""What somebody may have to ask about comes first."""


def _offered(request: Request, *, ended: bool) -> tuple[Button, ...]:
    place = (request.number, request.step, request.version)
    fresh = (Button("刷新", "campaign_again", *place), Button("结果表", "campaign_result", *place))
    if ended:
        return fresh
    return (
        *fresh,
        Button("追加媒体", Act.WIDEN, *place),
        Button("延期", Act.EXTEND, *place),
        Button("收回", Act.END, *place, Style.DANGER),
    )


def silence(view: View, ends_at: datetime, posts: int) -> Card:
    """A silence that is ordered or in force, for the centre."""
    request = view.request
    over = request.state is not State.RECORDED or ends_at <= view.now
    return Card(
        title=f"{request.number} {request.title}",
        tone=Tone.CLOSED if over else Tone.ALARM,
        tag="已结束" if over else "静默",
        lead=f"{dispatch.aim(request)}静默，{dispatch.window(request, view.now)}（第五条（一））。",
        rows=(Row("暂停发布", f"{posts} 件在办稿件"),) if not over else (),
        note="" if over else f"到期自动结束；提前结束请发：/解除静默 {request.number}",
        buttons=() if over else (Button("解除静默", "lift_silence", request.number),),
    )
