"""Checkpoints (c2sp.org/tlog-checkpoint): how many entries the trail has and what they come to, signed."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.merkle import WIDTH, Frontier
from storage.notes import BadNote, Signer, Verifier, opened


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What one says: whose log, how many entries, the root over them; and the note it stands in."""

    origin: str
    size: int
    root: bytes
    note: str


_FOUND = re.compile(r"^([^\s+]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ [A-Za-z0-9+/=]+\n)+)", re.M)


def made(tree: Frontier, signer: Signer) -> Checkpoint:
    text = f"{signer.name}\n{tree.size}\n{base64.b64encode(tree.root).decode()}\n"
    return Checkpoint(signer.name, tree.size, tree.root, signer.sign(text))


def within(text: str) -> list[Checkpoint]:
    """All that stand in a text, as somebody copied it out of a chat: words before and behind do not matter,
    nor blanks at the ends of lines."""
    lines = "\n".join(line.strip() for line in text.replace("\r", "").split("\n"))
    return [
        Checkpoint(one[1], int(one[2]), root, one[0])
        for one in _FOUND.finditer(f"{lines}\n")
        if len(root := base64.b64decode(one[3])) == WIDTH
    ]


def signed_by(checkpoint: Checkpoint, known: Iterable[Verifier]) -> Verifier | None:
    """Which of the known keys signed it, of the log it names; None where none did."""
    try:
        _, found = opened(checkpoint.note, known)
    except BadNote:
        return None
    return next((one for one in found if one.name == checkpoint.origin), None)
