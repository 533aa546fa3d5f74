"""What somebody sent, and who holds it now."""

from collections.abc import Sequence

from cards import phrases
from cards.card import Button, Card, Row
from cards.form import Form
from cards.view import View

PAGE = 5


def mine(views: Sequence[View], total: int, page: int, drafts: Sequence[Form]) -> Card:
    """What the reader sent, and who holds it now; `drafts` are the forms of what they did not submit."""
    note = _paging("/我的", total, page)
    if drafts:
        commands = "、".join(dict.fromkeys(f"/{form.command}" for form in drafts))
        note = f"另有 {len(drafts)} 份没提交的草稿，发 {commands} 继续。" + note
    if not views:
        return Card(title="我的申请", lead="您还没有提交过申请。", note=note)
    rows = tuple(Row(view.request.number, _mine_line(view)) for view in views)
    buttons = tuple(Button(f"看 {view.request.number}", "view", view.request.number) for view in views)
    return Card(title=f"我的申请 {total} 件", lead="最近的在前。", rows=rows, buttons=buttons, note=note)


def _mine_line(view: View) -> str:
    state = phrases.state(view)
    held = f"，在 {phrases.holders(view) or '（暂缺）'} 处" if view.request.current else ""
    return f"{phrases.excerpt(view.request.title, 10)} {state}{held}"


def _paging(command: str, total: int, page: int) -> str:
    left = total - page * PAGE
    return f"还有 {left} 件：{command} {page + 1}" if left > 0 else ""
