"""/台账 in the chat: who sees what, one medium now and then, what needs attention."""

from datetime import date, timedelta

import pytest

from storage import db, drafts, ledger, ledger_tables, tables
from storage.records import MediumChange
from storage.rows import dump
from tests.dialogues.posts import pass_all
from tests.world import MORNING, World, buttons, words

TOLD = MORNING - timedelta(days=3)


def change(item: str, before: str, after: str, day: str, **more: object) -> MediumChange:
    fields = {"recorded_at": TOLD, "source": "import"} | more
    return MediumChange("QM-0001", item, before, after, date.fromisoformat(day), TOLD, **fields)  # type: ignore[arg-type]


async def appoint(unit: str, person: str, since: str, until: str = "") -> None:
    days = [
        db.to_ms(MORNING - (MORNING.date() - date.fromisoformat(day))) if day else None
        for day in (since, until)
    ]
    await tables.Appointment.create(
        unit=unit, post="第一责任人", person=person, since_at=days[0], until_at=days[1]
    )  # fmt: skip


async def leaves(person: str, day: str = "2026-11-20") -> None:
    await db.run("UPDATE people SET left_on = ? WHERE id = ?", day, person)


async def test_staff_see_the_media_of_their_own_unit(world: World) -> None:
    await world.say("李老师", "/台账")

    assert world.titles("李老师") == ["台账：4 个媒体"]
    assert "机电旧刊 期刊 停更" in world.last("李老师")
    assert "计算人" not in world.last("李老师")
    assert buttons(world.card("李老师")) == ["看 QM-0001", "看 QM-0002", "看 QM-0004", "看 QM-0005"]


async def test_an_inner_office_sees_what_its_managing_unit_hosts(world: World) -> None:
    await world.say("周老师", "、台账")

    assert world.titles("周老师") == ["台账：4 个媒体"]


@pytest.mark.parametrize("name", ["赵老师", "钱主任", "沈老师"])
async def test_the_centre_and_the_auditor_see_all_media_page_by_page(world: World, name: str) -> None:
    await world.say(name, "/台账")

    assert world.titles(name) == ["台账：6 个媒体"]
    assert "机电旧刊" in words(world.card(name))
    assert "下一页：/台账 第2页" in words(world.card(name))

    await world.click(name, "下一页")

    assert world.titles(name) == ["台账：6 个媒体"]
    assert "计算人 微信公众号 在用" in words(world.card(name))
    assert "机电旧刊" not in words(world.card(name))
    assert buttons(world.card(name)) == ["看 QM-0006", "回第 1 页"]


async def test_a_page_is_turned_by_text_too_and_beyond_the_last_the_last_is_shown(world: World) -> None:
    await world.say("赵老师", "/台账 第9页")

    assert "计算人 微信公众号 在用" in world.last("赵老师")


async def test_a_student_is_refused_under_article_4(world: World) -> None:
    await world.say("陈同学", "/台账 机电之声")

    assert "台账由教职工查看本单位的媒体" in world.last("陈同学")
    assert "（第四条）" in world.last("陈同学")
    assert "2104" not in world.last("陈同学")


@pytest.mark.parametrize("asked", ["QM-0006", "qm6", "计算人"])
async def test_another_units_medium_is_refused_under_article_4(world: World, asked: str) -> None:
    await world.say("李老师", f"/台账 {asked}")

    assert "“计算人”不是本单位的媒体，台账由其主办单位和全媒体中心查看（第四条）。" in world.last("李老师")
    assert "唐老师" not in world.last("李老师")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("机电", ["QM-0001", "QM-0002", "QM-0004", "QM-0005"]),
        ("微信公众号", ["QM-0001", "QM-0003", "QM-0006"]),
        ("机电 微信", ["QM-0001 机电之声"]),
        ("何老师", ["QM-0004", "QM-0005"]),
        ("2105", ["QM-0004", "QM-0005"]),
        ("计算学部", ["QM-0006 计算人"]),
        ("停更", ["QM-0005 机电旧刊"]),
        ("qm2", ["QM-0002 机电学院网站"]),
        ("100%", []),
        ("机电_声", []),
        ("'; DROP TABLE media; --", []),
    ],
)
async def test_words_find_media_by_name_number_platform_unit_and_people(
    world: World, asked: str, found: list[str]
) -> None:
    await world.say("赵老师", f"/台账 {asked}")

    if found and " " in found[0]:
        assert world.titles("赵老师") == found
    elif found:
        assert [text.removeprefix("看 ") for text in buttons(world.card("赵老师"))] == found
    else:
        assert f"没有找到“{asked}”" in world.last("赵老师")


