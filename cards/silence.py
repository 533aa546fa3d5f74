"""What whoever runs a medium is told of a silence: from when to when, and what it means (Article 5(1))."""

from datetime import datetime

from cards.processes import dispatch
from storage.records import Request


def title(request: Request, *, lifted: bool) -> str:
    return f"{'已解除' if lifted else '静默'} {request.number} {request.title}"


def said(request: Request, now: datetime, *, lifted: bool) -> str:
    """The notice that it was ordered, or that it is over before its last day."""
    if lifted:
        return (
            f"全媒体中心已解除静默，可以照常发布；批准过的稿件请先核对是否仍宜发布。编号 {request.number}。"
        )
    whole = dispatch.aim(request) if dispatch.everywhere(request) else "您运营的媒体"
    return (
        f"全媒体中心要求{whole}静默：{dispatch.window(request, now)}（第五条（一））。"
        f"{request.form.get('instruction', '')}"
        f"这期间不受理新的 /发布，审批照常；到期自动结束。编号 {request.number}。"
    )
