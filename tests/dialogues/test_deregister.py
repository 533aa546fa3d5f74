"""/注销: head, centre, and then the proof of whoever asked close it (Article 15)."""

from datetime import UTC, datetime, timedelta

from handlers.cases import record
from handlers.ledger import naming
from handlers.processes import deregister
from storage import db, media
from storage.held import held
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons

NUMBER = "ZX-2026-0001"
ASKED = "\n".join(
    [
        "/注销",
        "媒体：机电之声",
        "方式：注销",
        "原因：不再使用",
        "已归档：是",
        "计划日期：2026-12-10",
    ]
)


async def state_of(name: str) -> str:
    return str((await media.called(name))[0].state)


async def approved(world: World, who: str = "李老师") -> None:
    await world.say(who, ASKED)
    await world.click(who, "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")


async def test_proof_closes_it_and_nothing_else_does(world: World) -> None:
    await approved(world)

    assert (await request(NUMBER)).state is State.IN_REVIEW
    assert world.titles("李老师")[-1] == f"待证明 {NUMBER} 机电之声注销"
    assert buttons(world.card("李老师"))[0] == "上传证明"
    assert await state_of("机电之声") == "在用"

    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).state is State.RECORDED
    assert await state_of("机电之声") == "注销"
    assert "“机电之声”已注销，台账保留记录。" in world.last("李老师")


async def test_the_proof_is_the_applicants_alone(world: World) -> None:
    await approved(world)
    await world.say("王书记", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：已办")

    assert "不由您办理" in world.last("王书记")


async def test_while_the_applicant_is_away_whoever_runs_media_of_the_unit_brings_the_proof(
    world: World,
) -> None:
    await approved(world, "孙老师")
    await world.say("赵老师", f"/干预 {NUMBER} 改派 唐老师 申请人出差")
    assert "唐老师 不能办理这一步" in world.last("赵老师")
    await world.say("赵老师", f"/干预 {NUMBER} 改派 李老师 申请人出差")

    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).state is State.RECORDED


async def test_wecom_asks_question_by_question_and_takes_a_screenshot(world: World) -> None:
    await approved(world)
    await world.click("李老师", "上传证明")

    assert world.titles("李老师")[-1] == "上传证明：办结日期"

    await world.say("李老师", "11月20日")
    await world.wecom.upload("li", "截图.png", b"png", "image")
    await world.settle()

    assert world.titles("李老师")[-1] == f"请确认：{NUMBER} 的证明"

    await world.click("李老师", "确认提交")

    assert await state_of("机电之声") == "注销"


async def test_feishu_fills_in_the_form(world: World) -> None:
    await approved(world, "何老师")
    await world.click("何老师", "上传证明")
    await world.click("何老师", "预览", done_on="2026-11-20", proof="平台已无此账号")
    await world.click("何老师", "确认提交")

    assert await state_of("机电之声") == "注销"


async def test_words_in_a_proof_that_may_be_secret_go_and_the_request_stays(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：某型号的试验数据")
    await world.click("李老师", "有涉密情形")

    assert (await request(NUMBER)).step == "proof"
    assert "某型号" not in str([dict(row) for row in await db.rows("SELECT * FROM drafts")])


async def test_an_order_is_not_the_units_to_give(world: World) -> None:
    await world.say("李老师", ASKED.replace("不再使用", "责令注销"))
    await world.click("李老师", "确认提交")

    assert "由全媒体中心作出（第十五条）" in world.last("李老师")


async def test_by_order_nobody_approves_and_whoever_runs_it_proves_it(world: World) -> None:
    async with db.transaction():
        opened = await deregister.ordered("QM-0001", record.By("1101", world.now), "WG-2026-0001")
    await world.settle()

    assert opened.due_at == datetime(2026, 12, 2, 16, tzinfo=UTC)
    assert world.titles("李老师")[-1] == f"待证明 {NUMBER} 机电之声注销"


async def test_what_was_said_once_is_on_the_record(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")
    await world.say("王书记", f"/查询 {NUMBER}")

    shown = world.last("王书记")
    assert "李老师 上传证明" in shown
    assert "王书记 同意" in shown
    assert shown.count("第 1 版") == 1


async def test_a_year_later_the_name_is_free_and_the_record_stays(world: World) -> None:
    await approved(world)
    await world.say("李老师", f"/上传证明 {NUMBER}\n办结日期：2026-11-20\n证明：平台页面已显示账号不存在")
    await world.click("李老师", "确认提交")
    early, late = world.now + timedelta(days=361), world.now + timedelta(days=362)

    assert "已有同名的微信公众号" in await naming.on_the_books("机电之声", "微信公众号", early)
    assert await naming.on_the_books("机电之声", "微信公众号", late) == ""

    async with db.transaction():
        await held(medium="QM-0001")
        await naming.make_room("机电之声", "微信公众号", late)
    async with db.reading():
        (former,) = await media.several(["QM-0001"])

    assert former.name == "机电之声（QM-0001，已注销）"
