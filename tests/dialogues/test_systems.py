"""/制度: units put systems on record, and everybody sees what their own lacks (Articles 7 to 9)."""

from io import BytesIO

from openpyxl import load_workbook

from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons, words

NUMBER = "ZD-2026-0001"


def typed(kind: str = "制度文件", name: str = "全媒体管理责任制", *more: str) -> str:
    lines = (f"种类：{kind}", f"名称：{name}", "日期：2026-03-01", "材料：存学院办公室")
    return "\n".join(("/制度", *lines, *more))


async def put(world: World, who: str = "李老师", *of: str) -> None:
    await world.say(who, typed(*of))
    await world.click(who, "确认提交")


async def test_who_runs_media_puts_a_system_on_record_and_sees_what_is_missing(world: World) -> None:
    await put(world)

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-1] == f"已登记 {NUMBER} 全媒体管理责任制"

    await world.say("王书记", "/制度")

    told = world.last("王书记")
    assert "机电学院党委 2026 年制度和培训" in told
    assert f"责任体系：{NUMBER}（2026-03-01）" in told
    assert "工作队伍：缺，自 2020-01-01 起（第七条）" in told
    assert "警示教育：缺，自 2026-01-01 起（第七条）" in told
    assert "版权制度：缺，自 2020-01-01 起（第九条）" in told
    assert buttons(world.card("王书记")) == ["登记制度", "发起培训"]


async def test_others_of_the_unit_look_and_put_nothing_there(world: World) -> None:
    await put(world)
    await world.say("孙老师", typed())

    assert "由本单位第一责任人、媒体运营负责人或内勤登记" in world.last("孙老师")

    await world.say("孙老师", "/制度")

    assert f"责任体系：{NUMBER}" in world.last("孙老师")
    assert "登记制度" not in world.last("孙老师")

    await world.say("孙老师", "/制度 计算学部党委")

    assert "由全媒体中心查看" in world.last("孙老师")


async def test_wecom_asks_one_by_one_and_a_file_is_the_material(world: World) -> None:
    await world.say("王书记", "/制度")
    await world.click("王书记", "登记制度")
    await world.feishu.upload("ou_wang", "审核办法.pdf", b"pdf")
    await world.settle()
    await world.click("王书记", "预览", kind="审核机制", title="三级审核办法", held_on="2026-09-01")
    await world.click("王书记", "确认提交")

    assert [file["name"] for file in (await request(NUMBER)).form["files"]] == ["审核办法.pdf"]

    await world.say("唐老师", "/制度")
    await world.click("唐老师", "登记制度")
    await world.click("唐老师", "下一步", kind=["保密制度"])
    await world.say("唐老师", "计算学部保密审查规定")
    await world.say("唐老师", "2026-01-05")
    await world.say("唐老师", "存学部办公室")
    await world.click("唐老师", "确认提交")

    assert (await request("ZD-2026-0002")).form["kind"] == "保密制度"


async def test_it_is_valid_until_another_takes_its_place(world: World) -> None:
    await put(world)
    await put(world, "王书记", "制度文件", "责任制（修订）", "日期：2026-10-01", f"替代：{NUMBER}")
    await world.say("王书记", "/制度")

    assert "责任体系：ZD-2026-0002（2026-10-01）" in world.last("王书记")

    await world.click("王书记", "注销登记")
    await world.click("王书记", "确认注销")
    await world.say("王书记", "/制度")

    assert f"责任体系：{NUMBER}（2026-03-01）" in world.last("王书记")


async def test_odd_words_behind_the_command_cost_nothing(world: World) -> None:
    for odd in (f"a{' ' * 5000}b", "2" * 5000, "年" * 5000):
        await world.say("王书记", f"/制度 {odd}")

    await world.say("王书记", "/制度   2026   年")

    assert "机电学院党委 2026 年制度和培训" in world.last("王书记")


async def test_only_a_system_of_ones_own_unit_can_be_replaced(world: World) -> None:
    await put(world)
    await world.say("唐老师", typed("制度文件", "责任制", f"替代：{NUMBER}"))

    assert "请填本单位登记过的制度编号" in world.last("唐老师")


async def test_what_is_not_in_force_yet_waits(world: World) -> None:
    await world.say("李老师", typed().replace("2026-03-01", "2027-01-01"))

    assert "还没有到这一天" in world.last("李老师")


async def test_the_roster_is_for_those_who_keep_it(world: World) -> None:
    await put(world, "李老师", "队伍名册", "队伍名册 2026")
    for who, may in (("王书记", True), ("沈老师", True), ("钱主任", True), ("林书记", False)):
        await world.say(who, f"/查询 {NUMBER}")

        assert ("队伍名册 2026" in world.last(who)) is may


async def test_the_centre_and_the_auditor_see_the_gaps_of_all(world: World) -> None:
    await put(world)
    await world.say("钱主任", "/制度 2026")

    assert "2026 年制度和培训：3 个单位有缺项" in world.titles("钱主任")[-1]
    assert "机电学院党委：缺工作队伍、审核机制、政策宣讲、警示教育、保密制度、版权制度" in world.last(
        "钱主任"
    )
    assert "计算学部党委：7 项都还没有" in world.last("钱主任")
    assert "缺的单位数：责任体系 2，工作队伍 3" in world.last("钱主任")

    await world.say("沈老师", "/制度 机电学院党委 2026")

    assert f"责任体系：{NUMBER}" in world.last("沈老师")

    await world.say("李老师", "/制度 2025")

    assert "机电学院党委 2025 年制度和培训" in world.last("李老师")

    await world.say("李老师", "/制度 2031")

    assert "可以看 2019 到 2026 年的" in world.last("李老师")


async def test_the_centre_has_a_table_of_the_year(world: World) -> None:
    await put(world)
    await world.say("钱主任", "/制度 2026 表格")
    await world.say("李老师", "/制度 2026 表格")

    (sent,) = [shown for shown in world.screen("钱主任") if shown.file]
    book = load_workbook(BytesIO(sent.file.content if sent.file else b""))
    rows = {row[0]: row for row in book["各单位"].iter_rows(values_only=True)}
    assert sent.text == "[文件] 2026 年制度和培训.xlsx"
    assert rows["机电学院党委"][1:5] == (6, NUMBER, "缺（自 2020-01-01）", "缺（自 2020-01-01）")
    assert not any(shown.file for shown in world.screen("李老师"))


async def test_the_head_is_reminded_three_times_a_year_of_what_is_missing(world: World) -> None:
    await put(world)
    await world.tick("look_out", days=110)
    await world.tick("remind", days=2, minutes=47)

    shown = world.card("王书记", of="2027 年制度和培训还缺 6 项")
    assert "工作队伍：缺，自 2020-01-01 起（第七条）" in words(shown)
    assert buttons(shown) == ["登记制度", "发起培训"]
    assert not any("还缺" in one for one in world.titles("李老师"))

    for kind in ("队伍名册", "审核机制", "保密制度", "版权制度"):
        await put(world, "王书记", kind, f"{kind}一", "日期：2027-03-01")
    for kind in ("政策宣讲", "警示教育"):
        await world.say("王书记", f"/培训\n种类：{kind}\n标题：{kind}\n日期：今天\n参加人：20人")
        await world.click("王书记", "确认提交")
    await world.tick("remind", days=93)

    assert len([one for one in world.titles("王书记") if "年制度和培训" in one]) == 1

    await world.say("王书记", "/制度")

    assert "各项齐备" in world.last("王书记")
