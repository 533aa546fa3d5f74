"""A personal account on a card: its preview, what its holder and its few readers see (form F11)."""

from cards import plain
from cards.card import Panel, Row
from cards.form_personal import PERSONAL
from cards.view import Face, View
from storage.records import Act, State

PLEDGE = "遵守法律法规，接受公众和单位监督，及时管理留言评论"
SEEN = "只有本人、本单位第一责任人和全媒体中心能看到"


def called(view: View) -> str:
    """微博“小李说机电”"""
    form = view.request.form
    return f"{form.get('platform', '')}“{form.get('title', '')}”"


def facts(view: View) -> list[Row]:
    return plain.rows(PERSONAL, view.request.form, view)


def details(view: View) -> list[Panel]:
    """The short answers too: no other card shows them."""
    return [Panel("登记内容", tuple(plain.lines(PERSONAL, view.request.form, view)))]


def concluded(view: View) -> str:
    return f"{called(view)}已登记（第六条（三）2）。登记不是审批；{SEEN}，离校时随之删除。"


def withdrawn(_: View) -> str:
    return "登记已注销，内容已删除，只留编号、经过和校验值。"


FACE: Face = Face(
    form=PERSONAL,
    wish=lambda view: f"登记{called(view)}",
    facts=facts,
    excerpt=lambda _: "",
    changed=lambda view: plain.changed(PERSONAL, view),
    details=details,
    whole=plain.whole(PERSONAL),
    reasons=(),
    concluded=concluded,
    ended="已登记",
    stages={State.WITHDRAWN: "已注销登记"},
    recorded=concluded,
    withdrawn=withdrawn,
    removal="注销后，登记的内容从本系统删除，只留编号、经过和校验值。账号本身不受影响；需要时可重新登记。",
    applicants=(Act.REVISE, Act.WITHDRAW),
)

preview = plain.preview(
    PERSONAL,
    lead=f"按“确认提交”即承诺：{PLEDGE}（第六条（三）2）。",
    note=f"提交即登记，不用审批；{SEEN}。随时可更正、注销。",
    title=lambda view: f"登记{called(view)}",
    secrecy=False,
)
