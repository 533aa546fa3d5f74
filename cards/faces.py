"""The faces of all processes, by the kind of their requests."""

from collections.abc import Mapping

from cards import changing, filing, post
from cards.face import Face
from cards.view import View

FACES: Mapping[str, Face] = {face.form.kind: face for face in (filing.FACE, changing.FACE, post.FACE)}


def of(view: View) -> Face:
    """The face of the process that a request belongs to."""
    return FACES[view.request.kind]
