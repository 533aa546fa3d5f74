"""/选题: a publication's topic goes to the head of the unit and to the propaganda department (Article 10)."""

from storage import tables
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons

NUMBER = "XT-2026-0001"
TOPIC = "\n".join(
    [
        "/选题",
        "阶段：选题",
        "类型：图书",
        "名称：机器人学导论",
        "作者：李老师",
        "内容简介：本科教材，十二章。",
        "重大选题：否",
    ]
)


async def examiner(name: str = "唐老师") -> None:
    """Somebody of the school examines for the propaganda department."""
    person = await tables.Person.get(name=name)
    await tables.PersonRole.create(person=person.id, role="宣传部审查人")


async def submit(world: World) -> None:
    await examiner()
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")


async def test_the_head_agrees_and_the_propaganda_department_examines_never_the_centre(world: World) -> None:
    await submit(world)

    assert world.titles("王书记") == [f"待审批 {NUMBER} 机器人学导论"]
    assert buttons(world.card("王书记")) == ["同意", "退回", "不同意", "查看", "更多"]

    await world.click("王书记", "同意")

    assert world.titles("唐老师") == [f"待审查 {NUMBER} 机器人学导论"]
    assert world.titles("钱主任") == []

    await world.click("唐老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-1] == f"审查通过 {NUMBER} 机器人学导论"
    assert "党委宣传部已审查通过（第十条）。" in world.last("李老师")


async def test_what_is_missing_is_asked_and_nothing_is_lost(world: World) -> None:
    await world.say("李老师", "/选题\n名称：机器人学导论")

    assert world.titles("李老师")[-1] == "选题：阶段"

    await world.click("李老师", "下一步", stage=["选题"])
    await world.click("李老师", "下一步", pub_type=["图书"])
    await world.say("李老师", "李老师")
    await world.say("李老师", "本科教材，十二章。")
    await world.click("李老师", "下一步", major_topic=["拿不准"])

    assert world.titles("李老师")[-1] == "请确认：机器人学导论"


async def test_the_feishu_form_takes_it_whole(world: World) -> None:
    await examiner()
    await world.say("何老师", TOPIC)

    assert world.titles("何老师")[-1] == "请确认：机器人学导论"

    await world.click("何老师", "确认提交")
    await world.click("王书记", "退回", reason="内容简介需补充")

    assert world.titles("何老师")[-1] == f"已退回 {NUMBER} 机器人学导论"
