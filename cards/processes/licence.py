"""A licence on a card: its preview, and what the unit sees of it (Article 9)."""

from datetime import date

from cards import expiring, plain
from cards.form_licence import LICENCE
from cards.view import Face, View
from storage.records import Act, Request, State

RENEW = "续期后请按“更正”改截止日期；不再使用请按“注销登记”，并撤下用到它的内容（第九条）。"


def line(request: Request, today: date) -> str:
    """One licence among others: 字体 方正小标宋，有效至 2026-12-31."""
    form = request.form
    return f"{form.get('kind', '')} {form.get('title', '')}，{expiring.until(form, today)}"


def concluded(view: View) -> str:
    form, number = view.request.form, view.request.number
    return (
        f"“{form.get('title', '')}”已登记，有效至 {form.get('until', '')}（第九条）。"
        f"发布时写“授权证明：{number}”即可引用。"
    )


FACE: Face = Face(
    form=LICENCE,
    wish=lambda view: f"登记“{view.request.form.get('title', '')}”的授权",
    facts=lambda view: plain.rows(LICENCE, view.request.form, view),
    excerpt=plain.first_text(LICENCE),
    changed=lambda view: plain.changed(LICENCE, view),
    details=lambda view: plain.panels(LICENCE, view.request.form),
    whole=plain.whole(LICENCE),
    reasons=(),
    concluded=concluded,
    again=RENEW,
    ended="已登记",
    lapsed=lambda view: "授权已过期" if expiring.over(view.request.form, view.now) else "",
    stages={State.WITHDRAWN: "已注销登记"},
    marks=lambda view: plain.rows(LICENCE, view.request.form, view)[1:],
    recorded=concluded,
    withdrawn=lambda _: "登记已注销，以后发布不能再引用；原有记录保留。",
    removal="注销后，发布时不能再引用这份授权；原有记录保留。",
    applicants=(Act.REVISE, Act.WITHDRAW),
)

preview = plain.preview(
    LICENCE,
    lead="按“确认提交”即声明：已取得著作权人许可，材料属实（第九条）。",
    note="提交即登记，不用审批；本单位教职工可见，到期前 30 天和 7 天提醒您。",
    title=lambda view: f"登记 {view.request.form.get('title', '')}",
)
