"""What keyboards, other programs and haste make of a message: understood, asked or told, never lost."""

from datetime import UTC, datetime

from storage.records import State
from tests.dialogues.filings import file
from tests.dialogues.posts import FIELDS, post, request, submit
from tests.world import World

FRIDAY = datetime(2026, 11, 20, 1, 40, tzinfo=UTC)
"""09:40 in Shanghai."""


async def test_a_form_behind_a_command_that_is_misspelt_is_taken(world: World) -> None:
    await world.say("李老师", post().replace("/发布", "／／发步"))

    assert world.titles("李老师") == ["请确认：学院更名"]


async def test_a_form_as_another_program_sends_it_is_understood(world: World) -> None:
    fields = "\u2028".join(f"{n}、【{name}】\xa0{text}" for n, (name, text) in enumerate(FIELDS.items(), 1))
    await world.say("李老师", f"\u200e、、发布。\u2028{fields}")

    assert world.titles("李老师") == ["请确认：学院更名"]


async def test_the_medium_and_the_title_may_stand_behind_the_command(world: World) -> None:
    await world.say("李老师", "/发布 机电之声 实验室 开放日")
    await world.say("李老师", "欢迎参观。")
    await world.click("李老师", "确认提交")

    kept = (await request()).form
    assert (kept["media"], kept["title"], kept["body"]) == (["QM-0001"], "实验室 开放日", "欢迎参观。")


async def test_lines_without_names_are_medium_title_and_text_and_that_is_said(world: World) -> None:
    await world.say("李老师", "/发布\n机电之声\n实验室开放日\n欢迎参观。\n周五上午。")

    assert world.titles("李老师") == ["请确认：实验室开放日"]
    assert (
        "没写字段名的，记作媒体“机电之声”、标题“实验室开放日”、正文“欢迎参观。 周五上午。”。"
        in world.last("李老师")
    )

    await world.say("李老师", "放弃")
    await world.say("李老师", "/发布\n实验室开放日")

    assert "没写字段名的，记作标题“实验室开放日”。" in world.last("李老师")
    assert world.titles("李老师")[-1] == "发布：媒体"


async def test_several_numbers_are_understood_however_they_are_written(world: World) -> None:
    await submit(world)
    await submit(world, 标题="另一篇")
    await world.click("孙老师", "查看", of="FB-2026-0001")
    await world.say("孙老师", "/同意 FB–2026–0001、ＦＢ－２０２６－２")

    assert world.last("孙老师").endswith("FB-2026-0002：保密审查须先看正文（按“查看”），没有办理")
    assert [(await request()).step, (await request("FB-2026-0002")).step] == ["responsible", "review"]

    await world.say("孙老师", "/退回 FB-2026-0002 FB-2026-0001 重写")

    assert "都还没有办" in world.last("孙老师")
    assert (await request("FB-2026-0002")).state is State.IN_REVIEW


async def test_a_second_command_in_a_message_is_no_opinion(world: World) -> None:
    await submit(world)
    await submit(world, 标题="另一篇")
    await world.say("孙老师", "/同意 FB-2026-0001\n/同意 FB-2026-0002")

    assert "后面的没有办：/同意 FB-2026-0002" in world.last("孙老师")
    assert [(await request()).step, (await request("FB-2026-0002")).step] == ["responsible", "review"]
    assert "FB-2026-0002" not in world.last("王书记")


async def test_a_number_alone_is_no_reason(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/退回 FB-2026-0001")
    await world.say("孙老师", "FB-2026-0002")

    assert (await request()).state is State.IN_REVIEW

    await world.say("孙老师", "与 FB-2026-0002 重复")

    assert (await request()).state is State.RETURNED


async def test_a_post_for_this_afternoon_is_due_before_it_and_may_be_made_urgent(world: World) -> None:
    world.now = FRIDAY
    await world.say("李老师", post(发布时间="今天下午五点半"))

    assert "时间紧：2 个环节要到 11月24日 09:40，晚于拟发布。要赶上请发“紧急：紧急”。" in world.last("李老师")

    await world.click("李老师", "确认提交")

    assert (await request()).due_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


async def test_the_preview_says_which_day_a_midnight_is_of(world: World) -> None:
    await world.say("李老师", post(发布时间="今晚12点"))

    assert "11月24日（周二）00:00（11月23日 24:00）" in world.last("李老师")


async def test_a_control_character_or_the_end_of_a_cdata_section_loses_no_message(world: World) -> None:
    await submit(world, 正文="if a[b[0]]>1:\x0b 甲\x01乙\u202e 一家👨\u200d👩\u200d👧")

    assert (await request()).form["body"] == "if a[b[0]]>1:\n 甲乙 一家👨\u200d👩\u200d👧"


async def test_a_name_that_looks_like_one_on_the_books_is_taken(world: World) -> None:
    await file(
        world,
        "唐老师",
        媒体名称="机电\u00ad之\u200c声",
        平台类型="公众号",
        运营负责人="唐老师",
        同平台理由="另办",
    )

    assert "台账里已有看起来同名（“机电之声”）的微信公众号（QM-0001" in world.last("唐老师")
