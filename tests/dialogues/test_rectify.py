"""/整改: notice, 收到, reply, 通过, 继续整改, 升级, and the second look (Article 15)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import requests
from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.rectifying import NOTICE, NUMBER, issue, notice, reply
from tests.dialogues.test_files import upload
from tests.dialogues.test_files_shown import PDF, files
from tests.world import World, buttons, words


async def test_a_notice_is_received_answered_and_passed(world: World) -> None:
    await issue(world)

    assert world.titles("王书记") == [f"待整改 {NUMBER} 机电之声 限期整改"]
    assert f"全媒体中心（钱主任）向机电学院党委发出{NOTICE}：“机电之声”，限期整改" in world.last("王书记")
    assert "11月30日（周一）24:00前" in world.last("王书记")
    assert buttons(world.card("王书记")) == ["回复整改", "收到", "查看", "更多"]
    assert world.titles("李老师") == [f"抄送 {NUMBER} 机电之声 限期整改"]

    await world.click("王书记", "收到")

    assert buttons(world.card("王书记")) == ["回复整改", "查看", "更多"]

    await reply(world)

    assert world.titles("赵老师") == [f"待验收 {NUMBER} 机电之声 限期整改"]
    assert buttons(world.card("赵老师"))[:3] == ["通过", "继续整改", "升级"]

    await world.say("赵老师", f"/同意 {NUMBER}")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("王书记")[-1] == "整改已通过"
    assert world.titles("钱主任")[-1] == f"已通过 {NUMBER} 机电之声 限期整改"

    await world.say("王书记", f"/查询 {NUMBER}")
    for said in (NOTICE, "王书记 收到 ·", "王书记 回复整改 ·", "赵老师 通过 ·", "前后证据：旧页已下线"):
        assert said in world.last("王书记")


async def test_going_on_names_another_day_and_going_further_begins_nothing(world: World) -> None:
    await issue(world, "赵老师", 限期="2026-12-01")
    await reply(world)
    await world.click("钱主任", "继续整改", reason="栏目页还有旧校名，12月12日前改完")

    assert world.titles("王书记")[-1] == f"待整改 {NUMBER} 机电之声 限期整改"
    shown = world.last("王书记")
    assert "钱主任 退回到这一步：栏目页还有旧校名，12月12日前改完" in shown
    assert "12月14日（周一）24:00前" in shown  # the 12th is a Saturday

    await reply(world)
    await world.say("钱主任", f"/退回 {NUMBER} 还差两页")

    assert f"已要求继续整改 {NUMBER}，理由：还差两页，新的限期是11月30日（周一）24:00前。" in world.last(
        "钱主任"
    )

    await reply(world)
    await world.say("赵老师", f"/不同意 {NUMBER} 两次没有改完")

    assert (await request(NUMBER)).state is State.REJECTED
    assert f"{NOTICE}（{NUMBER}）已升级：两次没有改完" in world.last("王书记")
    assert "措施：责令停止运行" in "\n".join(map(words, world.screen("赵老师")))
    assert await requests.get("ZG-2026-0002") is None


async def test_where_the_unit_never_replies_somebody_of_the_centre_goes_further_and_no_silence_does(
    world: World,
) -> None:
    await issue(world, "赵老师", 限期="2026-12-01")
    await world.say("钱主任", f"/不同意 {NUMBER} 一直没有回复")
    assert "的限期到12月1日（周二）24:00，期满没有答复，才能升级" in world.last("钱主任")

    for _ in range(9):
        await world.tick(days=1, minutes=1)
    assert (await request(NUMBER)).step == "rectify"
    assert f"过期没有答复。不会自动升级，由您决定；要升级请发：/不同意 {NUMBER} 理由" in world.last("钱主任")
    await world.say("李老师", f"/不同意 {NUMBER} 一直没有回复")
    await world.say("王书记", f"/不同意 {NUMBER} 一直没有回复")
    assert (await request(NUMBER)).state is State.IN_REVIEW

    await world.say("钱主任", f"/不同意 {NUMBER}")
    await world.say("钱主任", "一直没有回复")

    assert (await request(NUMBER)).state is State.REJECTED
    assert f"{NOTICE}（{NUMBER}）已升级：一直没有回复" in world.last("王书记")
    assert "措施：责令停止运行" in "\n".join(map(words, world.screen("赵老师")))
    await world.say("王书记", f"/查询 {NUMBER}")
    assert "钱主任 升级 ·" in world.last("王书记")


@pytest.mark.parametrize("who", ["李老师", "王书记"])
async def test_notices_are_the_centres_alone(world: World, who: str) -> None:
    await world.say(who, notice())

    assert "整改通知由全媒体中心发出" in world.last(who)


async def test_only_the_first_responsible_person_replies(world: World) -> None:
    await issue(world)
    await world.say("李老师", f"/回复整改 {NUMBER}\n整改情况：已改")
    await world.say("李老师", f"/收到 {NUMBER}")

    assert "不由您办理" in world.last("李老师")


async def test_a_day_that_can_be_no_last_day_is_asked_about(world: World) -> None:
    await world.say("钱主任", notice(限期="2026-12-05"))

    assert "这一天是休息日，限期应是工作日，可填 2026-12-07" in world.last("钱主任")

    await world.click("钱主任", "2026-12-07")
    await world.click("钱主任", "确认提交")

    assert (await request(NUMBER)).form["due_on"] == "2026-12-07"


REMINDED = {
    date(2026, 9, 30): ["王书记"],  # three working days before: the 8th and the 9th are the others
    date(2026, 10, 10): ["王书记"],  # a Saturday that is worked
    date(2026, 10, 12): ["王书记", "赵老师", "钱主任"],
    date(2026, 10, 13): ["王书记", "赵老师", "钱主任"],
    date(2026, 10, 14): ["王书记", "赵老师", "钱主任"],
}
"""Worked out by hand: due on Saturday 10 October, after the holidays of 25-27 September and 1-7 October."""


async def test_the_unit_is_reminded_before_on_and_after_the_day_and_then_the_centre_too(world: World) -> None:
    world.now = datetime(2026, 9, 24, 1, 5, tzinfo=UTC)
    await issue(world, 限期="2026-10-10")
    await world.click("王书记", "收到")
    told: dict[date, list[str]] = {}
    for _ in range(20):
        before = {who: len(world.titles(who)) for who in ("王书记", "赵老师", "钱主任", "李老师")}
        await world.tick(days=1)
        heard = [who for who, n in before.items() if any(NUMBER in title for title in world.titles(who)[n:])]
        told |= {(world.now + timedelta(hours=8)).date(): heard} if heard else {}

    assert told == REMINDED


async def test_a_receipt_is_asked_for_each_morning_until_it_is_given(world: World) -> None:
    await issue(world, 限期="2026-12-10")
    await world.tick(days=1, minutes=5)

    assert len(world.titles("王书记")) == 2

    await world.say("王书记", f"/收到 {NUMBER}")

    assert f"已记下您收到 {NUMBER}。请于12月10日（周四）24:00前发：/回复整改 {NUMBER}" in world.last("王书记")

    before = len(world.titles("王书记"))
    await world.tick(days=1)

    assert world.titles("王书记")[before:] == []


async def test_a_notice_that_is_due_and_not_received_is_one_matter(world: World) -> None:
    await issue(world, 限期="2026-11-24")
    await world.tick(days=1, minutes=5)

    assert world.titles("王书记")[-1].startswith(f"待整改 {NUMBER}")
    assert len(world.titles("王书记")) == 2


async def test_the_second_look_is_owed_until_somebody_has_looked(world: World) -> None:
    await issue(world)
    await reply(world)
    await world.say("钱主任", f"/同意 {NUMBER}")
    await world.say("钱主任", f"/复查无问题 {NUMBER}")
    assert f"{NUMBER} 整改通过满 30 天（12月23日（周三））起复查" in world.last("钱主任")
    await world.tick(days=29, minutes=5)
    before = len(world.titles("赵老师"))

    assert "待复查" not in "".join(world.titles("赵老师"))

    await world.tick(days=1)

    assert world.titles("赵老师")[before:] == [f"待复查 {NUMBER} 机电之声 限期整改"]

    await world.say("钱主任", "/待办")

    assert "待复查 机电之声 限期整改" in world.last("钱主任")

    await world.click("赵老师", "再次整改")

    assert "请确认：整改通知 机电之声" in world.titles("赵老师")[-1]
    assert f"已办 待复查 {NUMBER} 机电之声 限期整改" in world.titles("钱主任")

    await world.say("钱主任", f"/查询 {NUMBER}")

    assert "赵老师 复查后再次整改" in world.last("钱主任")


async def test_whoever_issued_it_finds_the_reply_with_its_evidence_in_their_inbox(world: World) -> None:
    await issue(world, "赵老师")
    await world.say("王书记", f"/回复整改 {NUMBER}\n整改情况：已更正校名\n完成日期：2026-11-23")
    await upload(world, "王书记", "整改前.pdf", PDF)
    await upload(world, "王书记", "整改后.pdf", PDF + b" 2")
    await world.click("王书记", "确认提交")
    await world.say("赵老师", "/待办")

    assert "办 ZG0001" in buttons(world.card("赵老师"))

    await world.click("赵老师", "查看", of="待验收")

    assert [text for text, _ in files(world, "赵老师")] == ["[文件] 整改前.pdf", "[文件] 整改后.pdf"]


async def test_a_unit_may_be_named_where_no_medium_is_meant_and_one_notice_is_for_one_unit(
    world: World,
) -> None:
    await world.say("赵老师", "/整改")
    for answer in ("机电学院党委", "没有审核制度", "建立审核制度"):
        await world.say("赵老师", answer)
    await world.click("赵老师", "确认提交")

    assert world.titles("王书记") == [f"待整改 {NUMBER} 机电学院党委 限期整改"]

    await issue(world, "赵老师", 媒体="机电之声、计算人")

    assert "一份通知只发给一个单位" in world.last("赵老师")
