"""Papers that go out: the notice of rectification, the authorisation, the hand-over slip (forms F10, F14)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cards import deciders
from cards.form_rectify import CLOSE, STOP
from cards.notice_number import notice_number
from cards.paper import Heading, Paper, Part, Table, Text, day
from cards.paper_record import CENTRE, SCHOOL, check, record
from cards.processes import rectify, violation
from cards.times import SHANGHAI
from cards.view import View
from storage.records import State, TrailEntry

_MEASURES = f"《{SCHOOL}全媒体管理办法》"

_AT_ONCE = {
    STOP: "自本通知发出时起停止运行，整改经全媒体中心通过后恢复。",
    CLOSE: "请按规定办理注销，并提交平台注销的证明。",
}
"""What a measure means besides the work to be done."""


def notice(view: View, basis: str) -> Paper:
    """整改通知书, as it went out: problem, requirement, measure and last day."""
    request, form = view.request, view.request.form
    on = "、".join(f"“{one.name}”（{one.platform_type}，备案号{one.no}）" for one in view.media)
    due = day(date.fromisoformat(str(form[rectify.DUE])))
    measure = str(form.get("measure", ""))
    case = f"依据案件：{form['basis']}。" if form.get("basis") else ""
    return Paper(
        issuer=CENTRE,
        number=notice_number(request.number),
        title="整改通知书",
        mark="已作废" if request.state in (State.VOIDED, State.WITHDRAWN) else "",
        to=view.unit,
        parts=(
            Text(f"根据{_MEASURES}（{basis}）第十五条，现就{on or '你单位'}有关问题通知如下。{case}"),
            Heading("一、存在问题"),
            Text(str(form.get("problem", ""))),
            Heading("二、整改要求"),
            Text(str(form.get("requirement", ""))),
            Heading("三、措施和期限"),
            Text(f"措施：{measure}。{_AT_ONCE.get(measure, '')}请于{due}前完成，由你单位第一责任人回复。"),
            Text(f"回复办法：在“全媒”里发“/回复整改 {request.number}”，附整改前后的证据。"),
        ),
        signed="全媒体中心",
        on=request.submitted_at.astimezone(SHANGHAI).date(),
        check=check(view),
        cc=tuple(view.name(one) for one in request.outcome.get("cc") or ()),
        printed=CENTRE,
    )


def grant(view: View, basis: str) -> Paper:
    """授权书: which name, where, what for, from when until when."""
    request, form = view.request, view.request.form
    first, last = (day(date.fromisoformat(str(form[key]))) for key in ("valid_from", "until"))
    agreed = "、".join(
        dict.fromkeys(deciders.author(view, one) for one in view.decisions if view.counts(one))
    )
    at = view.decisions[-1].at if view.decisions else request.submitted_at
    return Paper(
        issuer=CENTRE,
        number=f"编号：{request.number}",
        title="校名使用授权书",
        to=view.unit,
        parts=(
            Text(
                f"根据{_MEASURES}（{basis}）第十一条，经{agreed}审批同意，授权你单位在{form['platform']}"
                f"使用“{form['title']}”名称。"
            ),
            Heading("一、用途"),
            Text(str(form.get("purpose", ""))),
            Heading("二、期限"),
            Text(f"自{first}起至{last}止，最后一日仍有效。期满停止使用；需要继续使用的，在期满前重新申请。"),
            Heading("三、要求"),
            Text("只在上述平台按上述用途使用，不与校外单位协办，到期停用。"),
        ),
        signed="全媒体中心",
        on=at.astimezone(SHANGHAI).date(),
        check=check(view),
        printed=CENTRE,
    )


def slip(view: View, entries: Sequence[TrailEntry], basis: str) -> Paper:
    """移交单: facts, evidence with hashes, who was heard, decision; who reported it is not in it."""
    parts: list[Part] = [
        Text(
            f"根据{_MEASURES}（{basis}）第十五条，现将{violation.subject(view)}有关情况移交。"
            "处分由有权机关按其程序决定，不在本系统办理。"
        )
    ]
    told = tuple((panel.title, "\n".join(panel.lines)) for panel in violation.parts(view))
    parts.append(Table(told, widths=(1, 4)))
    whole = record(view, entries, basis)
    return replace(whole, title="移交单", parts=tuple(parts), signed="全媒体中心")
