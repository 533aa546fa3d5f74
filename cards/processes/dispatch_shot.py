"""附截图 on a card: the picture that goes with what a medium has done for a campaign (form F12)."""

from collections.abc import Mapping
from typing import Any

from cards import plain
from cards.form_dispatch import SHOT
from cards.processes import dispatch
from cards.view import Face, View


def _newest(view: View) -> Mapping[str, Any]:
    """What is being added, as its form has it."""
    found = view.request.form.get(dispatch.SHOTS) or ()
    return {**found[-1], "medium": found[-1]["name"]} if found else {}


FACE: Face = Face(
    form=SHOT,
    wish=dispatch.FACE.wish,
    opening=dispatch.opening,
    facts=lambda view: plain.rows(SHOT, _newest(view), view),
    excerpt=lambda _: "",
    changed=lambda _: (),
    details=dispatch.details,
    whole=lambda view: "\n".join(plain.lines(SHOT, _newest(view), view)),
    reasons=(),
    concluded=lambda _: "",
)

preview = plain.preview(
    SHOT,
    lead="按“确认提交”即声明：截图是所发内容的原样（第五条（一））。",
    note="全媒体中心和这次调动的运营人员可以看到；同一媒体以后附的为准。",
    title=lambda view: f"{view.request.number} 的截图",
    answers=_newest,
    path=False,
    secrecy=False,
)
