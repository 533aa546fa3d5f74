"""A medium that another unit hosts now: its new and its old people learn what they owe, once."""

from tests.dialogues.books import media_say
from tests.dialogues.filings import file_change
from tests.dialogues.posts import submit
from tests.world import World, words

BG = "BG-2026-0001"


def told(world: World, who: str, what: str) -> list[str]:
    """The body of every such message to somebody that has these words in it."""
    sent = [words(shown) for shown in world.screen(who) if not shown.mine and "媒体已划" in words(shown)]
    return [text.partition("单位】\n")[2] or text for text in sent if what in text]


async def test_both_units_are_told_when_a_change_has_moved_it(world: World) -> None:
    await submit(world)
    await file_change(world, 管理员="", 主办单位="计算学部党委", 运营负责人="唐老师")
    await world.say("王书记", f"/同意 {BG}")
    await world.say("赵老师", f"/同意 {BG}")
    moved = "“机电之声”自 11月20日（周五）起由 机电学院党委 划归 计算学部党委 主办"
    mine = (
        f"{moved}，您是第一责任人（第五条（二））：今后它的发布和变更由您审批。"
        "运营负责人：唐老师。人员再有变动，5 个工作日内发 /变更 备案（第六条（二））。"
    )
    over = (
        f"{moved}，不再由您负责，请勿再用它发布。请移交密码与权限、收回旧权限"
        "（第六条（二））。原单位在办的 FB-2026-0001 不能再通过，请撤回，由新单位重报。"
    )

    assert told(world, "林书记", moved) == [mine]
    assert told(world, "李老师", moved) == [over]
    assert [over in text for text in told(world, "王书记", moved)] == [True]
    (runs,) = told(world, "唐老师", moved)
    assert "您是运营负责人：今后它的发布由 计算学部党委 第一责任人 林书记 审批" in runs

    await media_say(world, QM_0001={"状态": "停更"})

    assert told(world, "林书记", moved) == [mine]


async def test_an_import_that_moves_it_tells_both_too_and_an_inner_office_nobody(world: World) -> None:
    await media_say(world, QM_0001={"主办单位代码": "2110"})

    assert told(world, "王书记", "机电之声") == []

    await media_say(world, QM_0001={"主办单位代码": "2200"}, QM_0002={"主办单位代码": "2200"})

    for who in ("林书记", "王书记", "李老师"):
        (text,) = told(world, who, "机电之声")
        assert "机电学院网站" in text
