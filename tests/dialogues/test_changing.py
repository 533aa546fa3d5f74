"""/变更: a change is seen from its actual day, approved by one and recorded by the other (Article 6(2))."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from handlers.duties.begin import change_happened
from storage import db, ledger, media, trail
from storage.records import Medium, MediumChange, State
from storage.rows import load
from tests.dialogues.filings import change, file_change
from tests.dialogues.posts import request
from tests.world import World, buttons

BG = "BG-2026-0001"


async def medium(no: str = "QM-0001") -> Medium:
    """What is recorded, which gives authority."""
    return (await media.several([no]))[0]


async def shown(no: str = "QM-0001") -> Medium:
    """What the ledger shows, with changes that wait for the record."""
    return ledger.shown(await medium(no), await ledger.history(no))


def said(history: Sequence[MediumChange]) -> list[tuple[str, str, str, str, bool]]:
    return [(c.item, c.before, c.after, c.effective_on.isoformat(), bool(c.recorded_at)) for c in history]


async def test_the_first_responsible_person_approves_and_the_centre_records(world: World) -> None:
    await file_change(world)
    responsible = buttons(world.card("王书记"))
    await world.click("王书记", "同意")
    centre = buttons(world.card("钱主任"))
    toast = await world.click("钱主任", "备案")

    assert (responsible, centre, toast) == (
        ["同意", "退回", "查看", "更多"],
        ["备案", "退回", "查看", "更多"],
        f"已备案 {BG}",
    )
    assert world.titles("李老师")[-1] == f"已备案 {BG} 机电之声 管理员变更"
    assert (await request(BG)).state is State.RECORDED


async def test_the_cards_are_named_after_what_is_asked(world: World) -> None:
    await file_change(world)
    await world.click("王书记", "同意")

    assert world.titles("王书记") == [f"已办 {BG} 机电之声 管理员变更"]
    assert world.titles("钱主任") == [f"待备案 {BG} 机电之声 管理员变更"]
    assert world.titles("赵老师") == [f"待备案 {BG} 机电之声 管理员变更"]
    assert "管理员：李老师 → 李老师、何老师" in world.last("赵老师")


async def test_the_ledger_shows_the_change_at_once_and_unconfirmed_until_it_is_recorded(world: World) -> None:
    await file_change(world)
    filed = ("admins", '["2104"]', '["2104","2105"]', "2026-11-20")

    assert ((await shown()).admins, (await medium()).admins) == (("2104", "2105"), ("2104",))
    assert said(await ledger.history("QM-0001")) == [(*filed, False)]

    await world.click("王书记", "同意")
    await world.say("赵老师", f"/同意 {BG}")

    assert (await medium()).admins == ("2104", "2105")
    assert said(await ledger.history("QM-0001")) == [(*filed, True)]


async def test_neither_can_reject_what_has_happened(world: World) -> None:
    await file_change(world)
    await world.say("王书记", f"/不同意 {BG} 不行")

    assert world.last("王书记").endswith(
        f"变更已经发生，不能“不同意”；需要改正请 /退回 {BG} 理由（第六条（二））。"
    )


async def test_what_must_go_to_the_centre_is_not_escalated(world: World) -> None:
    await file_change(world)
    await world.say("王书记", f"/报中心 {BG}")

    assert world.last("王书记").endswith(f"{BG} 本来就要报全媒体中心，请直接 /同意 {BG}。")


async def test_a_return_undoes_nothing_and_the_correction_replaces_the_history(world: World) -> None:
    await file_change(world, 账号="jdzs")
    await world.click("王书记", "退回", reason="管理员不对")

    assert (await shown()).admins == ("2104", "2105")
    assert "变更已发生，台账仍按变更日显示，待确认。" in world.last("李老师")

    await world.say("李老师", f"/修改 {BG}")
    await world.say("李老师", "管理员：李老师、孙老师\n账号：")
    await world.click("李老师", "确认提交")

    assert "管理员：李老师 → 李老师、孙老师" in world.last("王书记")
    assert ((await shown()).admins, (await shown()).account) == (("2104", "2103"), "")
    assert (await medium()).admins == ("2104",)
    assert said(await ledger.history("QM-0001")) == [
        ("admins", '["2104"]', '["2104","2103"]', "2026-11-20", False)
    ]


async def test_a_correction_may_be_about_another_medium(world: World) -> None:
    await file_change(world, 管理员="", 名称="机电新声")
    await world.click("王书记", "退回", reason="媒体不对")
    await world.say("李老师", f"/修改 {BG}")
    await world.say("李老师", "媒体：QM-0002\n名称：机电网")
    await world.click("李老师", "确认提交")

    assert ((await shown()).name, (await shown("QM-0002")).name) == ("机电之声", "机电网")
    assert await ledger.history("QM-0001") == []


async def test_taking_it_back_restores_what_the_ledger_said(world: World) -> None:
    before = await medium()
    await file_change(
        world, 名称="机电新声", 运营负责人="何老师", 主办单位="机电学院办公室", 平台迁移="微博", 状态="停更"
    )

    assert (await medium(), await shown() == before) == (before, False)

    await world.click("李老师", "撤回")

    assert (await medium(), await shown()) == (before, before)
    assert await ledger.history("QM-0001") == []
    assert "变更备案已撤回，台账已恢复为变更前的内容。" in world.last("李老师")


async def test_a_later_change_survives_the_withdrawal_of_an_earlier_one(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="何老师")
    await file_change(world, 管理员="", 运营负责人="孙老师", 变更日期="2026-11-23")
    await world.say("李老师", f"/撤回 {BG}")

    assert (await shown()).operator == "2103"
    assert said(await ledger.history("QM-0001")) == [("operator", "2104", "2103", "2026-11-23", False)]


async def test_a_change_filed_later_than_a_newer_one_leaves_the_present_alone(world: World) -> None:
    await file_change(world, 管理员="", 运营负责人="孙老师")
    await file_change(world, 管理员="", 运营负责人="何老师", 变更日期="2026-11-18")

    assert (await shown()).operator == "2103"
    assert (
        ledger.as_of(await medium(), await ledger.history("QM-0001"), date(2026, 11, 19)).operator == "2105"
    )
    assert (
        ledger.as_of(await medium(), await ledger.history("QM-0001"), date(2026, 11, 17)).operator == "2104"
    )


async def test_the_hand_over_is_declared_where_people_or_units_change(world: World) -> None:
    await world.say("李老师", change())

    assert "按“确认提交”即声明：密码与权限已交接，旧权限已收回。" in world.last("李老师")

    await world.click("李老师", "确认提交")

    assert (await trail.of(BG))[0].note == (
        "哈工大党宣〔2019〕10号；2026-11-20 变更，应于 2026-11-27 前发起；"
        f"工作日历 {(await request(BG)).facts['calendar']}；声明：密码与权限已交接，旧权限已收回"
    )


async def test_no_hand_over_is_declared_of_a_name(world: World) -> None:
    await world.say("李老师", change(管理员="", 名称="机电新声"))

    assert "密码与权限" not in world.last("李老师")


@pytest.mark.parametrize(
    ("day", "late", "due", "fact"),
    [
        ("2026-11-23", False, "2026-11-30", "在变更后 5 个工作日内发起。"),
        ("2026-11-16", False, "2026-11-23", "在变更后 5 个工作日内发起。"),
        ("2026-11-13", True, "2026-11-20", "应在变更后 5 个工作日内发起，已逾期 1 个工作日，会如实记录。"),
        ("2026-11-10", True, "2026-11-17", "应在变更后 5 个工作日内发起，已逾期 4 个工作日，会如实记录。"),
    ],
)
async def test_the_start_is_in_time_for_five_working_days_after_the_change(
    world: World, day: str, late: bool, due: str, fact: str
) -> None:
    await world.say("李老师", change(变更日期=day, 逾期原因="未及时发现" if late else ""))

    assert fact in world.last("李老师")

    await world.click("李老师", "确认提交")
    facts = (await request(BG)).facts

    assert (facts["late"], facts["due_on"]) == (late, due)


async def test_a_start_on_the_weekend_after_the_term_is_late_by_less_than_a_working_day(world: World) -> None:
    world.now = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    await world.say("李老师", change())

    assert world.titles("李老师") == ["变更：逾期原因"]

    await world.say("李老师", "周五外出")

    assert "已逾期，不足 1 个工作日，会如实记录。" in world.last("李老师")


async def test_lateness_leaves_its_facts_on_every_card_and_in_the_trail(world: World) -> None:
    await world.say("李老师", change(变更日期="2026-11-10"))

    assert world.titles("李老师") == ["变更：逾期原因"]

    await world.say("李老师", "未及时发现")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "备案")
    fact = "4 个工作日：未及时发现"

    assert all(fact in world.last(name) for name in ("李老师", "王书记", "钱主任", "赵老师"))
    assert "应于 2026-11-17 前发起；逾期 4 个工作日发起；" in (await trail.of(BG))[0].note


async def test_a_draft_that_becomes_late_overnight_is_asked_why(world: World) -> None:
    await world.say("李老师", change(变更日期="2026-11-16"))
    world.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    await world.click("李老师", "确认提交")

    assert "变更：逾期原因" in world.titles("李老师")

    await world.say("李老师", "昨日外出")
    await world.click("李老师", "确认提交")

    assert ((await request(BG)).facts["late"], (await request(BG)).form["late_reason"]) == (True, "昨日外出")


async def test_the_first_responsible_applicant_is_recorded_and_the_centre_records(world: World) -> None:
    await file_change(world, "王书记")

    assert world.titles("钱主任") == [f"待备案 {BG} 机电之声 管理员变更"]

    await world.say("王书记", f"/查询 {BG}")

    assert "1. 第一责任人审批（第六条（二））\n申请人即第一责任人" in world.last("王书记")


async def test_a_medium_that_moves_is_approved_by_the_unit_it_leaves(world: World) -> None:
    await file_change(world, 管理员="", 主办单位="计算学部党委")

    assert ((await medium()).unit, (await shown()).unit) == ("2100", "2200")
    assert world.titles("林书记", on="wecom") == []
    assert "主办单位：机电学院党委 → 计算学部党委" in world.last("王书记")


async def owed(item: str, person: str) -> None:
    at = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    await change_happened(await medium(), item, person, date(2026, 11, 20), at, "directory")


async def open_duties() -> list[str]:
    """Those that are reminded of: what is being filed rests."""
    found = await db.rows(
        "SELECT detail FROM duties WHERE kind = 'change' AND \"open\" = ? AND next_at > 0 ORDER BY id", True
    )
    return [load(row["detail"])["item"] for row in found]


async def test_the_filing_answers_what_was_owed_for_what_it_covers(world: World) -> None:
    await owed("admins", "2104")
    await owed("operator", "2104")
    await file_change(world, 管理员="何老师")

    assert await open_duties() == ["operator"]

    await world.click("李老师", "撤回")

    assert await open_duties() == ["admins", "operator"]


async def test_a_filing_in_which_the_leaver_stays_answers_nothing(world: World) -> None:
    await owed("admins", "2104")
    await file_change(world)

    assert await open_duties() == ["admins"]