async def test_an_administrator_is_found_by_name(world: World) -> None:
    await db.run("UPDATE media SET admins = ? WHERE no = 'QM-0006'", dump(["2202", "2105"]))
    await world.say("赵老师", "/台账 何老师")

    assert buttons(world.card("赵老师")) == ["看 QM-0004", "看 QM-0005", "看 QM-0006"]


async def test_a_medium_has_all_its_fields_on_one_page(world: World) -> None:
    await db.run(
        "UPDATE media SET account = 'jidian', admins = ? WHERE no = 'QM-0001'", dump(["2104", "2105"])
    )
    await leaves("2105")
    await world.say("李老师", "/台账 机电之声")

    said = world.last("李老师")
    assert world.titles("李老师") == ["QM-0001 机电之声"]
    assert [
        text in said
        for text in (
            "微信公众号（jidian）", "机电学院党委", "李老师、何老师（已离职）", "王书记", "2020-01-01",
            "没有发布登记",
        )
    ] == [True] * 6  # fmt: skip
    assert buttons(world.card("李老师")) == ["历史", "变更"]
    assert "历史：/台账 QM-0001 历史；某一天：/台账 QM-0001 2026-11-23；变更：/变更 QM-0001" in said


async def test_the_list_opens_a_medium(world: World) -> None:
    await world.say("王书记", "/台账")
    await world.click("王书记", "看 QM-0004")

    assert world.titles("王书记") == ["台账：4 个媒体", "QM-0004 机电青年"]
    assert "停止运行" in words(world.card("王书记"))


