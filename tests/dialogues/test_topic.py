"""/选题: the press, the head of the unit and the propaganda department look at a publication (Article 10)."""

from handlers.chain.digest import digest
from storage import requests, tables
from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.test_files import upload
from tests.world import World, buttons

NUMBER = "XT-2026-0001"
TOPIC = "\n".join(
    [
        "/选题",
        "阶段：选题",
        "类型：图书",
        "出版单位：本单位",
        "名称：机器人学导论",
        "作者：李老师",
        "内容简介：本科教材，十二章。",
        "重大选题：否",
        "著作权来源：职务作品",
        "导向审查意见：导向正确，适合教学",
        "拟出版日期：2027-03-15",
    ]
)
MANUSCRIPT = TOPIC.replace("阶段：选题", "阶段：书稿") + "\n字数页数：30 万字\n样稿：纸质样稿已送宣传部"
READ = "三审意见：初审 何老师 内容准确；复审 周老师 同意；终审 孙老师 可以出版"
PRESS = (("何老师", "初审"), ("何老师", "复审"), ("周老师", "复审"), ("林书记", "终审"))


async def examiner(name: str = "唐老师") -> None:
    """Somebody of the school examines for the propaganda department."""
    await _role(name, "宣传部审查人")


async def _role(name: str, role: str) -> None:
    person = await tables.Person.get(name=name)
    await tables.PersonRole.create(person=person.id, role=role)
    both = ";".join(filter(None, (person.roles, role)))
    await tables.Person.filter(id=person.id).update(roles=both)


async def found_press() -> None:
    """The press, with three who read; the first of them may take the second review as well."""
    await tables.Unit.create(
        code="1400", name="出版社", kind="出版社", parent="1000", first_responsible="1001", deputies="[]"
    )
    for name, role in PRESS:
        await _role(name, role)
        await tables.Person.filter(name=name).update(unit="1400")


async def submit(world: World, text: str = TOPIC) -> None:
    await examiner()
    await world.say("李老师", text)
    await world.click("李老师", "确认提交")


