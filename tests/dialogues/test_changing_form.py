"""/变更 as text lines, as Feishu's form and as WeCom's dialogue; and drafts that the directory began."""

from datetime import UTC, date, datetime

import pytest

from handlers.drafts.change_draft import open_change_draft
from handlers.events import Message, Reply
from storage import db, drafts, people
from storage.records import Platform
from tests.dialogues.filings import change, file_change
from tests.dialogues.posts import request
from tests.dialogues.test_publish_step_by_step import nodes, typed
from tests.world import World

BG = "BG-2026-0001"
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


async def test_wecom_asks_what_changed_and_then_each_new_value(world: World) -> None:
    await world.say("李老师", "/变更")
    seen = world.titles("李老师")
    await world.click("李老师", "下一步", media=["机电之声"])
    seen.append(world.titles("李老师")[-1])
    await world.say("李老师", "昨天")
    seen.append(world.titles("李老师")[-1])
    await world.click("李老师", "下一步", items=["管理员", "状态"])
    seen.append(world.titles("李老师")[-1])
    await world.say("李老师", "李老师、何老师")
    seen.append(world.titles("李老师")[-1])
    await world.click("李老师", "下一步", after_state=["停更"])
    seen.append(world.titles("李老师")[-1])

    assert seen == [
        "变更：媒体",
        "变更：变更日期",
        "变更：变更事项",
        "变更：管理员",
        "变更：状态",
        "请确认：机电之声 变更",
    ]

    await world.click("李老师", "确认提交")
    form = (await request(BG)).form

    assert (form["changed_on"], form["after"]) == (
        "2026-11-22",
        {"admins": ["2104", "2105"], "state": "停更"},
    )


async def test_what_is_filed_holds_before_and_after_and_the_facts_of_the_term(world: World) -> None:
    await file_change(world, 名称="机电新声", 变更原因="学院更名")
    filed = await request(BG)
    facts = dict(filed.facts)

    assert filed.form == {
        "media": ["QM-0001"],
        "changed_on": "2026-11-20",
        "after": {"name": "机电新声", "admins": ["2104", "2105"]},
        "reason": "学院更名",
        "files": [],
    }
    assert len(facts.pop("calendar")) == 8
    assert facts == {
        "medium_name": "机电之声",
        "before": {"name": "机电之声", "admins": ["2104"]},
        "due_on": "2026-11-27",
        "late": False,
        "delay": 0,
        "provisional": False,
    }


async def test_feishu_shows_every_item_in_one_form(world: World) -> None:
    await world.say("何老师", "/变更")
    fields = [
        str(node["name"])
        for node in nodes(world.card("何老师").native)
        if node.get("tag") in ("input", "select_static", "multi_select_static", "date_picker")
    ]

    assert fields == [
        "media", "changed_on", "items", "after_name", "after_account", "after_operator", "after_admins",
        "after_first_responsible", "after_host_unit", "after_platform_type", "after_subject",
        "after_phone_owner", "after_certified", "after_profile", "after_purpose", "after_frequency",
        "after_state", "after_other", "reason", "late_reason",
    ]  # fmt: skip
    assert len([node for node in nodes(world.card("何老师").native) if "tag" in node]) <= 200


async def test_feishu_keeps_what_was_typed_by_name(world: World) -> None:
    await world.say("何老师", "/变更")
    await world.click(
        "何老师",
        "预览",
        media="QM-0002",
        changed_on="2026-11-20",
        after_operator="何老师",
        after_host_unit="2110",
    )

    assert "运营负责人：李老师 → 何老师" in world.last("何老师")
    assert "主办单位：机电学院党委 → 机电学院办公室" in world.last("何老师")

    await world.click("何老师", "修改")

    assert typed(world, "何老师") == {"after_operator": "何老师", "after_host_unit": "机电学院办公室"}


