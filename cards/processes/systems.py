"""A system of a unit on a card: its preview, and what the unit sees of it (form F13)."""

from cards import plain
from cards.form_systems import SYSTEMS
from cards.view import Face, View
from storage.records import Act, State


def concluded(view: View) -> str:
    form = view.request.form
    return f"{form.get('kind', '')}“{form.get('title', '')}”已登记（第七条）。看本单位还缺什么发 /制度。"


FACE: Face = Face(
    form=SYSTEMS,
    wish=lambda view: f"登记{view.request.form.get('kind', '')}“{view.request.form.get('title', '')}”",
    facts=lambda view: plain.rows(SYSTEMS, view.request.form, view),
    excerpt=lambda _: "",
    changed=lambda view: plain.changed(SYSTEMS, view),
    details=lambda view: plain.panels(SYSTEMS, view.request.form),
    whole=plain.whole(SYSTEMS),
    reasons=(),
    concluded=concluded,
    ended="已登记",
    stages={State.WITHDRAWN: "已注销登记"},
    marks=lambda view: plain.rows(SYSTEMS, view.request.form, view)[:1],
    recorded=concluded,
    withdrawn=lambda _: "登记已注销，不再计入本单位的制度；原有记录保留。",
    removal="注销后不再计入本单位的制度，它所替代的恢复有效；原有记录保留。已有新文件的，登记新的并写“替代：编号”即可。",
    applicants=(Act.REVISE, Act.WITHDRAW),
)

preview = plain.preview(
    SYSTEMS,
    lead="按“确认提交”即声明：本单位已印发或起用，材料属实（第七条）。",
    note="提交即登记，不用审批；本单位教职工、全媒体中心和实名审计员可见，有效到被替代为止。",
    title=lambda view: f"登记 {view.request.form.get('title', '')}",
)