async def test_the_last_post_is_that_of_the_receipt(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")
    await world.say("李老师", "/台账 QM-0001")

    assert "最近发布：2026-11-23" in world.last("李老师")


async def test_a_change_can_be_begun_from_the_mediums_page(world: World) -> None:
    await world.say("何老师", "/台账 机电之声")
    await world.click("何老师", "变更")

    [draft] = await drafts.open_of("2105")
    assert (draft.kind, draft.form["media"]) == ("BG", ["QM-0001"])
    assert world.titles("何老师")[1:] == ["平台信息变更备案：请填写"]


async def test_only_the_mediums_own_unit_is_offered_its_change(world: World) -> None:
    await world.say("钱主任", "/台账 机电之声")

    assert buttons(world.card("钱主任")) == ["历史"]


async def test_a_medium_with_its_history_newest_first(world: World) -> None:
    await ledger.enter(
        [
            change("name", "机电新闻", "机电之声", "2026-03-10"),
            change("admins", dump(["2105"]), dump(["2104"]), "2026-11-19", recorded_at=None, source="change"),
        ]
    )
    await world.say("李老师", "/台账 QM-0001 历史")

    assert world.last("李老师").split("\n")[-3:] == [
        "变更记录 2 条，最近的在前：",
        "2026-11-19 管理员：何老师 → 李老师（待确认）",
        "2026-03-10 名称：机电新闻 → 机电之声（导入）",
    ]
    await world.say("李老师", "/台账 QM-0001")

    assert "待确认：2026-11-19 管理员：何老师 → 李老师（待确认）" in world.last("李老师")


async def test_a_medium_as_it_was_on_a_day(world: World) -> None:
    await ledger.enter(
        [
            change("name", "机电新闻", "机电快报", "2026-03-10"),
            change("name", "机电快报", "机电之声", "2026-03-10"),
            change("admins", dump(["2105", "2102"]), dump(["2104"]), "2026-05-06"),
        ]
    )
    await leaves("2102", "2026-03-01")
    await world.say("李老师", "/台账 机电之声 2026-02-28")

    assert "第一责任人：（没有当日的任职记录）" in world.last("李老师")

    await appoint("2100", "2102", "2020-01-01", "2026-03-01")
    await appoint("2100", "2101", "2026-03-01")
    await world.say("李老师", "/台账 机电之声 2026-02-28")
    before = world.last("李老师")
    await world.say("李老师", "/台账 QM-0001 2026年3月9日")

    assert "【QM-0001 机电新闻（2026-02-28）】" in before
    assert "管理员：何老师、吴副书记\n第一责任人：吴副书记" in before
    assert "【QM-0001 机电新闻（2026-03-09）】" in world.last("李老师")
    assert "管理员：何老师、吴副书记（已离职）\n第一责任人：王书记" in world.last("李老师")

    await world.say("李老师", "/台账 QM-0001 20260310")

    assert "【QM-0001 机电之声（2026-03-10）】" in world.last("李老师")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-12-31", "这个媒体 2020-01-01 才备案，2019-12-31 还不在台账上。"),
        ("2026-11-24", "2026-11-24 还没有到"),
    ],
)
async def test_a_day_without_a_state_is_said_to_be_one(world: World, day: str, said: str) -> None:
    await world.say("李老师", f"/台账 QM-0001 {day}")

    assert said in world.last("李老师")


async def test_what_needs_attention_comes_with_its_facts_the_most_pressing_first(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")
    await leaves("2105")
    await world.say("李老师", "/台账 关注")

    said = world.last("李老师")
    assert world.titles("李老师")[-1] == "需关注的媒体 3 个"
    assert "没有在职教职工 2 个；长期没有发布登记 1 个。" in said
    assert buttons(world.card("李老师")) == ["看 QM-0004", "看 QM-0005", "看 QM-0002"]
    assert "机电学院网站 180 天没有发布登记，自 2020" in said

    await world.click("李老师", "看 QM-0004")

    assert "关注：运营负责人、管理员中没有在职教职工" in world.last("李老师")


async def test_a_change_that_is_not_filed_in_time_needs_attention(world: World) -> None:
    await tables.Duty.create(
        name="change:QM-0001:admins:2105", kind="change", article="第六条（二）", since_at=0,
        due_at=db.to_ms(MORNING) - 9 * 3_600_000, next_at=db.to_ms(MORNING) + 1, medium="QM-0001",
        detail=dump({"item": "admins", "person": "2105", "changed_on": "2026-11-13"}),
    )  # fmt: skip
    await world.say("李老师", "/台账 QM-0001")

    assert "关注：管理员变更应于 2026-11-22 前备案，尚未发起" in world.last("李老师")


async def test_the_centre_is_shown_the_whole_school_and_turns_the_page(world: World) -> None:
    await world.say("钱主任", "/台账 关注")

    assert world.titles("钱主任") == ["今天发布由谁审批", "需关注的媒体 4 个"]
    await ledger_tables.Medium.filter(no__in=["QM-0004", "QM-0005"]).update(state="在用")
    await world.say("钱主任", "/台账 关注")
    await world.click("钱主任", "下一页")

    assert buttons(world.card("钱主任")) == ["看 QM-0006", "回第 1 页"]


async def test_nothing_to_attend_to_is_said(world: World) -> None:
    await db.run("UPDATE media SET filed_on = '2026-11-20'")
    await world.say("王书记", "/台账 关注")

    assert "没有需关注的媒体。" in world.last("王书记")
