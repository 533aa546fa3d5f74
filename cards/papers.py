"""/公文 in words: which paper is meant, and that it is on its way."""

from collections.abc import Sequence

from cards.card import Button, Card, Style

ASK = "paper"
"""The act of a button that asks for a paper; its step says which."""


def choose(number: str, title: str, papers: Sequence[tuple[str, str]]) -> Card:
    """Which of several papers, (code, name) each."""
    first = papers[0][0]
    return Card(
        title=f"公文 {number} {title}",
        lead="要哪一份？",
        note=f"也可发：/公文 {number} {papers[0][1]}。每次取用都留痕。",
        buttons=tuple(
            Button(name, ASK, number, code, style=Style.PRIMARY if code == first else Style.DEFAULT)
            for code, name in papers
        ),
    )


def coming(number: str, name: str) -> str:
    return (
        f"{name}随后发来（.docx，可打印）。请按保密和个人信息的要求保管；本次取用已留痕。核对：/查询 {number}"
    )
