"""/加签: what is read as people, as the time and way they are asked, and as the reason."""

import pytest

from handlers.rules.adding import Adding, adding
from storage.steps import Place, Way

TWO = ("孙老师", "何老师")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("", Adding(())),
        ("孙老师", Adding(("孙老师",))),
        ("孙老师、何老师", Adding(TWO)),
        ("孙老师，何老师 拿不准", Adding(TWO, reason="拿不准")),
        ("孙老师、何老师 并", Adding(TWO, Place.BESIDE)),
        ("孙老师、何老师 后 依次 请把关", Adding(TWO, Place.AFTER, Way.TURN, reason="请把关")),
        ("孙老师、何老师 或签 前", Adding(TWO, Place.BEFORE, Way.ANY)),
        ("孙老师、何老师 票签 1/2 拿不准", Adding(TWO, way=Way.VOTE, need=1, of=2, reason="拿不准")),
        ("孙老师、何老师 票签2／2", Adding(TWO, way=Way.VOTE, need=2, of=2)),
        ("孙老师、何老师 票签", Adding(TWO, way=Way.VOTE)),
        ("孙老师、何老师 会签一下", Adding(TWO, reason="会签一下")),
        ("孙老师 前天的稿子", Adding(("孙老师",), reason="前天的稿子")),
        ("后 孙老师、何老师 请把关", Adding(TWO, Place.AFTER, reason="请把关")),
        ("并 票签 1/2 孙老师、何老师", Adding(TWO, Place.BESIDE, Way.VOTE, need=1, of=2)),
        ("孙老师、 何老师", Adding(TWO)),
        ("孙老师 、何老师 并", Adding(TWO, Place.BESIDE)),
    ],
)
def test_an_addition_as_it_was_typed(words: str, meant: Adding) -> None:
    assert adding(words) == meant
