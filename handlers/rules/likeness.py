"""How alike two texts are, whatever their blanks, marks, widths and case: shingles of what is left."""

import unicodedata

WIDTH = 3
"""Letters of a shingle."""

NEAR = 0.5
"""Share of a text's shingles that another must have to be named as near."""

PIECE = 6
"""Letters of a piece by which candidates are found."""

LEAST = 4
"""Letters of the shortest piece, where there are longer ones."""

PIECES = 12
"""Pieces that are looked for: of a near text at least one is whole."""


def bare(text: str) -> str:
    """The letters and digits of a text: full width as half, upper case as lower, nothing between them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def shingles(text: str) -> frozenset[str]:
    """Every run of `WIDTH` letters of the bare text; of a shorter one itself."""
    letters = bare(text)
    if len(letters) <= WIDTH:
        return frozenset({letters} if letters else ())
    return frozenset(letters[at : at + WIDTH] for at in range(len(letters) - WIDTH + 1))


def likeness(asked: str, kept: str) -> float:
    """The share of what is asked for that the kept text holds, 0..1: an excerpt of it is wholly there."""
    wanted = shingles(asked)
    return len(wanted & shingles(kept)) / len(wanted) if wanted else 0.0


def pieces(text: str) -> tuple[str, ...]:
    """Runs of the text as it was typed, without blanks or marks, spread over it evenly."""
    runs = "".join(char if char.isalnum() else " " for char in text).split()
    cut = [run[at : at + PIECE] for run in runs for at in range(0, len(run), PIECE)]
    least = min(LEAST, max(map(len, cut), default=0))
    kept = list(dict.fromkeys(one for one in cut if len(one) >= least))
    step = max(1, -(-len(kept) // PIECES))
    return tuple(kept[::step])
