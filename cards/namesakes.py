"""Several people have the name that a command gives: which of them is meant."""

from collections.abc import Mapping

from cards.card import Button, Card, Row, Tone

MEANT = "meant"
TEMPLATE = "namesakes"


def question(name: str, places: Mapping[str, str], count: int, command: str) -> Card:
    """A button for each 工号; `places` are unit and post of each, `command` is what they are named in."""
    more = f"，下面是其中 {len(places)} 位；不在其中的请写工号" if count > len(places) else ""
    return Card(
        title=f"请选一位：{name}",
        tone=Tone.WAITING,
        lead=f"有 {count} 位“{name}”{more}。",
        rows=tuple(
            Row(f"第 {at} 位", f"{one}，{place}") for at, (one, place) in enumerate(places.items(), 1)
        ),
        note=f"选定后照“/{command}”办理；也可把姓名换成工号再发一次。",
        buttons=tuple(Button(f"{name} {one}", MEANT, one) for one in places),
    )


def chosen(name: str, number: str, said: str) -> Card:
    """One of them was meant."""
    return Card(title=f"已选 {name} {number}", tone=Tone.DONE, tag="已选", lead=said, closed="已选")
