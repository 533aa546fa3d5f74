"""The face of answers that are added to a request: a proof, a reply, what somebody confirms."""

from collections.abc import Callable

from cards import plain
from cards.form import Form
from cards.plain import Say
from cards.view import Face, View


def face(
    form: Form,
    key: str,
    wish: Callable[[View], str],
    concluded: Callable[[View], str],
    *,
    opening: Callable[[View], str] | None = None,
    say: Say = plain.answer,
) -> Face:
    """Answers that the request keeps under `key`, each in the words of `say`; `wish`, `concluded` and
    `opening` are those of the request."""
    return Face(
        form=form,
        wish=wish,
        opening=opening,
        facts=lambda view: plain.rows(form, view.request.form.get(key, {}), view, say),
        excerpt=lambda _: "",
        changed=lambda _: (),
        details=lambda view: plain.supplied(view, key, form, say),
        whole=lambda view: "\n".join(plain.lines(form, view.request.form.get(key, {}), view, say)),
        reasons=(),
        concluded=concluded,
    )
