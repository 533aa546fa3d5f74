"""Article 8 once a request was returned: what is said to be deleted is nowhere any more."""

from collections.abc import Sequence

import pytest

from storage import audit, db, ledger, media, requests, trail
from storage.records import State
from tests.dialogues.filings import change, filing
from tests.dialogues.posts import post, request
from tests.world import World, buttons, title, words

SECRET = "玄武七号试验数据"
NUMBER = "FB-2026-0001"


async def everything_kept() -> str:
    """Every column of every table, as one text."""
    if db.is_postgres():
        listed = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    else:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = [row["name"] for row in await db.rows(listed)]
    return "\n".join(
        [str(dict(row)) for table in tables for row in await db.rows(f'SELECT * FROM "{table}"')]
    )


def on_screens(world: World, names: Sequence[str]) -> str:
    """All that these people can still read of what the bot sent."""
    screens = [shown for name in names for shown in world.screen(name)]
    return "\n".join(words(shown) for shown in screens if not shown.mine and not shown.recalled)


async def returned(world: World, who: str) -> None:
    """A post with a file, passed by the reviewer and returned by the first-responsible person."""
    await world.say(who, post(标题=f"关于{SECRET}", 正文=f"正文里的{SECRET}", 摘要=f"{SECRET}摘要", 涉及=""))
    if who == "何老师":
        await world.feishu.upload("ou_he", f"{SECRET}.xlsx", SECRET.encode())
        await world.settle()
    await world.click(who, "确认提交")
    await world.click("孙老师", "查看")
    await world.click("孙老师", "审查通过")
    await world.say("王书记", f"/退回 {NUMBER} 请再核对")


PEOPLE = ("李老师", "何老师", "孙老师", "王书记", "赵老师", "钱主任")


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_yes_on_a_revision_erases_request_versions_and_files(world: World, who: str) -> None:
    await returned(world, who)
    assert SECRET in await everything_kept()
    await world.say(who, f"/修改 {NUMBER}")
    await world.click(who, "有涉密情形")

    assert SECRET not in await everything_kept()
    assert await db.rows("SELECT * FROM blobs") == []
    assert SECRET not in on_screens(world, PEOPLE)
    stopped = await request()
    assert (stopped.state, stopped.form, len(stopped.digest)) == (State.STOPPED, {}, 64)
    assert await audit.verify() is None


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_yes_in_a_line_of_the_revision_does_the_same(world: World, who: str) -> None:
    await returned(world, who)
    await world.say(who, f"/修改 {NUMBER}")
    await world.say(who, f"摘要：改过的{SECRET}\n涉密：是")

    assert SECRET not in await everything_kept()
    assert SECRET not in on_screens(world, PEOPLE)
    assert (await request()).state is State.STOPPED


async def test_earlier_versions_go_too(world: World) -> None:
    await returned(world, "何老师")
    await world.say("何老师", f"/修改 {NUMBER}")
    await world.feishu.upload("ou_he", f"新的{SECRET}.pdf", f"新的{SECRET}".encode())
    await world.settle()
    await world.click("何老师", "确认提交")
    await world.say("孙老师", f"/退回 {NUMBER} 还要核对")
    await world.say("何老师", f"/修改 {NUMBER}")
    await world.say("何老师", "涉密：是")

    assert SECRET not in await everything_kept()
    assert await db.rows("SELECT * FROM blobs") == []
    assert len(await db.rows("SELECT * FROM versions WHERE length(digest) = 64")) == 2


