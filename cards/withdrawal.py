"""To take back what may go out already, or out of a register: asked once more, for it is over then."""

from cards import phrases
from cards.card import Button, Card, Style, Tone
from cards.view import View

SURE = "withdraw_sure"
KEEP = "withdraw_not"


def question(view: View) -> Card:
    """确认撤回 and 不撤回, for a post that has passed; 确认注销 or 确认取消 for what is on a register."""
    request = view.request
    place = (request.number, request.step, request.version)
    if request.register:
        return _off_the_register(view, place)
    return Card(
        title=phrases.heading("确认撤回？", request),
        tone=Tone.ALARM,
        tag=phrases.STATES[request.state],
        lead="这份稿件已通过审批。撤回后不得再发布，审批人会收到通知；要发布须重新 /发布、重新审批。",
        note=f"如已经发布，请不要撤回，请登记：/回执 {request.number} 链接（第六条（三）1）。",
        buttons=(
            Button("确认撤回", SURE, *place, Style.DANGER),
            Button("不撤回", KEEP, *place),
        ),
    )


def _off_the_register(view: View, place: tuple[str, str, int]) -> Card:
    word = view.face.off[:2]
    return Card(
        title=phrases.heading(f"确认{view.face.off}？", view.request),
        tone=Tone.ALARM,
        tag=phrases.state(view),
        lead=view.face.removal,
        buttons=(
            Button(f"确认{word}", SURE, *place, Style.DANGER),
            Button(f"不{word}", KEEP, *place),
        ),
    )
