"""The forms that are added to a case on a card: 申辩, 处理, 复核 (form F10)."""

from collections.abc import Callable, Mapping
from typing import Any

from cards import plain
from cards.form import Form
from cards.form_violation import DISPOSAL, PLEA, REVIEW
from cards.processes import violation
from cards.view import Face, View
from storage.vocabulary import CLOSE, RECTIFY, STOP


def _own_plea(view: View) -> Mapping[str, Any]:
    """What this reader has written, the latest last."""
    mine = [one for one in view.request.form.get("pleas", ()) if one["person"] == view.reader]
    return mine[-1] if mine else {}


def _face(form: Form) -> Face:
    return Face(
        form=form,
        wish=lambda view: f"{form.command}{view.request.number}",
        facts=violation.facts,
        excerpt=violation.excerpt,
        changed=lambda _: (),
        details=violation.details,
        whole=violation.whole,
        reasons=(),
        concluded=violation.concluded,
    )


PLEA_FACE, DISPOSAL_FACE, REVIEW_FACE = _face(PLEA), _face(DISPOSAL), _face(REVIEW)


def _decided(key: str) -> Callable[[View], Mapping[str, Any]]:
    """What is decided, with the media that it stops or ends where none is named: those of the case."""

    def answers(view: View) -> Mapping[str, Any]:
        given = view.request.form.get(key, {})
        wanted, about = set(given.get("measures") or ()), view.request.form.get("media")
        named = given.get("on_media") or not wanted & {RECTIFY, STOP, CLOSE}
        return given if named or not about else {**given, "on_media": about}

    return answers


def _title(what: str, view: View) -> str:
    return f"{view.request.number} 的{what}"


preview_plea = plain.preview(
    PLEA,
    lead="按“确认提交”即声明：所述属实，内容不涉密（第八条）。",
    note="提交后交全媒体中心，处理前可再补充。",
    title=lambda view: _title("申辩", view),
    answers=_own_plea,
    path=False,
)

preview_disposal = plain.preview(
    DISPOSAL,
    lead="按“确认提交”即由您作出处理决定，姓名记录在案。",
    note="决定和申诉办法随即告知有关人员；纪律处分不在本系统办理。",
    title=lambda view: _title("处理", view),
    key=violation.DISPOSED,
    answers=_decided(violation.DISPOSED),
    say=violation.say,
)

preview_review = plain.preview(
    REVIEW,
    lead="按“确认提交”即由您作出复核决定，姓名记录在案。",
    note="决定随即告知有关人员；撤销、变更的，原措施同时收回。",
    title=lambda view: _title("复核", view),
    key=violation.REVIEWED,
    answers=_decided(violation.REVIEWED),
    say=violation.say,
)
