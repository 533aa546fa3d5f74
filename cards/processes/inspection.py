"""A unit's yearly account on a card: its figures, what they propose, what the unit says of it (form F7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from cards import plain
from cards.card import Panel, Row
from cards.form_inspection import INSPECTION, MEDIA_PART, MORE, OPINION, RECOUNT, SETTLED
from cards.view import Face, View

PART, SAYS, MORES, RECOUNTS, END = "part", "opinion", "more", "recounts", "settled"
"""Where the form of a pack keeps what was added to it."""

FIGURES = "figures"
"""The act of the button that opens the records behind the figures."""

AT_A_GLANCE = {"filed": "备案率", "in_time": "按时率", "cases": "违规", "rectified": "整改"}
PROPOSES = "得分由系统按记录建议，不自动产生任何后果"


def values(form: Mapping[str, Any]) -> dict[str, str]:
    """Figure -> as people read it."""
    return {one["key"]: one["value"] for one in form.get(FIGURES) or ()}


def score(form: Mapping[str, Any]) -> str:
    """建议 73 分; once it is settled, what the centre gave."""
    given = (form.get(END) or {}).get("score")
    if given:
        return f"{given} 分（系统建议 {form['score']} 分）"
    return f"{form['score']} 分" if form.get(END) else f"建议 {form['score']} 分"


def opening(view: View) -> str:
    form = view.request.form
    return f"{form['year']} 年度督查：{view.unit}，{form['span']}，{score(form)}"


def facts(view: View) -> list[Row]:
    """What whoever must act needs at a glance; WeCom shows six rows, the last day among them."""
    form, told = view.request.form, values(view.request.form)
    return [
        Row("得分", score(form)),
        *(Row(label, told[key]) for key, label in AT_A_GLANCE.items() if key in told),
    ]


def lines(form: Mapping[str, Any]) -> list[str]:
    """1 备案率：75%（3/4）"""
    return [f"{n} {one['label']}：{one['value']}" for n, one in enumerate(form.get(FIGURES) or (), 1)]


def deductions(form: Mapping[str, Any]) -> list[str]:
    """−5 在用而未备案 1 件，每件 5 分（BA-2026-0004）"""
    taken = form.get("deductions") or ()
    return [f"−{one['points']} {one['why']}（{_several(one['records'])}）" for one in taken]


def _several(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:3]) + (f" 等 {len(numbers)} 件" if numbers[3:] else "")


def said(view: View) -> list[str]:
    """王书记：无异议; or that none came."""
    form = view.request.form
    told = [f"{view.name(one['person'])}：{one['text']}" for one in _words(form)]
    step = view.request.named("opinion")
    none = step.passed_by_rule if step and not form.get(SAYS) else ""
    return ([none] if none else []) + told


def _words(form: Mapping[str, Any]) -> list[Mapping[str, str]]:
    return [*([form[SAYS]] if form.get(SAYS) else []), *(form.get(MORES) or ())]


def recounts(view: View) -> list[str]:
    """第 3 版 赵老师：BG-2026-0002 已更正变更日期"""
    return [f"{view.name(one['person'])}：{one['reason']}" for one in view.request.form.get(RECOUNTS) or ()]


def part(form: Mapping[str, Any]) -> list[str]:
    """机电之声：合格；全年发布 120 条; and which media nobody has said anything of."""
    rows = form.get(PART) or ()
    told = {row["medium"] for row in rows}
    left = [name for no, name in media_of(form).items() if no not in told]
    return [*map(row_line, rows), *([f"还没有填报：{'、'.join(left)}"] if left else [])]


def row_line(row: Mapping[str, str]) -> str:
    return f"{row['name']}：{row['self_score']}；{row['summary']}"


def media_of(form: Mapping[str, Any]) -> dict[str, str]:
    """备案号 -> name of the media that the pack is about."""
    listed = next((one["records"] for one in form.get(FIGURES) or () if one["key"] == "filed"), ())
    return {record[0]: record[1] for record in listed if record[1:] and not record[0].startswith("BA-")}


def settled(form: Mapping[str, Any]) -> list[str]:
    end = form.get(END) or {}
    why = [f"得分理由：{end['reason']}"] if end.get("reason") else []
    return [f"检查结果：{end['result']}，{score(form)}", *why] if end else []


def details(view: View) -> list[Panel]:
    form = view.request.form
    panels = (
        ("定稿", settled(form)),
        ("单位意见", said(view)),
        ("各项数据", lines(form)),
        ("扣分说明", deductions(form) or ["没有扣分。"]),
        ("各媒体自评", part(form)),
        ("重新核算", recounts(view)),
    )
    return [Panel(title, tuple(told)) for title, told in panels if told]


def excerpt(view: View) -> str:
    """The unit's words to the centre; to the unit what costs points."""
    form = view.request.form
    if view.request.step == "opinion":
        return "；".join(deductions(form)) or "没有扣分。"
    return "；".join(said(view))


