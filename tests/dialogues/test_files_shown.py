"""查看 brings the files themselves: the bytes that were sent, to whoever may read the text, once."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.platforms import wecom_media
from bot.platforms.base import Answer
from storage import db
from tests.dialogues.posts import post
from tests.dialogues.test_files import upload
from tests.world import World

PDF = b"%PDF-1.7 agenda"
PICTURE = b"\xff\xd8\xff\xe0 picture"
NUMBER = "FB-2026-0001"


def files(world: World, who: str, on: str = "") -> list[tuple[str, str]]:
    """What the bot attached on somebody's screen: its text, and the SHA-256 of its bytes."""
    return [
        (shown.text, hashlib.sha256(shown.file.content).hexdigest())
        for shown in world.screen(who, on)
        if shown.file and not shown.recalled
    ]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# A picture has no name in Feishu.
SENT = [("[文件] 议程.pdf", sha256(PDF)), ("[图片] 图片1.jpg", sha256(PICTURE))]


async def submitted(world: World, who: str = "何老师") -> None:
    await world.say(who, post(涉及="重大事项决策"))
    await upload(world, who, "议程.pdf", PDF)
    await upload(world, who, "合影.jpg", PICTURE, "image")
    await world.click(who, "确认提交")


async def kinds(world: World) -> list[str]:
    """How the letters that carry a file ended."""
    sql = "SELECT state FROM letters WHERE kind = 'file' ORDER BY id"
    return [str(row["state"]) for row in await db.rows(sql)]


async def test_an_approver_sees_exactly_the_files_the_author_sent(world: World) -> None:
    await submitted(world)
    before = files(world, "孙老师")
    await world.click("孙老师", "查看")

    assert (before, files(world, "孙老师")) == ([], SENT)


async def test_an_approver_in_wecom_sees_the_files_sent_in_feishu(world: World) -> None:
    await submitted(world)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.click("赵老师", "查看")

    assert files(world, "赵老师") == SENT


async def test_a_picture_from_wecom_is_seen_in_feishu(world: World) -> None:
    await world.say("李老师", post())
    await upload(world, "李老师", "合影.jpg", PICTURE, "image")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "查看")

    assert [digest for _, digest in files(world, "孙老师")] == [sha256(PICTURE)]


async def test_the_text_comes_before_its_files(world: World) -> None:
    await submitted(world)
    await world.say("孙老师", f"/查询 {NUMBER} 全文")

    assert world.titles("孙老师")[-3:] == [f"{NUMBER} 全文（第 1 版）", "[文件] 议程.pdf", "[图片] 图片1.jpg"]


async def test_the_next_page_does_not_bring_the_files_again(world: World) -> None:
    await submitted(world)
    await world.say("孙老师", f"/查询 {NUMBER} 全文 2")

    assert files(world, "孙老师") == []


async def test_files_come_where_they_were_asked_for(world: World) -> None:
    await submitted(world)
    await world.say("孙老师", f"/查询 {NUMBER} 全文", chat="oc_group")

    assert [(shown.chat, shown.text) for shown in world.screen("孙老师") if shown.file] == [
        ("", "[文件] 议程.pdf"),
        ("", "[图片] 图片1.jpg"),
    ]


@pytest.mark.parametrize("who", ["李老师", "沈老师", "唐老师"])
async def test_whoever_is_not_involved_gets_no_file(world: World, who: str) -> None:
    await submitted(world)
    await world.say(who, f"/查询 {NUMBER} 全文")

    assert files(world, who) == []
    assert await kinds(world) == ["skipped", "skipped"]


async def test_the_author_sees_what_was_received_for_a_draft(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", PDF)
    await world.click("何老师", "查看")

    assert files(world, "何老师") == SENT[:1]


def failing_once(sim: Any, path: str, failure: Answer | Exception) -> None:
    """The first call to that address fails, after the work where it ends in an exception."""
    answer: Callable[..., Awaitable[Answer]] = sim.answer
    left = [failure]

    async def flaky(method: str, called: str, *rest: Any) -> Answer:
        if not called.endswith(path) or not left:
            return await answer(method, called, *rest)
        failed = left.pop()
        if isinstance(failed, Answer):
            return failed
        await answer(method, called, *rest)
        raise failed

    sim.answer = flaky


async def in_both(world: World) -> None:
    """何老师's post, looked at by 钱主任 in Feishu and 赵老师 in WeCom, until everything has arrived."""
    await submitted(world)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    for who in ("钱主任", "赵老师"):
        await world.say(who, f"/查询 {NUMBER} 全文")
    world.step(600)
    await world.settle()


async def test_a_failed_upload_is_tried_again_and_arrives_once(world: World) -> None:
    failing_once(world.feishu, "/im/v1/files", Answer(500, b'{"code":2200}'))
    failing_once(world.wecom, "/media/upload", Answer(200, b'{"errcode":-1}'))
    await in_both(world)

    assert sorted(files(world, "钱主任")) == sorted(files(world, "赵老师")) == sorted(SENT)


async def test_a_file_whose_upload_was_not_answered_arrives_once(world: World) -> None:
    failing_once(world.feishu, "/im/v1/images", TimeoutError())
    failing_once(world.wecom, "/media/upload", TimeoutError())
    await in_both(world)

    assert sorted(files(world, "钱主任")) == sorted(files(world, "赵老师")) == sorted(SENT)


async def test_a_file_too_large_for_a_platform_is_named(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wecom_media, "LARGEST_FILE", len(PICTURE))
    await in_both(world)

    assert files(world, "赵老师") == SENT[1:]
    assert world.last("赵老师").endswith(
        "附件“议程.pdf”（15 字节）太大，不能在这里发送。需要核对时，请向申请人何老师索取原件。"
    )


async def test_a_file_that_feishu_refuses_is_named_to_its_author(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", PDF)
    failing_once(world.feishu, "/im/v1/files", Answer(400, b'{"code":99991672}'))
    await world.click("何老师", "查看")

    assert files(world, "何老师") == []
    assert (
        "附件“议程.pdf”（15 字节）平台没有接收，不能在这里发送。附件已经收下，不影响提交和办理。"
        in world.last("何老师")
    )


async def test_a_file_shown_to_its_author_is_taken_back_when_it_may_be_secret(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", PDF)
    await world.click("何老师", "查看")
    shown = files(world, "何老师")
    await world.say("何老师", "保密：是")

    assert (shown, files(world, "何老师")) == (SENT[:1], [])
    assert await db.rows("SELECT id FROM letters WHERE args LIKE '%议程%'") == []
