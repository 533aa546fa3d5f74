"""/退回: what is read as a step, as the way back, and as the reason."""

import pytest

from handlers.rules.returning import Returning, returning

NAMES = {"review": "review", "保密审查": "review", "responsible": "responsible", "第一责任人": "responsible"}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("请补主语", Returning(reason="请补主语")),
        ("", Returning()),
        ("到 保密审查 请再看", Returning("review", reason="请再看")),
        ("到保密审查 请再看", Returning("review", reason="请再看")),
        ("到保密审查，请再看", Returning("review", reason="请再看")),
        ("到 review 请再看", Returning("review", reason="请再看")),
        ("到 责任人 重走 请再核", Returning("responsible", reason="请再核")),
        ("到 保密审查 回到我 请看第二段", Returning("review", True, "请看第二段")),
        ("到 保密审查 改好后直接回到我：请看", Returning("review", True, "请看")),
        ("到 保密审查 从这一步起重走", Returning("review")),
        ("到 保密审查", Returning("review")),
        ("到 申请人 请补主语", Returning(reason="请补主语")),
        ("到申请人，请补主语", Returning(reason="请补主语")),
        ("到 财务处 请再看", Returning(reason="请再看", strange="财务处")),
        ("到 全媒体中心 请再看", Returning(reason="请再看", strange="全媒体中心")),
        ("到场人数有误", Returning(reason="到场人数有误")),
        ("到场人数有误 请核", Returning(reason="到场人数有误 请核")),
    ],
)
def test_a_return_as_it_was_typed(words: str, meant: Returning) -> None:
    assert returning(words, NAMES) == meant
