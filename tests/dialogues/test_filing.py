"""/备案: a medium enters the ledger once both have passed it (Article 6(1))."""

import pytest

from storage import db, ledger, media, trail
from storage.records import State
from tests.dialogues.filings import file, filing, pass_filing
from tests.dialogues.posts import post, request
from tests.world import World, buttons

NAME = "机电青春"


async def test_first_the_first_responsible_person_then_the_centre_then_it_is_on_the_books(
    world: World,
) -> None:
    await file(world)

    assert world.titles("王书记") == ["待审批 BA-2026-0001 机电青春（视频号）"]
    assert world.titles("钱主任") == []

    await world.click("王书记", "同意")

    assert world.titles("钱主任") == ["待审批 BA-2026-0001 机电青春（视频号）"]
    assert await media.called(NAME) == []

    await world.click("钱主任", "同意")
    (medium,) = await media.called(NAME)

    assert (medium.no, medium.unit, medium.operator, medium.admins) == (
        "QM-0007",
        "2100",
        "2104",
        ("2104", "2105"),
    )
    assert world.titles("李老师")[-1] == "已备案 BA-2026-0001 机电青春（视频号）"
    assert "已列入台账，备案号 QM-0007" in world.last("李老师")
    assert "您已同意。审批全部通过，已列入台账，备案号 QM-0007。" in world.last("钱主任")


async def test_whatever_is_not_given_has_a_default(world: World) -> None:
    await db.run("UPDATE people SET mobile = '13800000000' WHERE id = '2104'")
    await file(world)

    assert (await request("BA-2026-0001")).form == {
        "account_name": NAME,
        "platform_type": "视频号",
        "operator": "2104",
        "admins": ["2104", "2105"],
        "purpose": "发布学院学生活动的短视频，服务师生和校友。",
        "content": "发布学院学生活动的短视频，服务师生和校友。",
        "filing_kind": "新建",
        "host_unit": "2100",
        "phone": "13800000000",
        "phone_owner": "2104",
        "name_level": "单位",
        "subject": "单位",
        "reviewers": "运营负责人初审，分管负责人复审，第一责任人终审",
        "certified": "拟认证",
        "frequency": "每周",
        "comments": "否",
        "partner": "否",
        "copyright_rules": "是",
        "secrecy_rules": "是",
        "files": [],
    }
    assert (await request("BA-2026-0001")).facts == {"media_class": "网络平台", "same_platform_media": []}


async def test_each_of_the_two_may_return_or_reject(world: World) -> None:
    await file(world)
    responsible = buttons(world.card("王书记"))
    await world.click("王书记", "同意")

    assert (responsible, buttons(world.card("钱主任"))) == (
        ["同意", "退回", "不同意", "查看", "更多"],
        ["同意", "退回", "不同意", "查看", "更多"],
    )


async def test_one_may_not_publish_before_and_may_after_and_the_first_post_goes_to_the_centre(
    world: World,
) -> None:
    await file(world)
    await world.click("王书记", "同意")
    await world.say("李老师", post(媒体=NAME))

    assert f"台账里没有“{NAME}”" in world.last("李老师")

    await world.click("钱主任", "同意")
    await world.say("李老师", f"媒体：{NAME}")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")

    assert "报中心原因：机电青春 备案不满 30 天，首次发布" in world.last("钱主任")


async def test_the_history_begins_with_the_filing(world: World) -> None:
    await pass_filing(world)
    (entry,) = await ledger.history("QM-0007")

    assert (entry.item, entry.after, entry.source, entry.effective_on.isoformat(), entry.request) == (
        "filing", "新建", "filing", "2026-11-23", 1,
    )  # fmt: skip
    assert entry.recorded_at == entry.entered_at


async def test_a_number_is_never_given_twice(world: World) -> None:
    await pass_filing(world)
    await db.run("DELETE FROM media WHERE no = 'QM-0007'")
    await pass_filing(world)

    assert [m.no for m in await media.called(NAME)] == ["QM-0008"]


async def test_the_trail_keeps_the_pledge_and_both_decisions(world: World) -> None:
    await pass_filing(world)
    entries = await trail.of("BA-2026-0001")

    assert [(e.actor, e.act, e.before, e.after, e.article) for e in entries] == [
        ("2104", "submit", "draft", "in_review/responsible v1", "第六条（一）"),
        ("2101", "approve", "in_review/responsible v1", "in_review/centre v1", "第六条（一）"),
        ("1102", "approve", "in_review/centre v1", "recorded v1", "第六条（一）"),
    ]
    assert entries[0].note == ("哈工大党宣〔2019〕10号；承诺：谁开设谁主管、谁应用谁负责，不与校外单位合办")


async def test_a_medium_that_runs_already_is_marked_as_filed_late_everywhere(world: World) -> None:
    late = {"备案类型": "补备案", "开通日期": "2026-03-01", "补备案原因": "原负责人调离"}
    await pass_filing(world, **late)
    fact = "3月1日（周日）已开通：原负责人调离"
    await world.say("李老师", "/查询 BA-2026-0001")

    assert world.titles("李老师")[-1] == "已备案 BA-2026-0001 补备案 机电青春（视频号）"
    assert all(fact in world.last(name) for name in ("李老师", "王书记", "钱主任", "赵老师"))
    assert (await trail.of("BA-2026-0001"))[0].note.endswith("；补备案：2026-03-01 已开通")
    assert (await ledger.history("QM-0007"))[0].after == "补备案：2026-03-01 已开通，原负责人调离"


