"""A medium that ends, on a card: what approvers are shown, and the proof (form F8)."""

from cards import part, phrases, plain
from cards.card import Panel, Row
from cards.form_deregister import DEREGISTER, PROOF, STOPPING
from cards.view import Face, View

KEY = "proof"


def _name(view: View) -> str:
    return phrases.media(view)


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    way = view.request.form.get("way", "")
    return f"“{_name(view)}”{'停更' if way == STOPPING else way}"


def facts(view: View) -> list[Row]:
    """What the approver needs at a glance."""
    return plain.rows(DEREGISTER, view.request.form, view)


def details(view: View) -> list[Panel]:
    return [*plain.compared(DEREGISTER, view), *plain.supplied(view, KEY, PROOF)]


def concluded(view: View) -> str:
    return f"“{_name(view)}”已{view.request.outcome.get('state', '注销')}，台账保留记录。"


def recorded(view: View) -> str:
    """Where it stands to whoever asked for it."""
    return concluded(view)


FACE: Face = Face(
    form=DEREGISTER,
    wish=wish,
    facts=facts,
    excerpt=plain.first_text(DEREGISTER),
    changed=lambda view: plain.changed(DEREGISTER, view),
    details=details,
    whole=plain.whole(DEREGISTER, ((KEY, PROOF),)),
    reasons=("请先归档历史内容", "请先发布停更公告", "请写明承接媒体", "原因需说明"),
    concluded=concluded,
    rejected="审批到此结束，媒体照旧管理。",
    again="这件注销没有通过。情况有变请重新 /注销。",
    ended="已办结",
    recorded=recorded,
)

PROOF_FACE = part.face(PROOF, KEY, wish, concluded)

preview = plain.preview(
    DEREGISTER,
    lead="按“确认提交”即声明：内容不涉密（第八条），历史内容按规定保存。",
    note="批准后在平台办理，再凭截图“上传证明”办结（第十五条）。",
    title=lambda view: f"注销 {_name(view)}",
)

preview_proof = plain.preview(
    PROOF,
    lead="按“确认提交”即声明：平台上已办理完毕，材料属实。",
    note="提交后台账改记，申请办结（第十五条）。",
    title=lambda view: f"{view.request.number} 的证明",
    key=KEY,
)
