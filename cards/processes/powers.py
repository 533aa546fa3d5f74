"""The four powers of Article 10 on a card: what is asked of the head, and what the unit says."""

from cards import plain
from cards.card import Panel, Row
from cards.form_powers import ASKED, CONFIRMED, LACKING, POWERS, WHOLE
from cards.view import Face, View
from storage.records import Request

KEY = "confirmed"


def lacking(request: Request) -> list[str]:
    """The powers that the unit says it does not hold."""
    said = request.form.get(KEY) or {}
    return [title for name, title in POWERS.items() if said.get(name) == LACKING]


def result(request: Request) -> str:
    """四项均已落实; 未落实：资产配置控制权; empty where nothing was said."""
    if not request.form.get(KEY):
        return ""
    missing = lacking(request)
    return f"未落实：{'、'.join(missing)}" if missing else "四项均已落实"


def opening(view: View) -> str:
    return f"{view.unit}主办出版物，每年确认对出版机构的四项权力是否始终掌握（第十条）"


def facts(view: View) -> list[Row]:
    said = result(view.request)
    media = "、".join(medium.name for medium in view.media)
    return [
        *([Row("结果", said)] if said else []),
        *([Row("出版物", media)] if media else []),
    ]


def _details(view: View) -> list[Panel]:
    asked = Panel("要确认的四项", WHOLE)
    return plain.supplied(view, KEY, CONFIRMED) or [asked]


def _said(view: View) -> str:
    reason = (view.request.form.get(KEY) or {}).get("reason", "")
    return f"说明：{reason}" if reason else ""


def recorded(view: View) -> str:
    return f"{view.unit}已确认：{result(view.request)}（第十条）。"


FACE: Face = Face(
    form=ASKED,
    wish=lambda view: f"{view.request.form.get('year', '')} 年四权确认",
    opening=opening,
    facts=facts,
    excerpt=_said,
    changed=lambda _: (),
    details=_details,
    whole=plain.whole(ASKED, ((KEY, CONFIRMED),)),
    reasons=(),
    concluded=recorded,
    recorded=recorded,
    ended="已确认",
    applicants=(),
)

CONFIRMED_FACE: Face = Face(
    form=CONFIRMED,
    wish=FACE.wish,
    facts=facts,
    excerpt=_said,
    changed=lambda _: (),
    details=_details,
    whole=lambda view: "\n".join(plain.lines(CONFIRMED, view.request.form.get(KEY, {}), view)),
    reasons=(),
    concluded=recorded,
)

preview = plain.preview(
    CONFIRMED,
    lead="按“确认提交”即由第一责任人确认：以上如实（第十条）。",
    note="党委宣传部和全媒体中心看得到结果；未落实的不等于违规，请写明打算。",
    title=lambda view: f"{view.unit}{view.request.form.get('year', '')} 年四权",
    key=KEY,
    secrecy=False,
)