async def test_the_head_agrees_and_the_propaganda_department_examines_never_the_centre(world: World) -> None:
    await submit(world)

    assert world.titles("王书记") == [f"待审批 {NUMBER} 机器人学导论"]
    assert buttons(world.card("王书记")) == ["同意", "退回", "不同意", "查看", "更多"]

    await world.click("王书记", "同意")

    assert world.titles("唐老师") == [f"待审查 {NUMBER} 机器人学导论"]
    assert buttons(world.card("唐老师")) == ["审查通过", "退回", "不宜公开", "查看", "更多"]
    assert world.titles("钱主任") == []

    await world.click("唐老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-1] == f"审查通过 {NUMBER} 机器人学导论"
    assert "党委宣传部已审查通过（第十条）。书稿出版前还须再报 /选题。" in world.last("李老师")


async def test_only_what_the_stage_needs_is_asked_step_by_step(world: World) -> None:
    await world.say("李老师", "/选题\n名称：机械通讯\n作者：李老师")

    assert world.titles("李老师")[-1] == "选题：出版物"

    await world.click("李老师", "下一步", stage=["停办"], pub_type=["内部刊物"], publisher=["本单位"])
    await world.say("李老师", "稿源不足，停办。")
    await world.click("李老师", "下一步", major_topic=["否"])

    assert world.titles("李老师")[-1] == "选题：刊号"

    await world.say("李老师", "校内刊 2103")
    await world.say("李老师", "2026-12-31")

    assert world.titles("李老师")[-1] == "请确认：机械通讯"


async def test_the_feishu_form_grows_with_the_stage(world: World) -> None:
    await world.say("何老师", "/选题")

    assert "导向审查意见" not in world.last("何老师")

    await world.click(
        "何老师", "预览",
        stage="新办", pub_type="期刊", publisher="校外单位", title="机器人", authors="何老师",
        synopsis="综述与论文", major_topic="否",
    )  # fmt: skip

    assert all(word in world.last("何老师") for word in ("校外出版单位", "周期", "份数", "拟出版日期"))
    assert "三审" not in world.last("何老师")

    await world.click(
        "何老师", "预览",
        stage="新办", pub_type="期刊", publisher="校外单位", title="机器人", authors="何老师",
        synopsis="综述与论文", major_topic="否", publisher_name="科学出版社", cycle="双月", copies="500",
        planned_on="2027-01-15",
    )  # fmt: skip

    assert world.titles("何老师")[-1] == "请确认：机器人"
    assert "科学出版社" in world.last("何老师")


async def test_the_units_own_three_reviews_are_of_three_people_none_of_them_the_author(world: World) -> None:
    await examiner()
    await world.say("李老师", f"{MANUSCRIPT}\n{READ.replace('周老师', '何老师')}")

    await world.click("李老师", "确认提交")

    assert "初审、复审、终审须是三个不同的人，请改正。" in world.last("李老师")

    await world.say("李老师", READ.replace("周老师", "李老师"))

    await world.click("李老师", "确认提交")

    assert "李老师是作者，不能审自己的书稿，请换一位。" in world.last("李老师")

    await world.say("李老师", READ)
    await world.click("李老师", "确认提交")

    assert "何老师、周老师、孙老师" in world.last("王书记")
    assert (await request(NUMBER)).form["review_1"] == "何老师：内容准确"


async def test_the_manuscripts_files_answer_for_it_and_are_bound_by_the_digest(world: World) -> None:
    await examiner()
    await world.say("何老师", f"{MANUSCRIPT.rpartition(chr(10))[0]}\n{READ.replace('何老师', '吴副书记')}")

    assert "还缺：样稿" in world.last("何老师")

    await upload(world, "何老师", "书稿.pdf", b"%PDF-1")
    await world.click("何老师", "确认提交")

    kept = await request(NUMBER)
    assert [file["name"] for file in kept.form["files"]] == ["书稿.pdf"]
    assert kept.digest == digest(kept.kind, kept.form) != digest(kept.kind, {**kept.form, "files": []})
    assert "1 个文件" in world.last("王书记")


async def test_the_press_reads_it_three_times_each_by_somebody_else(world: World) -> None:
    await found_press()
    await submit(world, TOPIC.replace("本单位", "哈工大出版社"))

    assert world.titles("何老师") == [f"待审查 {NUMBER} 机器人学导论"]
    assert world.titles("周老师") == []

    await world.click("何老师", "审查通过")

    assert world.titles("周老师") == [f"待审查 {NUMBER} 机器人学导论"]

    await world.say("何老师", f"/同意 {NUMBER}")

    assert "出版社三审由三个不同的人办理（第五条（四））" in world.last("何老师")

    await world.say("周老师", f"/退回 {NUMBER} 到 初审 请再核书名")

    assert world.titles("何老师")[-1] == f"待审查 {NUMBER} 机器人学导论"

    await world.click("何老师", "审查通过")
    await world.click("周老师", "审查通过")
    await world.click("林书记", "审查通过")
    await world.click("王书记", "同意")
    await world.click("唐老师", "审查通过")

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("钱主任") == []


async def test_a_major_topic_is_passed_once_its_filing_outside_is_on_the_record(world: World) -> None:
    await submit(world, TOPIC.replace("重大选题：否", "重大选题：拿不准"))
    await world.click("王书记", "同意")

    assert buttons(world.card("唐老师")) == ["审查通过", "退回", "不宜公开", "报备", "查看", "更多"]
    assert "重大选题未在校外备案不得出版，待党委宣传部记下报备情况" in world.last("唐老师")

    await world.click("唐老师", "审查通过")

    assert (await request(NUMBER)).state is State.IN_REVIEW

    await world.click("唐老师", "报备")
    await world.click("唐老师", "下一步", filed=["尚未报备"])
    await world.click("唐老师", "确认提交")

    assert "拿不准，尚未报备" in world.last("唐老师")

    await world.click("唐老师", "审查通过")

    assert "重大选题未在校外备案不得出版（登记为“尚未报备”）（第十条）" in world.last("李老师")


async def test_alone_the_command_lists_what_one_may_see_and_a_year_is_a_plan_by_its_days(
    world: World,
) -> None:
    await found_press()
    await submit(world, TOPIC.replace("本单位", "学校出版社"))
    await world.say("吴副书记", TOPIC.replace("机器人学导论", "机械制图").replace("03-15", "01-20"))
    await world.click("吴副书记", "确认提交")

    await world.say("李老师", "/选题")

    assert "机电学院党委的选题 2 项" in world.titles("李老师")[-1]
    assert "XT-2026-0001 图书·选题 机器人学导论：审批中，待 何老师" in world.last("李老师")

    await world.click("李老师", "报新选题")

    assert world.titles("李老师")[-1] == "选题：出版物"

    await world.say("何老师", "/选题")

    assert "出版社的选题 1 项" in world.titles("何老师")[-1]
    assert "机器人学导论（机电学院党委）" in world.last("何老师")

    await world.say("唐老师", "/选题 2027")

    plan = world.last("唐老师")
    assert "全校 2027 年出版计划" in plan
    assert (
        plan.index("【1 月】") < plan.index("机械制图") < plan.index("【3 月】") < plan.index("机器人学导论")
    )
    assert "共 2 项：审查通过 0 项，审查中 2 项" in plan


async def test_what_the_press_itself_hands_in_is_read_there_too_and_not_by_who_wrote_it(world: World) -> None:
    await found_press()
    await examiner("李老师")
    await world.say("何老师", TOPIC.replace("作者：李老师", "作者：林书记"))
    await world.click("何老师", "确认提交")

    found = await request(NUMBER)
    assert (found.form["publisher"], found.unit, found.step) == ("学校出版社", "1400", "first_read")
    assert await requests.holders(found.id) == {}

    await _role("周老师", "初审")
    await world.tick("remind", hours=1)

    assert await requests.holders(found.id) == {"2106": ""}


async def test_students_are_told_who_hands_it_in(world: World) -> None:
    await world.say("陈同学", TOPIC)

    assert "选题由教职工报审" in world.last("陈同学")
