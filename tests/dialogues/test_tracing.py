"""/溯源: the auditor traces what was published to the people behind it (Article 5(3))."""

from storage import trail
from tests.dialogues.posts import pass_all, submit
from tests.world import World, words

FB = "FB-2026-0001"
LINK = "https://mp.weixin.qq.com/s/abcdefgh"
WHY = "\n理由：核查投诉"


def traced(world: World) -> str:
    """The newest card of a look-up, which its workbook follows."""
    shown = [words(one) for one in world.screen("沈老师")]
    assert shown[-1].endswith("溯源.xlsx")
    return next(one for one in reversed(shown) if "内容指纹" in one)


async def published(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", f"/回执 {FB} {LINK}")


async def test_by_number_it_names_who_wrote_saw_decided_and_published(world: World) -> None:
    await published(world)
    await world.say("沈老师", f"/溯源 {FB}{WHY}")

    shown = traced(world)
    assert "提交 李老师（2104，机电学院党委） · 企业微信 Li" in shown
    assert "看到 孙老师（2103，机电学院党委） · 飞书 ou_sun" in shown
    assert "审查通过 孙老师（2103，机电学院党委） · 飞书 ou_sun" in shown
    assert "同意 王书记（2101，机电学院党委） · 飞书 ou_wang" in shown
    assert "本次溯源及理由已留痕（第五条（三））。" in shown


async def test_by_link_and_by_text_that_was_changed_a_little(world: World) -> None:
    await published(world)
    for asked in (LINK, "经学校批准 机电学院今日更名", "据悉：经学校批准，机电学院昨日更名"):
        await world.say("沈老师", f"/溯源 {asked}{WHY}")

        assert f"溯源 {FB} 学院更名" in traced(world), asked

    await world.say("沈老师", f"/溯源 计算学部召开全体大会{WHY}")

    assert "没有找到。查的是最近 20000 个版本里填写的文字；附件、图片" in world.last("沈老师")


async def test_each_look_up_and_its_reason_is_on_the_trail_and_no_text(world: World) -> None:
    await published(world)
    await world.say("沈老师", f"/溯源 {FB}")

    assert world.titles("沈老师")[-1] == "还差理由"

    await world.say("沈老师", f"/溯源 经学校批准，机电学院今日更名。{WHY}")
    (entry,) = await trail.of("trace:1301")

    assert (entry.actor, entry.act, entry.article) == ("1301", "trace", "第五条（三）")
    assert entry.note.startswith("文字 15 字 ")
    assert entry.note.endswith(f"；{FB}；理由：核查投诉")
    assert "学院" not in entry.note


async def test_it_is_for_the_auditor_alone(world: World) -> None:
    await submit(world)
    for who in ("赵老师", "高书记", "陈同学"):
        await world.say(who, f"/溯源 {FB}{WHY}")

        assert "溯源只由实名审计员使用（第五条（三））。" in world.last(who)


async def test_what_was_erased_for_secrecy_stays_erased(world: World) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 {FB} 请再核对")
    await world.say("李老师", f"/修改 {FB}")
    await world.click("李老师", "有涉密情形")
    await world.say("沈老师", f"/溯源 经学校批准，机电学院今日更名。{WHY}")

    assert "没有找到。" in world.last("沈老师")

    await world.say("沈老师", f"/溯源 {FB}{WHY}")

    shown = traced(world)
    assert f"溯源 {FB} （内容已删除）" in shown
    assert "孙老师（2103，机电学院党委）" in shown
    assert "学院更名" not in shown
    assert "请再核对" not in shown
