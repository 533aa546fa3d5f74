"""What is said of a file that a platform does not take."""

from cards import notices
from cards.card import Card
from cards.phrases import size


def unsent(name: str, length: int, applicant: str, *, large: bool) -> Card:
    """Names the file, says why it is not here and what helps; `applicant` is empty to the author."""
    why = "太大，不能在这里发送" if large else "平台没有接收，不能在这里发送"
    helps = (
        f"需要核对时，请向申请人{applicant}索取原件。" if applicant else "附件已经收下，不影响提交和办理。"
    )
    return notices.say(f"附件“{name}”（{size(length)}）{why}。{helps}", "附件没有发出")
