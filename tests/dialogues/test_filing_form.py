"""/备案 as text lines, as Feishu's form and as WeCom's dialogue: what is asked, refused and kept."""

import pytest

from storage import db, media
from tests.dialogues.filings import file, filing, pass_filing
from tests.dialogues.posts import request
from tests.dialogues.test_publish_step_by_step import nodes, typed
from tests.world import World, buttons

FIELDS = {
    "account_name": "机电青春",
    "platform_type": "视频号",
    "purpose": "发布学院学生活动的短视频，服务师生。",
}


async def test_the_number_of_a_request_is_no_name_of_a_new_one(world: World) -> None:
    await file(world)
    await world.say("王书记", "/备案 BA-2026-0001")

    assert "BA-2026-0001 是已有的申请。办理请发 /同意 BA-2026-0001" in world.last("王书记")


async def test_wecom_asks_one_thing_after_the_other(world: World) -> None:
    await world.say("李老师", "/备案")
    seen = world.titles("李老师")
    for answer in ("机电青春", "视频号", "李老师", "李老师、何老师", "发布学院学生活动的短视频，服务师生。"):
        await world.say("李老师", answer)
        seen.append(world.titles("李老师")[-1])
    for chosen in ({"name_level": "单位下属"}, {"frequency": "每月"}, {"partner": "否"}):
        await world.click("李老师", "下一步", **chosen)
        seen.append(world.titles("李老师")[-1])

    assert seen == [
        "备案：媒体名称",
        "备案：平台类型",
        "备案：运营负责人",
        "备案：管理员",
        "备案：定位",
        "备案：基本情况",
        "备案：运行情况",
        "备案：合规情况",
        "请确认：机电青春 备案",
    ]

    await world.click("李老师", "确认提交")
    form = (await request("BA-2026-0001")).form

    assert (form["name_level"], form["frequency"], form["admins"]) == ("单位下属", "每月", ["2104", "2105"])


async def test_wecom_changes_choices_after_the_preview(world: World) -> None:
    await world.say("李老师", filing())
    await world.click("李老师", "修改")

    assert buttons(world.card("李老师")) == ["基本情况", "运行情况", "合规情况", "受众", "看预览"]

    await world.click("李老师", "受众")
    await world.click("李老师", "下一步", audience=["校友", "社会公众"])
    await world.click("李老师", "确认提交")

    assert (await request("BA-2026-0001")).form["audience"] == ["校友", "社会公众"]


async def test_feishu_shows_the_form_with_what_the_directory_knows(world: World) -> None:
    await db.run("UPDATE people SET mobile = '13800000000' WHERE id = '2105'")
    await world.say("何老师", "/备案")

    assert typed(world, "何老师") == {
        "operator": "何老师",
        "admins": "何老师",
        "host_unit": "机电学院党委",
        "phone": "13800000000",
    }

    await world.click("何老师", "预览", **FIELDS, **typed(world, "何老师"))
    await world.click("何老师", "确认提交")
    form = (await request("BA-2026-0001")).form

    assert (form["operator"], form["admins"], form["phone"]) == ("2105", ["2105"], "13800000000")


async def test_feishu_shows_every_field_of_the_form_and_the_rest_on_a_card_of_its_own(world: World) -> None:
    await world.say("何老师", filing())
    await world.click("何老师", "修改")
    form = named(world)
    await world.say("何老师", filing())
    await world.click("何老师", "其他情况")

    assert form == [
        "account_name", "platform_type", "platform_other", "operator", "admins", "purpose", "filing_kind",
        "opened_on", "late_reason", "account", "host_unit", "phone", "same_platform", "partner",
    ]  # fmt: skip
    assert named(world) == [
        "home_url", "name_level", "subject", "phone_owner", "leader", "reviewers", "certified", "content",
        "audience", "frequency", "comments", "copyright_rules", "secrecy_rules",
    ]  # fmt: skip

    await world.click("何老师", "下一步", leader="吴副书记", comments="是", audience=["校友"])
    await world.click("何老师", "确认提交")
    filed = (await request("BA-2026-0001")).form

    assert (filed["leader"], filed["comments"], filed["audience"]) == ("2102", "是", ["校友"])


def named(world: World) -> list[str]:
    """The fields of the newest form somebody sees."""
    return [
        str(node["name"])
        for node in nodes(world.card("何老师").native)
        if node.get("tag") in ("input", "select_static", "multi_select_static", "date_picker")
    ]


@pytest.mark.parametrize(
    ("field", "typed_", "reason"),
    [
        ("媒体名称", "机", "要 2–40 个字"),
        ("媒体名称", "长" * 41, "最多 40 字，现在 41 字"),
        ("平台类型", "微信公共号", "没有这个平台类型。您是不是要找：微信公众号"),
        ("平台类型", "豆瓣", "没有这个平台类型。名单以外的请写“其他：豆瓣”"),
        ("运营负责人", "陈同学", "须是教职工"),
        ("运营负责人", "张三", "没有在职的“张三”，请写姓名或工号"),
        ("管理员", "陈同学", "至少一名管理员须是教职工"),
        ("管理员", "李老师、何老师、周老师、孙老师、王书记、吴副书记", "最多 5 人，现在 6 人"),
        ("定位", "发新闻", "至少 10 个字，现在 3 个"),
        ("校外合作", "是", "不得与校外单位以“协办”等形式注册运行媒体（第十一条），不能备案"),
        ("主办单位", "计算学部党委", "只能为本单位备案（第四条）"),
        ("主办单位", "机电系", "没有这个单位，请写全称或单位代码"),
        ("主页链接", "hit.edu.cn", "链接要以 http:// 或 https:// 开头"),
        ("联系电话", "有事找我", "请填手机号、座机或分机号"),
        ("备案类型", "续期", "只能填：新建、补备案、重新备案"),
    ],
)
async def test_what_cannot_stand_is_named_with_its_reason_and_cannot_be_submitted(
    world: World, field: str, typed_: str, reason: str
) -> None:
    await world.say("李老师", filing(**{field: typed_}))

    assert f"· {field}“" in world.last("李老师")
    assert reason in world.last("李老师")
    assert "确认提交" not in world.last("李老师")