async def test_whoever_stopped_one_and_was_told_of_it_in_words_stops_another(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/催办 {NUMBER}")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.click("李老师", "有涉密情形")
    await world.say("李老师", post(标题=f"再说{SECRET}"))
    await world.click("李老师", "有涉密情形")

    assert SECRET not in await everything_kept()
    assert SECRET not in on_screens(world, PEOPLE)


async def test_a_file_that_another_post_has_too_stays_there(world: World) -> None:
    await world.say("何老师", post(标题="校庆"))
    await world.feishu.upload("ou_he", "校徽.png", b"badge")
    await world.settle()
    await world.click("何老师", "确认提交")
    await world.say("何老师", post(标题=f"关于{SECRET}"))
    await world.feishu.upload("ou_he", f"{SECRET}.png", b"badge")
    await world.settle()
    await world.click("何老师", "确认提交", of=SECRET)
    await world.say("孙老师", "/退回 FB-2026-0002 请再核对")
    await world.say("何老师", "/修改 FB-2026-0002")
    await world.say("何老师", "涉密：是")

    assert [bytes(row["content"]) for row in await db.rows("SELECT content FROM blobs")] == [b"badge"]
    assert SECRET not in await everything_kept()


async def test_the_record_of_the_stop_stays_on_the_request(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.click("李老师", "有涉密情形")

    last = (await trail.of(NUMBER))[-1]
    assert (last.actor, last.act, last.before, last.after, last.article) == (
        "2104", "stop", "returned v1", "stopped v1", "第八条",
    )  # fmt: skip
    assert await trail.of("stop:2104") == []


async def test_the_author_is_told_what_was_done(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.say("李老师", "涉密：是")

    assert world.last("李老师").startswith(
        f"【已停止：内容可能涉密】\n{NUMBER} 已停止，标题、各版正文和附件都已从本系统删除，"
        "只留编号、经过和校验值。"
    )
    await world.say("李老师", f"/查询 {NUMBER}")
    assert f"已停止 {NUMBER} （内容已删除）" in world.titles("李老师")[-1]
    assert "申请人报告内容可能涉密" in world.last("李老师")
    assert "李老师 因涉密停止 · " in world.last("李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    assert f"{NUMBER} 因可能涉密已停止，不能修改。" in world.last("李老师")
    await world.say("李老师", f"/查询 {NUMBER} 全文")
    assert "已删除（第八条）" in world.last("李老师")


async def test_whoever_was_shown_it_has_it_taken_back_and_is_told(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.click("李老师", "有涉密情形")

    for name in ("孙老师", "王书记"):
        left = [title(shown) for shown in world.screen(name) if not shown.mine and not shown.recalled]
        assert left[-1] == "已停止：内容可能涉密"
        assert f"申请人报告 {NUMBER} 的内容可能涉密" in world.last(name)
    assert "已停止：内容可能涉密" not in world.titles("钱主任")


async def test_what_is_too_old_to_be_taken_back_is_repainted_without_its_text(world: World) -> None:
    await returned(world, "李老师")
    world.step(3 * 24 * 3600)
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.click("李老师", "有涉密情形")

    cards = [shown for shown in world.screen("孙老师") if shown.native is not None and not shown.recalled]
    assert SECRET not in "\n".join(words(shown) for shown in cards)
    assert all(buttons(shown) == [] for shown in cards)


async def test_nothing_is_owed_and_nobody_holds_it_any_more(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.click("李老师", "有涉密情形")
    said = [len(world.screen(name)) for name in PEOPLE]
    await world.tick(days=2)

    assert await requests.holders((await request()).id) == {}
    assert await db.rows("SELECT * FROM duties WHERE request IS NOT NULL AND next_at IS NOT NULL") == []
    assert [len(world.screen(name)) for name in PEOPLE] == said


async def test_a_file_that_is_still_on_its_way_is_not_kept(world: World) -> None:
    await returned(world, "何老师")
    await world.say("何老师", f"/修改 {NUMBER}")
    await world.feishu.upload("ou_he", f"迟到的{SECRET}.pdf", SECRET.encode())
    sim, account = world.where("何老师")
    await sim.click(account, world.card("何老师", "有涉密情形").id, "有涉密情形")
    await world.settle()

    assert SECRET not in await everything_kept()
    assert await db.rows("SELECT * FROM blobs") == []


async def test_what_was_withdrawn_meanwhile_is_erased_and_stays_withdrawn(world: World) -> None:
    await returned(world, "李老师")
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.say("李老师", f"/撤回 {NUMBER}")
    await world.click("李老师", "有涉密情形")

    assert SECRET not in await everything_kept()
    assert (await request()).state is State.WITHDRAWN
    assert await audit.verify() is None


async def test_a_reason_that_was_waited_for_is_not_waited_for_any_more(world: World) -> None:
    await returned(world, "李老师")
    sql = "INSERT INTO prompts (person, act, number, step, version, expires_at) VALUES (?, ?, ?, ?, ?, ?)"
    await db.run(sql, "2101", "return", NUMBER, (await request()).step, 1, db.to_ms(world.now) + 600_000)
    await world.say("李老师", f"/修改 {NUMBER}")
    await world.say("李老师", "涉密：是")

    assert await db.rows("SELECT * FROM prompts") == []


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_a_change_shown_on_the_ledger_is_taken_back(world: World, who: str) -> None:
    lines = {"变更日期": "2026-11-02", "逾期原因": f"因{SECRET}", "变更原因": f"为了{SECRET}"}
    await world.say(who, change(管理员="", 名称=SECRET, **lines))
    await world.click(who, "确认提交")
    await world.say("王书记", "/退回 BG-2026-0001 请再核对")
    await world.say(who, "/修改 BG-2026-0001")
    await world.say(who, "涉密：是")

    assert SECRET not in await everything_kept()
    assert SECRET not in on_screens(world, PEOPLE)
    assert [one.name for one in await media.several(["QM-0001"])] == ["机电之声"]
    assert await ledger.history("QM-0001") == []
    assert (await request("BG-2026-0001")).state is State.STOPPED


async def test_a_filing_is_erased_with_what_it_said(world: World) -> None:
    late = {"备案类型": "补备案", "开通日期": "2026-01-05", "补备案原因": f"因{SECRET}"}
    await world.say("李老师", filing(媒体名称=SECRET, 定位=f"发布{SECRET}，服务师生和校友。", **late))
    await world.click("李老师", "确认提交")
    await world.say("王书记", "/退回 BA-2026-0001 请再核对")
    await world.say("李老师", "/修改 BA-2026-0001")
    await world.say("李老师", "涉密：是")

    assert SECRET not in await everything_kept()
    assert SECRET not in on_screens(world, PEOPLE)
    assert (await request("BA-2026-0001")).state is State.STOPPED


async def test_the_names_of_files_that_were_answered_are_not_kept(world: World) -> None:
    await world.say("何老师", post())
    for _ in range(2):
        await world.feishu.upload("ou_he", f"{SECRET}.pdf", SECRET.encode())
        await world.settle()
    await world.click("何老师", "有涉密情形")

    assert SECRET not in await everything_kept()