def whole(view: View) -> str:
    """Everything as text."""
    told = [f"{opening(view)}。{PROPOSES}。"]
    for panel in details(view):
        told += [f"【{panel.title}】", *panel.lines]
    return "\n".join(told)


def changed(view: View) -> list[str]:
    """The figures that are otherwise than when this reader looked."""
    if view.before is None:
        return []
    old, new = values(view.before), values(view.request.form)
    labels = {one["key"]: one["label"] for one in view.request.form.get(FIGURES) or ()}
    told = [
        f"{labels[key]}：{old.get(key, '—')} → {value}" for key, value in new.items() if old.get(key) != value
    ]
    again = view.before.get("score") != view.request.form.get("score")
    return [
        *told,
        *([f"建议得分：{view.before.get('score')} → {view.request.form['score']}"] if again else []),
    ]


def concluded(view: View) -> str:
    form = view.request.form
    end = form.get(END) or {}
    return f"{view.unit} {form['year']} 年度督查已定稿：{end.get('result', '')}，{score(form)}。"


def beside(_: View) -> list[tuple[str, str]]:
    return [("看记录", FIGURES)]


FACE: Face = Face(
    form=INSPECTION,
    wish=lambda view: f"{view.request.form['year']} 年度督查",
    opening=opening,
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=(),
    concluded=concluded,
    ended="已定稿",
    recorded=concluded,
    applicants=(),
    beside=beside,
    silence={"opinion": "期满没有意见的，转全媒体中心定稿，并写明没有收到意见"},
)


def _face(form: Any, key: str) -> Face:
    return Face(
        form=form,
        wish=FACE.wish,
        opening=opening,
        facts=facts,
        excerpt=excerpt,
        changed=lambda _: (),
        details=details,
        whole=lambda view: "\n".join(plain.lines(form, view.request.form.get(key) or {}, view)),
        reasons=(),
        concluded=concluded,
    )


PART_FACE = _face(MEDIA_PART, PART)
OPINION_FACE = _face(OPINION, SAYS)
MORE_FACE = _face(MORE, MORES)
RECOUNT_FACE = _face(RECOUNT, RECOUNTS)
SETTLED_FACE = _face(SETTLED, END)


def _newest(key: str, name: str) -> Any:
    """The last of what was added under a key, as its form has it."""

    def answers(view: View) -> Mapping[str, Any]:
        added = view.request.form.get(key) or ()
        last = added[-1] if isinstance(added, list) and added else added or {}
        return {name: last.get("text") or last.get("reason") or ""} if last else {}

    return answers


def _title(view: View) -> str:
    return f"{view.unit} {view.request.form['year']} 年度督查"


preview_part = plain.preview(
    MEDIA_PART,
    lead="按“确认提交”后，由第一责任人在意见中一并确认（第十二条）。请如实填写。",
    note="可以分几次、由各媒体的运营人分别填报；同一媒体以后填的为准。",
    title=lambda view: f"{_title(view)}的各媒体情况",
    answers=lambda view: {"rows": "\n".join(map(row_line, view.request.form.get(PART) or ()))},
    path=False,
    secrecy=False,
)
preview_opinion = plain.preview(
    OPINION,
    lead="按“确认提交”即以第一责任人名义提出意见（第十二条）。",
    note="提交后由全媒体中心定稿；定稿前还可发 /补充意见。",
    title=lambda view: f"{_title(view)}的意见",
    answers=_newest(SAYS, "opinion"),
    path=False,
    secrecy=False,
)
preview_more = plain.preview(
    MORE,
    lead="按“确认提交”，这段意见会附在材料里，定稿前由全媒体中心看到（第十二条）。",
    note="",
    title=lambda view: f"{_title(view)}的补充意见",
    answers=_newest(MORES, "more"),
    path=False,
    secrecy=False,
)


def _as_counted(view: View) -> str:
    told = values(view.request.form)
    return f"核算结果：{score(view.request.form)}，备案率 {told['filed']}，按时率 {told['in_time']}。"


def preview_recount(draft: Any, view: View, fetching: int) -> Any:
    """What the figures would be now."""
    draw = plain.preview(
        RECOUNT,
        lead=f"按“确认提交”即按现在的记录重新核算，旧的一版照留。{_as_counted(view)}",
        note="单位会收到新的数据，并可补充意见。",
        title=lambda view: f"{_title(view)}重新核算",
        answers=_newest(RECOUNTS, "reason"),
        path=False,
        secrecy=False,
    )
    return draw(draft, view, fetching)


def _as_settled(view: View) -> Mapping[str, Any]:
    """With the score that stands where none was given."""
    end = view.request.form.get(END) or {}
    return {**end, "score": score(view.request.form)}


preview_settled = plain.preview(
    SETTLED,
    lead="按“确认提交”即以您的名义定稿（第十二条）。检查结果由全媒体中心认定，不自动产生任何后果。",
    note="提交后通知单位第一责任人，并把表格和文件发给您。",
    title=lambda view: f"{_title(view)}定稿",
    answers=_as_settled,
    path=False,
    secrecy=False,
)
