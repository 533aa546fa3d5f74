"""Files that are not taken: an empty one, the same one twice, programs; and what the others are called."""

import pytest

from tests.dialogues.posts import post, request
from tests.world import World


async def send(world: World, who: str, name: str, content: bytes, kind: str = "file") -> None:
    """Somebody sends a file to the bot."""
    sim, account = world.where(who)
    world.step()
    await sim.upload(account, name, content, kind)
    await world.settle()


async def test_an_empty_file_is_refused_with_a_word(world: World) -> None:
    await world.say("何老师", post())
    await send(world, "何老师", "空.pdf", b"")
    said = "\n".join(shown.text + str(shown.native) for shown in world.screen("何老师"))

    assert "“空.pdf”没有收下：文件是空的（0 字节），请检查后重新发送。" in said

    await world.click("何老师", "确认提交")

    assert (await request()).form["files"] == []


@pytest.mark.parametrize(("who", "kind"), [("何老师", "file"), ("李老师", "image")])
async def test_the_same_file_twice_is_taken_once_and_said_so(world: World, who: str, kind: str) -> None:
    await world.say(who, post())
    await send(world, who, "海报.jpg", b"\xff\xd8\xff picture", kind)
    await send(world, who, "海报.jpg", b"\xff\xd8\xff picture", kind)
    said = "\n".join(shown.text + str(shown.native) for shown in world.screen(who))

    assert "内容相同，只收一份。" in said

    await world.click(who, "确认提交")

    assert len((await request()).form["files"]) == 1


@pytest.mark.parametrize("who", ["何老师", "李老师"])
async def test_a_program_is_not_taken_whatever_it_is_called(world: World, who: str) -> None:
    await world.say(who, post())
    await send(world, who, "海报.jpg", b"MZ\x90\x00", "image")
    said = "\n".join(shown.text + str(shown.native) for shown in world.screen(who))

    assert "没有收下：程序、脚本、带宏的文档不转发，请改发文档、图片、音视频或压缩包。" in said
    assert "重新发送" not in said

    await world.click(who, "确认提交")

    assert (await request()).form["files"] == []


async def test_a_program_is_refused_by_its_ending_before_it_is_fetched(world: World) -> None:
    await world.say("何老师", post())
    await send(world, "何老师", "议程\u202efdp.exe", b"agenda")

    assert world.last("何老师").endswith(
        "“议程fdp.exe”没有收下：程序、脚本、带宏的文档不转发，请改发文档、图片、音视频或压缩包。"
    )


async def test_a_file_is_called_by_what_can_be_seen_of_its_name(world: World) -> None:
    await world.say("何老师", post())
    await send(world, "何老师", "..\\议程\u200b\u202e.pdf", b"agenda")
    await world.click("何老师", "确认提交")

    assert [file["name"] for file in (await request()).form["files"]] == ["议程.pdf"]
