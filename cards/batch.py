"""Several requests passed at once: what would be, asked once, and what became of each."""

from collections.abc import Sequence

from cards import phrases
from cards.card import Button, Card, Style, Tone
from cards.view import View

ASK, SURE, KEEP = "batch", "batch_sure", "batch_keep"
BETWEEN = "."
"""Between the ids on the button under a list."""


def button(ids: Sequence[int]) -> Button:
    return Button(f"一起同意 {len(ids)} 件", ASK, BETWEEN.join(map(str, ids)))


def ask(views: Sequence[View], said: str = "") -> Card:
    """Each by its whole number and title; `said` is what became of them once they were passed."""
    if said:
        return Card(title="一起办理", tone=Tone.DONE, text=said, closed="已办理")
    lines = [
        f"{one.request.number} {phrases.excerpt(one.request.title, 24)}（{one.name(one.request.applicant)}）"
        for one in views
    ]
    return Card(
        title=f"一起同意 {len(views)} 件？",
        tone=Tone.WAITING,
        lead="逐件记录，逐件告知结果；一件办不成，不影响其他。保密审查须先看过正文。",
        text="\n".join(lines),
        buttons=(Button("确认同意", SURE, style=Style.PRIMARY), Button("先不办", KEEP)),
    )