async def test_a_chosen_item_without_its_value_is_missing(world: World) -> None:
    await world.say("何老师", "/变更")
    await world.click(
        "何老师", "预览", media="QM-0002", changed_on="2026-11-20", items=["名称"], after_account="x"
    )

    assert "还缺：名称" in world.last("何老师")


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("媒体", "计算人", "“计算人”不是本单位的媒体，请由其主办单位发起（第四条）"),
        ("媒体", "机电之光", "台账里没有“机电之光”。发 /台账 可看本单位已备案的媒体；还没有备案的请先 /备案"),
        ("媒体", "机电之声、机电青年", "一次填一个媒体，这里有 2 个，其余的请另发 /变更"),
        ("变更日期", "2026-11-24", "变更日期不能晚于今天，变更发生后再备案"),
        ("变更日期", "前年", "看不出是哪一天"),
        ("管理员", "陈同学", "至少一名管理员须是教职工"),
        ("运营负责人", "陈同学", "须是教职工"),
        ("名称", "机", "要 2–40 个字"),
        ("平台迁移", "微信公共号", "没有这个平台类型。您是不是要找：微信公众号"),
        ("主办单位", "机电系", "没有这个单位，请写全称或单位代码"),
        ("状态", "停止运行", "只能填：在用、停更"),
    ],
)
async def test_what_cannot_stand_is_named_with_its_reason(
    world: World, field: str, written: str, reason: str
) -> None:
    await world.say("李老师", change(**{field: written}))

    assert f"· {field}“" in world.last("李老师")
    assert reason in world.last("李老师")


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"管理员": "李老师"}, "管理员与台账记载的一样，没有变更，请改正或去掉这一项。"),
        (
            {"管理员": "", "平台迁移": "单位网站", "名称": "机电学院网站"},
            "台账里已有同名的单位网站（QM-0002，在用），名称在同一平台不能重复。",
        ),
        (
            {"媒体": "机电青年", "状态": "在用"},
            "“机电青年”已被责令停止运行，不能由单位自行改变状态（第十五条）。",
        ),
    ],
    ids=["nothing-changes", "the-name-is-taken", "stopped-by-order"],
)
async def test_what_the_ledger_does_not_admit_cannot_be_submitted(
    world: World, fields: dict[str, str], answer: str
) -> None:
    await world.say("李老师", change(**fields))
    await world.click("李老师", "确认提交")

    assert world.last("李老师") == f"【没有办成】\n{answer}"


async def test_a_medium_in_rest_comes_back_by_a_change(world: World) -> None:
    await file_change(world, 媒体="机电旧刊", 管理员="", 状态="在用")

    assert "状态：停更 → 在用" in world.last("王书记")


async def test_students_file_no_changes(world: World) -> None:
    await world.say("陈同学", change())

    assert "备案和变更由教职工发起" in world.last("陈同学")


async def opened(who: str, platform: Platform, item: str, leaver: str) -> Reply:
    """The draft that a duty's button opens."""
    person = await people.get(who)
    assert person is not None
    account = person.feishu if platform is Platform.FEISHU else person.wecom
    event = Message(key=f"m-{who}-{item}", platform=platform, accounts=(account,), at=AT)
    async with db.transaction():
        return await open_change_draft(person, "QM-0001", item, date(2026, 11, 20), event, leaver=leaver)


async def form_of(reply: Reply) -> dict[str, object]:
    draft = await drafts.get(reply.args["draft"])
    assert draft is not None
    return {k: v for k, v in draft.form.items() if v} | {"asking": draft.asking}


async def test_of_a_leaver_among_administrators_the_others_stand_in_the_draft(world: World) -> None:
    await db.run("UPDATE media SET admins = '[\"2104\",\"2105\"]' WHERE no = 'QM-0001'")
    reply = await opened("2104", Platform.WECOM, "admins", "2105")

    assert await form_of(reply) == {
        "media": ["QM-0001"],
        "changed_on": "2026-11-20",
        "items": ["管理员"],
        "after": {"admins": ["2104"]},
        "asking": "",
    }


@pytest.mark.parametrize(
    ("item", "asking"), [("operator", "after_operator"), ("admins", "after_admins"), ("name", "after_name")]
)
async def test_what_only_people_know_is_asked(world: World, item: str, asking: str) -> None:
    reply = await opened("2104", Platform.WECOM, item, "2104")

    assert (await form_of(reply))["asking"] == asking


async def test_a_draft_begun_is_taken_up_again(world: World) -> None:
    first = await opened("2104", Platform.WECOM, "operator", "2104")
    await world.say("李老师", "何老师")
    again = await opened("2104", Platform.WECOM, "operator", "2104")

    assert again.args["draft"] == first.args["draft"]
    assert (await form_of(again))["after"] == {"operator": "2105"}


async def test_a_draft_is_opened_for_those_of_the_unit_alone(world: World) -> None:
    assert (await opened("2202", Platform.WECOM, "admins", "2104")).toast == (
        "这个媒体不在您单位的台账里，请由其主办单位发起变更备案。"
    )
    assert "由教职工发起" in (await opened("2107", Platform.WECOM, "admins", "2104")).toast
