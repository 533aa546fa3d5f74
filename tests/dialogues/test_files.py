"""Files sent for a post: kept by SHA-256, counted in the digest, told of when they do not come."""

import hashlib

from storage import db, drafts
from storage.held import held
from tests.dialogues.posts import post, request
from tests.world import World

PICTURE = b"\xff\xd8\xff picture"


async def upload(world: World, who: str, name: str, content: bytes, kind: str = "file") -> None:
    sim, account = world.where(who)
    world.step()
    await sim.upload(account, name, content, kind)
    await world.settle()


async def test_a_file_from_feishu_goes_with_the_post_under_its_sha256(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", b"agenda")
    await world.click("何老师", "确认提交")
    sha256 = hashlib.sha256(b"agenda").hexdigest()

    assert [(f["name"], f["size"], f["sha256"]) for f in (await request()).form["files"]] == [
        ("议程.pdf", 6, sha256)
    ]
    assert [bytes(row["content"]) for row in await db.rows("SELECT content FROM blobs")] == [b"agenda"]
    assert "附件：议程.pdf（6 字节）" in world.last("孙老师")


async def test_a_picture_from_wecom_is_the_body_and_its_copyright_is_declared(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆海报")
    await upload(world, "李老师", "poster.jpg", PICTURE, "image")
    await world.click("李老师", "没有正文")

    assert world.titles("李老师") == ["发布：正文", "全媒", "请确认：校庆海报"]

    await world.click("李老师", "确认提交")
    form = (await request()).form

    assert (len(form["files"]), form["copyright"]["image"], form.get("body")) == (1, "原创", None)


async def test_pictures_without_a_name_are_numbered(world: World) -> None:
    await world.say("李老师", post())
    await upload(world, "李老师", "", PICTURE, "image")
    await upload(world, "李老师", "", PICTURE + b"!", "image")
    await world.click("李老师", "确认提交")

    assert [f["name"] for f in (await request()).form["files"]] == ["图片1", "图片2"]


async def test_the_sender_is_told_that_a_file_is_here(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", b"a" * 2048)

    assert world.titles("何老师") == ["请确认：学院更名", "全媒", "请确认：学院更名"]
    assert "议程.pdf（2 KB）" in world.last("何老师")


async def digest_with(world: World, content: bytes) -> str:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", content)
    await world.click("何老师", "确认提交")
    row = await db.one("SELECT digest FROM requests ORDER BY id DESC LIMIT 1")
    assert row is not None
    return str(row["digest"])


async def test_the_same_text_with_another_file_has_another_digest(world: World) -> None:
    first = await digest_with(world, b"one")
    same = await digest_with(world, b"one")
    other = await digest_with(world, b"two")

    assert (first == same, first == other) == (True, False)
    assert await db.rows("SELECT size FROM blobs") == [{"size": 3}, {"size": 3}]


async def test_a_file_that_cannot_be_fetched_is_told_and_does_not_stand_in_the_way(world: World) -> None:
    await world.say("何老师", post())
    world.feishu.faults.next_codes.append(234003)
    await upload(world, "何老师", "议程.pdf", b"agenda")

    assert "“议程.pdf”没有收下：没能从平台取到，请重新发送。" in "\n".join(spoken(world, "何老师"))

    await world.click("何老师", "确认提交")

    assert (await request()).form["files"] == []


def spoken(world: World, who: str) -> list[str]:
    return [str(shown.native or shown.text) for shown in world.screen(who) if not shown.mine]


async def test_a_tenth_file_is_not_taken(world: World) -> None:
    await world.say("何老师", post())
    draft = (await drafts.open_of("2105"))[0]
    async with db.transaction():
        await held(draft=draft.id)
        for number in range(9):
            await drafts.add_upload(draft.id, f"图{number}.png", "image")
    await upload(world, "何老师", "图10.pdf", b"tenth")

    assert "一份稿件最多 9 个附件，已有 9 个，这次的没有收下。" in world.last("何老师")
    assert len(await drafts.uploads(draft.id)) == 9


async def test_a_file_over_the_limit_is_not_kept(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "视频.mp4", bytes(20 * 1024 * 1024 + 1))

    assert "“视频.mp4”没有收下：超过 20.0 MB，请压缩或分成几份再发，大的视频可以只写链接。" in "\n".join(
        spoken(world, "何老师")
    )
    assert await db.rows("SELECT * FROM blobs") == []


async def test_a_post_is_not_submitted_while_a_file_is_on_its_way(world: World) -> None:
    await world.say("何老师", post())
    world.feishu.faults.limited = True
    await upload(world, "何老师", "议程.pdf", b"agenda")
    first = await world.click("何老师", "确认提交")
    second = await world.click("何老师", "确认提交")
    world.feishu.faults.limited = False
    world.step(600)
    await world.settle()
    await world.click("何老师", "确认提交")

    assert (first, second) == (
        "内容已有改动，请核对最新的预览。",
        "附件还在接收，请稍候几秒再提交。",
    )
    assert [f["name"] for f in (await request()).form["files"]] == ["议程.pdf"]


async def test_a_file_without_a_draft_is_not_kept(world: World) -> None:
    await upload(world, "何老师", "议程.pdf", b"agenda")

    assert "收到文件，但您没有正在填写的稿件或申请。" in world.last("何老师")
    assert await db.rows("SELECT * FROM uploads") == []


async def test_a_file_that_comes_after_the_draft_was_given_up_is_not_kept(world: World) -> None:
    await world.say("何老师", post())
    world.feishu.faults.limited = True
    await upload(world, "何老师", "议程.pdf", b"agenda")
    await world.say("何老师", "放弃")
    world.feishu.faults.limited = False
    world.step(600)
    await world.settle()

    assert await db.rows("SELECT * FROM blobs") == []


async def test_files_go_along_into_a_revision(world: World) -> None:
    await world.say("何老师", post())
    await upload(world, "何老师", "议程.pdf", b"agenda")
    await world.click("何老师", "确认提交")
    before = (await request()).form["files"]
    await world.click("孙老师", "退回", reason="请补主语")
    await world.click("何老师", "修改", of="已退回")
    await upload(world, "何老师", "名单.pdf", b"names")
    await world.click("何老师", "确认提交")

    assert (await request()).form["files"][:1] == before
    assert "附件：新增 名单.pdf" in world.last("孙老师")
