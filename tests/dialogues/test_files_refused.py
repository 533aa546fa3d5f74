"""Files that are not taken: an empty one, and the same one twice."""

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

    assert "“空.pdf”没有收下：文件是空的（0 字节）。请重新发送。" in said

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
