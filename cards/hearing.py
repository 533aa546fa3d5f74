"""The letters to those concerned by a case: what is alleged and how to answer, and what was decided."""

from datetime import datetime

from cards import phrases
from cards.card import Button, Card, Panel, Row, Style, Tone
from cards.form_violation import DISPOSAL, PLEA, REVIEW
from cards.plain import rows
from cards.processes import violation as case
from cards.times import deadline
from cards.view import View
from storage.records import Act
from storage.vocabulary import HAND_OVER, UNFOUNDED

_APPEALED = "已申诉，由中心另一位同志复核；复核前原决定照常执行。依据第十五条。"
_FINAL = "复核为最终决定。"


def allegation(view: View, rung: int = 0) -> Card:
    """What is alleged, under which clause, on what evidence, by when and how to answer; never by whom."""
    request, until = view.request, _until(view)
    if request.step != "dispose" or request.current is None:
        return _over(view, "已处理" if request.form.get(case.DISPOSED) else phrases.state(view))
    if view.reader in {one["person"] for one in request.form.get("pleas", ())}:
        return _answered(view)
    over = datetime.fromisoformat(request.outcome["hearing"]["ends"]) <= view.now
    plead = Button("申辩", Act.SUPPLY, request.number, PLEA.kind, request.version, Style.PRIMARY)
    silent = f"不申辩不等于承认，也不会自动认定；但期满（{until}）后中心可以据已有材料处理。"
    silent = "申辩期已满，中心可以作出处理；处理前您仍可说明。" if over else silent
    return Card(
        title=phrases.heading("请您说明情况", request),
        tone=Tone.WAITING,
        tag=f"第 {rung} 次提醒" if rung else "待申辩",
        lead=f"全媒体中心就{case.subject(view)}的情况立案核实。这不是结论，请您说明情况，可附材料。",
        rows=(
            Row("请于", f"{until}前"),
            Row("条款", "、".join(request.form.get("clause", ()))),
            Row("发现", str(request.form.get("found_on", ""))),
            Row("证据", _evidence(view)),
        ),
        text=f"事实：{request.form.get('facts', '')}",
        panels=(Panel("反映的情况", tuple(case.told(view))),),
        note=f"{silent}也可发：/申辩 {request.number} 内容。",
        buttons=(plead, _view(view)),
    )


def _answered(view: View) -> Card:
    return Card(
        title=phrases.heading("已申辩", view.request),
        tone=Tone.DONE,
        tag="已申辩",
        lead="您的申辩已记入案卷，中心处理后会把结果告诉您。",
        note=f"处理前要补充的，请发：/申辩 {view.request.number} 内容。",
        buttons=(_view(view),),
    )


def _over(view: View, said: str) -> Card:
    return Card(
        title=phrases.heading(said, view.request),
        tone=Tone.CLOSED,
        tag=said,
        lead=f"{view.request.number} {said}，这张卡片不再需要您办理，请看后面的消息。",
        closed=said,
    )


def _until(view: View) -> str:
    return deadline(datetime.fromisoformat(view.request.outcome["hearing"]["ends"]), view.now)


def _evidence(view: View) -> str:
    count = len(view.request.form.get("files") or ())
    return f"{count} 个文件，清单见“查看”" if count else str(view.request.form.get("evidence", "系统记录"))


def decided(view: View) -> Card:
    """What was decided, why, until when and how it may be appealed against; after a review, its result."""
    request = view.request
    review = request.form.get(case.REVIEWED)
    given, form = (review, REVIEW) if review else (request.form[case.DISPOSED], DISPOSAL)
    unfounded = not review and given["finding"] == UNFOUNDED
    until = request.outcome.get("appeal_until")
    appealed = bool(request.outcome.get("appeal")) and not review
    may = bool(until) and not review and not unfounded and not appealed
    appeal = Button("申诉", Act.APPEAL, request.number, request.step, request.version)
    return Card(
        title=phrases.heading("复核结果" if review else "处理结果", request),
        tone=Tone.DONE if unfounded else Tone.INFO,
        tag="已申诉" if appealed else "已复核" if review else "已处理",
        lead=f"就{case.subject(view)}的情况，全媒体中心已{'复核' if review else '听取意见并作出处理'}。",
        rows=tuple(rows(form, given, view, case.say)),
        text=f"理由：{given.get('reason', '')}",
        note=_APPEALED if appealed else _note(view, until, unfounded=unfounded) if not review else _FINAL,
        buttons=(*((appeal,) if may else ()), _view(view)),
    )


def reviewed(view: View) -> Card:
    """A decision that somebody else has looked at since; what they found has a card of its own."""
    return _over(view, "已复核")


def _note(view: View, until: str | None, *, unfounded: bool) -> str:
    if unfounded or not until:
        return "没有采取措施，也不计入单位的记录。"
    ends = deadline(datetime.fromisoformat(until), view.now)
    number = view.request.number
    how = f"不服可在 {ends}前申诉，由中心另一位同志复核：/申诉 {number} 理由。"
    return f"{how}申诉期间决定照常执行。依据第十五条。"


def slip(view: View) -> Card:
    """The hand-over slip: facts, evidence with hashes, who was heard, decision; discipline stays outside."""
    return Card(
        title=phrases.heading("移交单", view.request),
        lead=f"依处理决定{HAND_OVER}。处分由有权机关按其程序决定，不在本系统办理。",
        text="\n".join(line for panel in case.parts(view) for line in (f"【{panel.title}】", *panel.lines)),
        note="请打印或转发给受理机关；反映人姓名不在单内。",
    )


def _view(view: View) -> Button:
    return Button("查看", "view", view.request.number, view.request.step, view.request.version)
