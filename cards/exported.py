"""Requests of one process as a table: a line each, its answers in columns, what was decided beside them."""

from collections.abc import Iterable, Sequence

from cards import phrases
from cards.form import Form
from cards.times import when
from cards.view import View
from cards.workbook import Sheet

STANDS = ("编号", "单位", "标题", "状态", "现在等", "提交人", "提交于", "应于")
FILES, REST, ACTS = "附件", "其他内容", "办理记录"
ROOM = 32_000
"""Characters of a cell; Excel takes 32767."""

Line = dict[str, str]


def sheet(title: str, form: Form, lines: Sequence[Line]) -> Sheet:
    """What some line has of the form, in its order, between where each stands and what was done."""
    asked = [field.title for field in form.fields]
    said = [name for name in dict.fromkeys((*asked, FILES, REST)) if any(line.get(name) for line in lines)]
    header = (*STANDS, *(name for name in said if name not in STANDS), ACTS)
    return Sheet(title, header, [[line.get(name, "")[:ROOM] for name in header] for line in lines])


def line(view: View, form: Form, *, text: bool) -> Line:
    """One request as this reader may know it: where it stands, and with `text` what it says."""
    request = view.request
    stands = (
        request.number,
        view.unit,
        request.title,
        phrases.state(view),
        phrases.holders(view) if request.current else "",
        view.name(request.applicant) if request.applicant else "系统",
        when(request.submitted_at, view.now),
        phrases.due(view) if request.current else "",
    )
    found = dict(zip(STANDS, stands, strict=True))
    if not text:
        return found
    said = answers(view.face.whole(view).splitlines(), [*(field.title for field in form.fields), FILES])
    acts = "\n".join(phrases.decided(view, one) for one in view.decisions)
    return {**said, **found, ACTS: acts}


def answers(lines: Iterable[str], titles: Sequence[str]) -> Line:
    """A whole text cut into the answers of a form; what steps supplied, and all else, is the rest."""
    found, at, section = dict[str, list[str]](), REST, ""
    for text in lines:
        heading = text.startswith("【") and text.endswith("】")
        name, colon, said = (text[1:-1], "：", "") if heading else text.partition("：")
        if colon and name in titles and name not in found:
            at, text = name, said
        elif heading:
            at, section, text = REST, text, ""
        if text and at == REST and section:  # a heading stands where something follows it
            found.setdefault(REST, []).append(section)
            section = ""
        found.setdefault(at, []).extend([text] if text else [])
    return {name: "\n".join(parts) for name, parts in found.items() if parts}
