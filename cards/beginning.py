"""A round before it begins: whom it asks, how many they are, by when; one press begins it."""

from collections.abc import Mapping
from typing import Any

from cards import phrases
from cards.card import Button, Card, Row, Style, Tone

ASK, SURE, KEEP = "begin_round", "begin_round_sure", "begin_round_not"
NAMES = 300
"""Characters of the names of units, more than which nobody reads on a phone."""


def card(args: Mapping[str, Any]) -> Card:
    """What would begin, and the button that begins it; then what became of it."""
    name, units = str(args["name"]), args["units"]
    if args["said"]:
        return Card(title=name, tone=Tone.DONE, lead=str(args["said"]), closed="已办理")
    return Card(
        title=f"请确认：{name}",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"按“确认提交”即发起：{args['what']}（{args['article']}）。",
        rows=(Row("单位", f"{len(units)} 个"), Row("时间", str(args["days"]))),
        text=phrases.excerpt("、".join(units), NAMES),
        note="发起后各单位陆续收到。单位、时间不对的，请按“放弃”再重新发。",
        buttons=(Button("确认提交", SURE, style=Style.PRIMARY), Button("放弃", KEEP)),
        whole=True,
    )