async def test_one_corrected_line_is_enough(world: World) -> None:
    await world.say("李老师", filing(校外合作="是", 管理员="陈同学"))
    await world.say("李老师", "校外合作：否")
    await world.say("李老师", "管理员：陈同学、李老师")

    assert world.titles("李老师") == ["备案：请改正", "备案：请改正", "请确认：机电青春 备案"]


async def test_a_platform_outside_the_list_is_written_out(world: World) -> None:
    await pass_filing(world, 平台类型="其他：豆瓣")

    assert [(m.name, m.platform_type) for m in await media.called("机电青春")] == [("机电青春", "豆瓣")]
    assert world.titles("李老师")[-1] == "已备案 BA-2026-0001 机电青春（豆瓣）"


async def test_another_platform_is_asked_for_its_name(world: World) -> None:
    await world.say("李老师", filing(平台类型="其他"))
    await world.say("李老师", "豆瓣")

    assert world.titles("李老师") == ["备案：其他平台", "请确认：机电青春 备案"]


async def test_a_second_medium_on_the_same_platform_is_asked_for_its_reason(world: World) -> None:
    await world.say("李老师", filing(平台类型="公众号"))
    await world.say("李老师", "面向校友，与现有账号受众不同")

    assert world.titles("李老师") == ["备案：同平台理由", "请确认：机电青春 备案"]

    await world.click("李老师", "确认提交")

    assert "本单位同平台已有：机电之声" in world.last("王书记")
    assert "同平台理由：面向校友，与现有账号受众不同" in world.last("王书记")


async def test_a_name_on_the_books_or_asked_for_is_taken(world: World) -> None:
    await world.say(
        "唐老师", filing(媒体名称="机电之声", 平台类型="公众号", 运营负责人="唐老师", 同平台理由="另办")
    )
    await world.click("唐老师", "确认提交")

    assert "台账里已有同名的微信公众号（QM-0001，在用），名称在同一平台不能重复。" in world.last("唐老师")

    await file(world)
    await world.say("唐老师", "媒体名称：机电青春")
    await world.say("唐老师", "平台类型：视频号")
    await world.click("唐老师", "确认提交")

    assert "同名的备案申请 BA-2026-0001 正在审批，名称在同一平台不能重复。" in world.last("唐老师")


async def test_the_same_name_is_free_on_another_platform(world: World) -> None:
    await pass_filing(world, 媒体名称="机电之声")

    assert [(m.no, m.platform_type) for m in await media.called("机电之声")] == [
        ("QM-0001", "微信公众号"),
        ("QM-0007", "视频号"),
    ]


@pytest.mark.parametrize(
    ("kind", "day", "answer"),
    [
        ("新建", "2026-03-01", "开通日期已过去：已在运行的媒体请填“备案类型：补备案”，并说明原因。"),
        ("补备案", "2026-12-01", "补备案的开通日期不能晚于今天；还没有开通的请填“备案类型：新建”。"),
        (
            "重新备案",
            "",
            "台账里没有本单位已注销的“机电青春”（视频号），不能重新备案；新媒体请填“备案类型：新建”。",
        ),
    ],
)
async def test_the_kind_of_filing_must_fit_the_facts(world: World, kind: str, day: str, answer: str) -> None:
    await world.say("李老师", filing(备案类型=kind, 开通日期=day, 补备案原因="未及时办理"))
    await world.click("李老师", "确认提交")

    assert world.last("李老师") == f"【没有办成】\n{answer}"


async def test_staff_of_an_inner_office_file_for_their_college_or_for_the_office(world: World) -> None:
    await file(world, "周老师")
    await file(world, "周老师", 媒体名称="机电办公", 主办单位="机电学院办公室", 同平台理由="办公室自用")

    assert [(await request(f"BA-2026-000{n}")).form["host_unit"] for n in (1, 2)] == ["2100", "2110"]
    assert world.titles("王书记") == [
        "待审批 BA-2026-0001 机电青春（视频号）",
        "待审批 BA-2026-0002 机电办公（视频号）",
    ]


async def test_namesakes_are_told_apart_by_number(world: World) -> None:
    await db.run("UPDATE people SET name = '何老师' WHERE id = '2106'")
    await world.say("何老师", filing(管理员="李老师"))

    assert world.titles("何老师") == ["请确认：机电青春 备案"]

    await world.say("何老师", "管理员：何老师")

    assert "有 2 位“何老师”：何老师（2105，机电学院党委" in world.last("何老师")

    await world.say("何老师", "管理员：2105、李老师")
    await world.click("何老师", "修改")

    assert typed(world, "何老师")["admins"] == "2105、李老师"


async def test_everything_is_sent_as_text_on_request(world: World) -> None:
    await world.say("李老师", filing(账号="hit_me", 三审人员="李老师初审，王书记终审"))
    await world.click("李老师", "查看")

    (whole,) = [shown.text for shown in world.screen("李老师") if "全文" in shown.text]

    assert "账号：hit_me" in whole
    assert "三审人员：李老师初审，王书记终审" in whole
