"""What is said of an answer that cannot stand."""

import pytest

from handlers.drafts.offering import line
from handlers.typed.answers import Mistake


@pytest.mark.parametrize(
    ("typed", "reason", "said"),
    [
        ("很急", "只能填：普通、紧急。", "· 紧急“很急”：只能填：普通、紧急。例：紧急：特急"),
        ("很急", "您是不是要填：特急？", "· 紧急“很急”：您是不是要填：特急？例：紧急：特急"),
        ("", "还没有填", "· 紧急：还没有填。例：紧急：特急"),
        ("急" * 21, "太长", f"· 紧急“{'急' * 19}…”：太长。例：紧急：特急"),
    ],
)
def test_a_mistake_is_one_line(typed: str, reason: str, said: str) -> None:
    assert line(Mistake("urgency", "紧急", typed, reason, "紧急：特急")) == said
