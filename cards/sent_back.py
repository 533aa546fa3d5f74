"""That a later step returned a request to the one that waits, and why."""

from cards import deciders, phrases
from cards.view import View
from storage.records import Act

_WORDS = 90
"""Characters of the reason; it is whole behind 查看."""


def sent_back(view: View, to: str) -> str:
    """赵老师 退回到这一步：请再核, with what the step is called `to` this reader; empty where none did."""
    last = view.decisions[-1] if view.decisions else None
    if last is None or last.act is not Act.RETURN or not view.present(last.version):
        return ""
    if last.step == view.request.step:  # taken back: it waits where it was decided
        return ""
    return f"{deciders.author(view, last)} 退回到{to}：{phrases.excerpt(last.reason, _WORDS)}"
