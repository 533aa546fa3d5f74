"""/公文: a request as an official paper, for whoever may read its text."""

from io import BytesIO

from docx import Document

from bot.platforms.multipart import Attached
from storage import trail
from tests.dialogues import cases, filings, rectifying
from tests.dialogues.posts import pass_all, request, submit
from tests.dialogues.test_authorisation import authorise
from tests.dialogues.test_deregister import approved
from tests.dialogues.test_impersonation import report
from tests.dialogues.test_topic import TOPIC, examiner
from tests.world import World, words

FB = "FB-2026-0001"


def file_of(world: World, name: str) -> Attached:
    """The newest file on somebody's screen."""
    return next(one.file for one in reversed(world.screen(name)) if one.file)


def text_of(world: World, name: str) -> str:
    """All the words of that paper."""
    found = Document(BytesIO(file_of(world, name).content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


async def asked(world: World, who: str, what: str) -> str:
    await world.say(who, f"/公文 {what}")
    return text_of(world, who)


async def test_the_approval_record_names_who_decided_what_and_when(world: World) -> None:
    await pass_all(world)
    text = await asked(world, "李老师", FB)

    assert file_of(world, "李老师").name == f"{FB} 信息发布审批记录.docx"
    assert "哈尔滨工业大学机电学院党委" in text
    assert "保密审查\n孙老师\n审查通过\n2026年11月23日 09:00" in text
    assert "第一责任人\n王书记\n同意\n2026年11月23日 09:00" in text
    assert "（哈工大党宣〔2019〕10号）第八条、第六条（三）1" in text
    assert "未办结" not in text

    await world.say("李老师", f"/查询 {FB}")

    digest = (await request()).digest[:16]
    assert digest in text
    assert digest in world.last("李老师")


async def test_the_same_record_gives_the_same_file_to_whoever_may_read_it(world: World) -> None:
    await pass_all(world)
    await asked(world, "李老师", FB)
    await world.tick(days=400)
    await asked(world, "王书记", FB)

    assert file_of(world, "李老师").content == file_of(world, "王书记").content


async def test_what_is_not_done_says_so(world: World) -> None:
    await submit(world)

    assert "（未办结：审批中，截至2026年11月23日（周一）09:00）" in await asked(world, "李老师", FB)


async def test_nobody_else_has_it_and_each_asking_is_on_the_trail(world: World) -> None:
    await pass_all(world)
    for who in ("唐老师", "沈老师", "何老师"):
        await world.say(who, f"/公文 {FB}")

        assert "docx" not in words(world.screen(who)[-1]), who

    await asked(world, "李老师", "1")
    (entry,) = await trail.of("paper:2104")

    assert (entry.actor, entry.note) == ("2104", f"{FB}；信息发布审批记录")


async def test_filing_and_change_have_their_forms(world: World) -> None:
    await filings.pass_filing(world)
    await filings.file_change(world)

    assert "机电青春" in await asked(world, "李老师", "BA-2026-0001")
    assert "未办结" in await asked(world, "李老师", "BG-2026-0001")


async def test_a_notice_goes_to_the_unit_under_its_own_number(world: World) -> None:
    await rectifying.issue(world)
    await world.say("王书记", "/公文 ZG-2026-0001")
    await world.click("王书记", "整改通知书")
    text = text_of(world, "王书记")

    assert "全媒体改〔2026〕1号" in text
    assert "机电学院党委：" in text
    assert "首页仍在使用旧校名" in text
    assert "未办结" not in text
    assert "未办结：整改中" in await asked(world, "钱主任", "ZG-2026-0001 办理记录")


async def test_a_notice_that_is_asked_for_later_has_its_first_last_day(world: World) -> None:
    await rectifying.issue(world, 限期="2026-11-30")
    await rectifying.reply(world)
    await world.say("钱主任", "/退回 ZG-2026-0001 还有旧校名，请在 2026-12-10 前改完")

    assert "请于2026年11月30日前完成" in await asked(world, "王书记", "ZG-2026-0001 通知书")
    assert "限期\n2026年12月10日" in await asked(world, "王书记", "ZG-2026-0001 办理记录")


async def test_an_impersonation_names_nobody_who_reported_it(world: World) -> None:
    await report(world)
    text = await asked(world, "钱主任", "MY-2026-0001")

    assert "机电表白墙" in text
    assert "陈同学" not in text


async def test_an_authorisation_says_for_how_long(world: World) -> None:
    await authorise(world)
    text = await asked(world, "李老师", "SQ-2026-0001 授权书")

    assert "授权你单位在哔哩哔哩使用“哈工大机器人队”名称" in text
    assert "自2026年12月1日起至2027年1月15日止" in text


async def test_no_paper_names_who_reported(world: World) -> None:
    await cases.heard(world)
    await cases.decides(world, 措施="提醒、移交纪检·人事·学工")
    slip = await asked(world, "钱主任", f"{cases.NUMBER} 移交单")
    whole = await asked(world, "钱主任", f"{cases.NUMBER} 办理记录")

    assert "何老师 的申辩" in slip
    assert "报名日期与学校通知不一致" in slip
    assert "唐老师" not in slip + whole
    assert "移交单" not in world.titles("何老师")

    await world.say("何老师", f"/公文 {cases.NUMBER}")

    assert file_of(world, "何老师").name == f"{cases.NUMBER} 案件办理记录.docx"


async def test_topics_and_media_that_end_have_theirs(world: World) -> None:
    await examiner()
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")
    await approved(world, "何老师")

    assert "机器人学导论" in await asked(world, "李老师", "XT-2026-0001")
    assert "机电之声" in await asked(world, "何老师", "ZX-2026-0001")


async def test_what_was_erased_for_secrecy_stays_erased(world: World) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 {FB} 请再核对")
    await world.say("李老师", f"/修改 {FB}")
    await world.click("李老师", "有涉密情形")
    await world.say("李老师", f"/公文 {FB}")

    assert f"{FB} 的内容因可能涉密已删除（第八条）。" in world.last("李老师")
