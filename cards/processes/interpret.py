"""A question about the Measures on a card, and the centre's answer to it (Article 16)."""

from cards import part, phrases, plain
from cards.card import Panel
from cards.form_interpret import ANSWER, INTERPRET
from cards.view import Face, View
from storage.records import State

KEY = "answer"


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    return f"解释{view.request.form.get('clause', '')}"


def details(view: View) -> list[Panel]:
    return [*plain.compared(INTERPRET, view), *plain.supplied(view, KEY, ANSWER)]


def concluded(view: View) -> str:
    return f"解释 {view.request.number} 已发布，全校可看：/解释 {view.request.number}。"


def recorded(view: View) -> str:
    """The gist, to whoever asked."""
    said = view.request.form.get(KEY) or {}
    return f"要点：{said.get('brief', '')}全文：/解释 {view.request.number}。"


FACE: Face = Face(
    form=INTERPRET,
    wish=wish,
    facts=lambda view: plain.rows(INTERPRET, view.request.form, view),
    excerpt=plain.first_text(INTERPRET),
    changed=lambda view: plain.changed(INTERPRET, view),
    details=details,
    whole=plain.whole(INTERPRET, ((KEY, ANSWER),)),
    reasons=("请写明具体情形", "条款写错了", "已有解释", "不属于本办法"),
    concluded=concluded,
    rejected="没有作出解释，办法照条文执行。",
    again="这个问题没有作出解释。可以写明情形后重新 /解释。",
    ended="已解释",
    stages={State.REJECTED: "不作解释"},
    recorded=recorded,
)

ANSWER_FACE = part.face(ANSWER, KEY, wish, concluded)

preview = plain.preview(
    INTERPRET,
    lead="问题交全媒体中心解释。",
    note="中心签发后，全校在该条款旁都能看到（第十六条）；不写提问人。",
    title=lambda view: f"请解释{view.request.form.get('clause', '')}",
)

preview_answer = plain.preview(
    ANSWER,
    lead="按“确认提交”即以您的姓名签发，对全校公布。",
    note="签发后显示在该条款和相关卡片旁（第十六条）。",
    title=lambda view: f"{view.request.number} 的解释：{phrases.excerpt(view.request.title, 30)}",
    key=KEY,
)
