"""/督查 年: a pack a unit, figures with their records, the unit's 意见, 定稿 (Article 12)."""

from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from handlers.duties.matter import Reading
from handlers.reminders.due_account import DueAccount
from storage import db, duties, trail
from storage.records import State
from tests.dialogues.filings import change
from tests.dialogues.posts import pass_all, request
from tests.world import World, buttons, words

CENTRE, JIDIAN, JISUAN = "DC-2026-0001", "DC-2026-0002", "DC-2026-0003"
"""The packs of 全媒体中心, 机电学院党委 and 计算学部党委, in the order of their codes."""


async def opened(world: World, who: str = "赵老师") -> None:
    """The account of 2026; every unit has its pack."""
    await world.say(who, "/督查 2026")
    await world.click(who, "确认提交")
    for _ in range(3):
        await world.tick("rounds")


async def spoken(world: World, text: str = "无异议") -> None:
    await world.say("王书记", f"/提意见 {JIDIAN}\n意见：{text}")
    await world.click("王书记", "确认提交")


async def test_a_year_is_opened_counted_spoken_about_and_settled(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", change(变更日期="2026-11-02", 逾期原因="交接晚了"))
    await world.click("李老师", "确认提交")
    await opened(world)

    assert world.titles("王书记")[-1] == f"待提意见 {JIDIAN} 2026 年度督查 机电学院党委"
    shown = world.last("王书记")
    assert "2026-01-01 至 2026-11-23，建议 98 分" in shown
    assert "12月7日（周一）24:00前" in shown
    assert "−2 逾期备案 1 件，每件 2 分（BG-2026-0001）" in shown
    assert buttons(world.card("王书记")) == ["提意见", "看记录", "填报年检", "查看", "更多"]
    assert f"/填报年检 {JIDIAN}" in world.last("李老师")

    await spoken(world, "逾期一件系平台迁移，请核减")

    assert world.titles("赵老师")[-1] == f"待定稿 {JIDIAN} 2026 年度督查 机电学院党委"
    assert "王书记：逾期一件系平台迁移，请核减" in world.last("赵老师")

    await world.say("赵老师", f"/定稿 {JIDIAN}\n结果：合格\n得分：100")
    await world.say("赵老师", "逾期属平台迁移，予以核减")
    await world.click("赵老师", "确认提交")

    settled = await request(JIDIAN)
    assert (settled.state, settled.outcome["result"]) == (State.RECORDED, "合格")
    assert "已定稿：合格，100 分（系统建议 98 分）" in world.last("王书记")

    await world.say("赵老师", "/督查 2026")
    assert world.titles("赵老师")[-1] == "2026 年度督查 1/3"

    book, paper = [shown.file.content for shown in world.screen("赵老师") if shown.file]
    figures = [row[:3] for row in load_workbook(BytesIO(book))["各项数据"].values]
    assert ("逾期备案", 1, "1 件") in figures
    told = [one.text for one in Document(BytesIO(paper)).paragraphs]
    assert "检查结果：合格，100 分（系统建议 98 分）" in told
    assert "王书记：逾期一件系平台迁移，请核减" in told


async def test_every_figure_leads_to_its_records_page_by_page(world: World) -> None:
    await pass_all(world)
    await opened(world)
    await world.click("王书记", "看记录", of=JIDIAN)

    assert "1 备案率：100%（4/4）" in world.last("王书记")

    await world.click("王书记", "逐项看记录")
    assert world.titles("王书记")[-1] == f"{JIDIAN} 备案率 100%（4/4）"
    assert "QM-0001 机电之声" in world.last("王书记")

    await world.say("王书记", f"/督查 {JIDIAN} 4")
    assert "FB-2026-0001" in world.last("王书记")

    await world.say("李老师", f"/督查 {JIDIAN} 4")
    assert "由该单位第一责任人、全媒体中心和学校党委查看" in world.last("李老师")

    await world.say("高书记", f"/督查 {JISUAN} 13")
    assert "个人账号只计数，不列名单" in world.last("高书记")


async def test_silence_lets_the_centre_go_on_and_says_so_and_the_unit_may_still_speak(world: World) -> None:
    await opened(world)
    await world.tick(days=14, minutes=7)

    assert world.titles("赵老师")[-1].startswith("提醒") is False
    assert (await request(JIDIAN)).step == "opinion"

    await world.tick(days=1)

    pack = await request(JIDIAN)
    assert (pack.step, pack.chain[0].passed_by_rule) == ("settle", "期满没有收到意见")
    await world.say("赵老师", f"/查询 {JIDIAN} 全文")
    assert "期满没有收到意见" in world.last("赵老师")

    await world.say("王书记", f"/补充意见 {JIDIAN} 出差，迟复为歉：无异议")
    await world.click("王书记", "确认提交")
    await world.say("赵老师", f"/定稿 {JIDIAN} 合格")
    await world.click("赵老师", "确认提交")

    assert (await request(JIDIAN)).state is State.RECORDED


async def test_the_school_is_shown_by_unit_and_the_files_go_to_whoever_may_read_them(world: World) -> None:
    await opened(world)
    await spoken(world)
    await world.say("高书记", "/督查 2026 汇总")

    (book,) = [shown.file.content for shown in world.screen("高书记") if shown.file]
    sheet = load_workbook(BytesIO(book))
    rows = list(sheet["各单位"].values)
    assert [row[:3] for row in rows[1:]] == [
        ("全媒体中心", CENTRE, "待单位意见"),
        ("机电学院党委", JIDIAN, "待定稿"),
        ("计算学部党委", JISUAN, "待单位意见"),
    ]
    assert len(sheet["进度"]._charts) == 1

    await world.say("王书记", f"/督查 {JIDIAN} 文件")
    assert len([shown for shown in world.screen("王书记") if shown.file]) == 2
    await world.say("林书记", f"/督查 {JIDIAN} 文件")
    assert "由该单位第一责任人、全媒体中心和学校党委查看" in world.last("林书记")


async def test_only_the_centre_and_the_party_open_it_and_once(world: World) -> None:
    await world.say("李老师", "/督查 2026")
    assert "由全媒体中心或学校党委开启" in world.last("李老师")

    await opened(world, "高书记")

    assert (await request(JISUAN)).unit == "2200"
    await world.say("赵老师", "/督查 2026")
    assert world.titles("赵老师")[-1] == "2026 年度督查 0/3"


async def test_who_runs_the_media_says_how_each_did_before_the_unit_speaks(world: World) -> None:
    await opened(world)
    await world.say(
        "李老师", f"/填报年检 {JIDIAN}\n各媒体：机电之声：合格；全年发布 120 条\n机电网：优秀；好"
    )

    assert "“机电网”不是本单位这次督查的媒体" in world.last("李老师")

    await world.say("李老师", "机电之声：合格；全年发布 120 条\n机电学院网站：优秀；改版一次")
    await world.click("李老师", "确认提交")
    await world.say("何老师", f"/填报年检 {JIDIAN}\n各媒体：机电旧刊：合格；停更")
    await world.click("何老师", "确认提交")

    assert [row["name"] for row in (await request(JIDIAN)).form["part"]] == [
        "机电之声",
        "机电学院网站",
        "机电旧刊",
    ]
    await world.say("王书记", f"/查询 {JIDIAN} 全文")
    assert "机电之声：合格；全年发布 120 条" in world.last("王书记")
    assert "还没有填报：机电青年" in world.last("王书记")

    await spoken(world)
    await world.say("李老师", f"/填报年检 {JIDIAN}\n各媒体：机电之声：优秀；改")
    assert "没有“填报年检”要您办" in world.last("李老师")


async def test_figures_counted_anew_are_a_new_version_and_the_old_stays(world: World) -> None:
    await opened(world)
    await spoken(world, "备案率不对")
    await world.say("赵老师", f"/重新核算 {JIDIAN} 单位对第 1 项有异议，已核对")
    await world.click("赵老师", "确认提交")

    pack = await request(JIDIAN)
    assert (pack.version, pack.step) == (3, "settle")
    assert pack.form["opinion"]["text"] == "备案率不对"
    assert "已按现在的记录重新核算" in world.last("王书记")


async def test_whoever_spoke_for_the_unit_does_not_settle_it(world: World) -> None:
    await opened(world)
    await world.say("高书记", f"/提意见 {CENTRE}\n意见：无异议")
    await world.click("高书记", "确认提交")
    await world.say("高书记", f"/定稿 {CENTRE} 合格")

    assert (await request(CENTRE)).state is State.IN_REVIEW


async def test_the_centre_is_asked_to_open_the_account_until_it_has_or_has_said_why_not(world: World) -> None:
    asked = "该开启 2026 年度督查"
    await world.tick("look_out")
    await world.tick("remind", minutes=7)
    for who in ("赵老师", "钱主任"):
        await world.click(who, "看 督查")
        assert world.titles(who)[-1] == asked
        assert "请发：/督查 2026。今年不开展的，请发：/督查 2026 不开展 理由" in world.last(who)

    await world.say("赵老师", "/督查 2026 不开展")
    assert "请写明理由" in world.last("赵老师")
    await world.say("李老师", "/督查 2026 不开展 忙")
    assert "由全媒体中心或学校党委开启" in world.last("李老师")

    await world.say("赵老师", "/督查 2026 不开展 今年并入学校专项巡察")
    await world.tick("look_out", days=7)
    await world.tick("remind", minutes=7)
    assert asked not in world.last("赵老师")
    assert "年度督查不开展，不再提醒。赵老师：今年并入学校专项巡察" in words(
        world.card("钱主任", of="已办 该开启")
    )
    (declined,) = await trail.of("account:2026")
    assert (declined.actor, declined.note) == ("1101", "今年并入学校专项巡察")

    await opened(world)
    assert (await request(JIDIAN)).unit == "2100"
    [row] = await db.rows("SELECT id FROM duties WHERE kind = 'account'")
    duty = await duties.get(row["id"])
    assert duty
    card = await (await DueAccount.shown(duty)).card(Reading("1101", world.now, False))
    assert "不开展" not in card.lead, "it was opened after all"
