"""What stands on a register: the lists of it, and what is reminded of."""

from collections.abc import Sequence

from cards import phrases
from cards.card import Button, Card, Row, Style, Tone
from cards.duties import Owed
from cards.form import Form
from cards.view import View
from storage.records import Act, Request

PAGE = 8
BY_BUTTON = 2
"""Entries of one's own that have buttons: more than two each would pass the six of a WeCom card."""

OWN, SCHOOL = "本单位", "全校"
NEW = "register_new"


def own(form: Form, mine: Sequence[Request], note: str) -> Card:
    """What somebody has on a register, newest first, with what they may do about it."""
    buttons = [button for one in mine[:BY_BUTTON] for button in _about(one)]
    further = "更多的请发：/更正 编号、/注销登记 编号。" if mine[BY_BUTTON:] else ""
    return Card(
        title=f"我的{form.title} {len(mine)} 项",
        lead="最近的在前。" if mine else "您还没有登记。",
        rows=tuple(Row(one.number, phrases.excerpt(one.title, 26)) for one in mine[:PAGE]),
        note=f"{further}{note}依据{form.article}。",
        buttons=(*buttons, Button("登记新的", NEW, form.kind)),
    )


def _about(one: Request) -> tuple[Button, Button]:
    place = (one.number, one.step, one.version)
    return (
        Button(f"更正 {one.number}", Act.REVISE, *place, Style.PRIMARY),
        Button(f"注销 {one.number}", Act.WITHDRAW, *place),
    )


def listed(title: str, command: str, lines: Sequence[str], total: int, page: int, *, new: str = "") -> Card:
    """A page of what stands on a register; `command` with its number brings the next one;
    `new` is the kind of which the reader may put another there."""
    left = total - page * PAGE
    more = f"还有 {left} 项：{command} {page + 1}。" if left > 0 else ""
    return Card(
        title=f"{title} {total} 项",
        lead="最近登记的在前。" if total else "没有登记。",
        text="\n".join(lines),
        note=f"{more}查一项发 /查询 编号。" if total else "",
        buttons=(Button("登记新的", NEW, new),) if new else (),
    )


def keep_comments(owed: Owed, view: View) -> Card:
    """The reminder that a holder has chosen, to look at what people wrote below their posts."""
    request = view.request
    return Card(
        title=f"留言评论提醒 {request.number} {request.title}",
        tone=Tone.INFO,
        tag="每周提醒",
        lead=f"请看一看“{request.form.get('title', '')}”近来的留言评论，违规的及时处理（第六条（三）2）。",
        note="这是您自己选的提醒。不再需要请按“更正”，把“评论提醒”改为“不提醒”。",
        buttons=(Button("更正", Act.REVISE, request.number, request.step, request.version),),
        closed="" if owed.open else "不再提醒",
    )