async def test_a_late_filing_is_asked_since_when_and_why(world: World) -> None:
    await world.say("李老师", filing(备案类型="补备案"))
    await world.say("李老师", "2026-03-01")
    await world.say("李老师", "原负责人调离")

    assert world.titles("李老师") == ["备案：开通日期", "备案：补备案原因", "请确认：机电青春 备案"]


async def test_the_first_responsible_applicant_is_decided_on_by_the_centre_and_the_record_says_so(
    world: World,
) -> None:
    await file(world, "王书记")

    assert world.titles("钱主任") == ["待审批 BA-2026-0001 机电青春（视频号）"]
    assert "第一责任人：王书记（申请人即第一责任人）" in world.last("钱主任")

    await world.click("钱主任", "同意")
    await world.say("王书记", "/查询 BA-2026-0001")

    assert "1. 第一责任人审批（第六条（一））\n申请人即第一责任人" in world.last("王书记")


async def test_nobody_of_the_centre_passes_their_own_filing(world: World) -> None:
    await file(world, "赵老师", 运营负责人="赵老师", 管理员="赵老师")
    await world.click("高书记", "同意")
    await world.say("赵老师", "/同意 BA-2026-0001")

    assert world.last("赵老师").endswith("这是您自己提交的申请，不能由本人审批（第六条（一））。")

    await world.click("钱主任", "同意")

    assert [m.unit for m in await media.called(NAME)] == ["1100"]


async def test_where_nobody_is_first_responsible_the_filing_waits_and_the_centre_hears(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code IN ('2100', '1000')")
    await file(world)

    assert world.titles("钱主任") == ["暂缺办理人 BA-2026-0001 机电青春（视频号）"]
    assert "现在等第一责任人，暂缺办理人，已告知全媒体中心。" in world.last("李老师")


async def test_a_returned_filing_is_revised_and_begins_again(world: World) -> None:
    await file(world)
    await world.click("王书记", "同意")
    await world.click("钱主任", "退回", reason="请写明受众")
    await world.say("李老师", "/修改 BA-2026-0001")
    await world.say("李老师", "定位：面向学生和校友，发布学院活动的短视频。")
    await world.click("李老师", "确认提交")

    assert "这是第 2 版。" in world.last("王书记")

    await world.click("王书记", "同意")

    assert (
        "定位：发布学院学生活动的短视频，服务师生和校友。 → 面向学生和校友，发布学院活动的短视频。"
        in world.last("钱主任")
    )

    await world.click("钱主任", "同意")

    assert [m.no for m in await media.called(NAME)] == ["QM-0007"]


async def test_a_rejected_filing_leaves_the_ledger_alone(world: World) -> None:
    await file(world)
    await world.click("王书记", "不同意", reason="与现有账号重复")

    assert (await request("BA-2026-0001")).state is State.REJECTED
    assert await media.called(NAME) == []
    assert "您已定为“不同意”。审批到此结束，没有列入台账。" in world.last("王书记")
    assert "这次备案没有通过（第六条（一））。改好后可重新 /备案。" in world.last("李老师")


async def test_a_filing_taken_back_frees_its_name(world: World) -> None:
    await file(world)
    await world.click("李老师", "撤回")
    await pass_filing(world)

    assert (await trail.of("BA-2026-0001"))[-1].article == "第六条（一）"
    assert [m.no for m in await media.called(NAME)] == ["QM-0007"]


async def test_a_name_taken_meanwhile_is_a_clear_refusal_and_nothing_is_half_done(world: World) -> None:
    await file(world)
    await world.click("王书记", "同意")
    await db.run("UPDATE media SET name = ?, platform_type = '视频号' WHERE no = 'QM-0006'", NAME)
    toast = await world.click("钱主任", "同意")

    assert toast == ("台账里已有同名的视频号（QM-0006，在用），名称在同一平台不能重复。请退回申请人改名。")
    assert (await request("BA-2026-0001")).state is State.IN_REVIEW
    assert [e.act for e in await trail.of("BA-2026-0001")] == ["submit", "approve"]

    await world.click("钱主任", "退回", reason="请改名")

    assert world.titles("李老师")[-1] == "已退回 BA-2026-0001 机电青春（视频号）"


async def test_a_deregistered_medium_is_filed_again_under_its_own_number(world: World) -> None:
    await db.run("UPDATE media SET state = '注销' WHERE no = 'QM-0001'")
    await world.say("李老师", filing(媒体名称="机电之声", 平台类型="公众号"))

    await world.click("李老师", "确认提交")

    assert "（QM-0001，注销），名称在同一平台不能重复；恢复使用请填“备案类型：重新备案”。" in world.last(
        "李老师"
    )

    await world.say("李老师", "备案类型：重新备案")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")
    (medium,) = await media.called("机电之声")

    assert (medium.no, medium.state, medium.admins) == ("QM-0001", "在用", ("2104", "2105"))


@pytest.mark.parametrize("who", ["陈同学"])
async def test_students_do_not_file(world: World, who: str) -> None:
    await world.say(who, filing())

    assert (
        world.last(who) == "【没有办成】\n备案和变更由教职工发起，请交本单位媒体的运营负责人办理（第四条）。"
    )


async def test_files_go_with_the_filing(world: World) -> None:
    await world.say("何老师", filing())
    await world.feishu.upload("ou_he", "运行方案.pdf", b"plan")
    await world.settle()
    await world.click("何老师", "确认提交")

    assert [file["name"] for file in (await request("BA-2026-0001")).form["files"]] == ["运行方案.pdf"]
    assert "附件：运行方案.pdf（4 字节）" in world.last("王书记")
