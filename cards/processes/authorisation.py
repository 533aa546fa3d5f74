"""An authorisation to use a name, on a card: what approvers are shown, and what it then says (form F14)."""

from datetime import date

from cards import expiring, plain
from cards.card import Panel
from cards.form_authorisation import AUTHORISE
from cards.view import Face, View
from storage.records import Request

ENDED = "ended"
"""Of what came of it: that it ended before its time, on which day (`on`), by whom and why."""


def line(request: Request, today: date) -> str:
    """One authorisation among others: 哔哩哔哩 哈工大机器人队，有效至 2027-11-30."""
    form, early = request.form, request.outcome.get(ENDED)
    lasts = f"{early['on']} 提前终止" if early else expiring.until(form, today)
    return f"{form.get('platform', '')} {form.get('title', '')}，{lasts}"


def _period(view: View) -> str:
    form = view.request.form
    return f"{form.get('valid_from', '')} 至 {form.get('until', '')}"


def details(view: View) -> list[Panel]:
    return plain.compared(AUTHORISE, view)


def lapsed(view: View) -> str:
    """授权已终止 before its time, 授权已到期 after it."""
    if view.request.outcome.get(ENDED):
        return "授权已终止"
    return "授权已到期" if expiring.over(view.request.form, view.now) else ""


def recorded(view: View) -> str:
    if early := view.request.outcome.get(ENDED):
        name = view.request.form.get("title", "")
        return f"“{name}”的授权已于 {early['on']} 提前终止，不得再使用（第十一条）。原因：{early['reason']}"
    return f"已授权使用“{view.request.form.get('title', '')}”，{_period(view)}，当天仍有效（第十一条）。"


FACE: Face = Face(
    form=AUTHORISE,
    wish=lambda view: f"在{view.request.form.get('platform', '')}使用“{view.request.form.get('title', '')}”",
    facts=lambda view: plain.rows(AUTHORISE, view.request.form, view),
    excerpt=plain.first_text(AUTHORISE),
    changed=lambda view: plain.changed(AUTHORISE, view),
    details=details,
    whole=plain.whole(AUTHORISE),
    reasons=("用途需说明", "名称容易混淆", "期限过长", "应先 /备案"),
    concluded=recorded,
    rejected="审批到此结束，不得使用这个名称（第十一条）。",
    again="继续使用须在到期前重新 /授权；到期后不得再以这个名称运营（第十一条）。",
    ended="已授权",
    lapsed=lapsed,
    recorded=recorded,
)

preview = plain.preview(
    AUTHORISE,
    lead="按“确认提交”即声明：不与校外单位协办，只按所写用途使用，到期停用（第十一条）。",
    note="批准后方可使用，到期前 30 天和 7 天提醒您。",
    title=lambda view: f"授权使用 {view.request.form.get('title', '')}",
)
