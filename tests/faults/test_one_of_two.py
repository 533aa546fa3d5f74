"""Two replicas on PostgreSQL at the same moment: what there must be one of is begun once, the rest joins."""

from handlers.cases import leads
from handlers.rules import clauses
from tests.dialogues.rectifying import issue
from tests.dialogues.test_files import PICTURE, upload
from tests.dialogues.test_impersonation import USUAL
from tests.faults.pair import ROUNDS, Pair, count, of_number


async def test_two_first_reports_of_one_account_at_once_are_one_report(pair: Pair) -> None:
    world = pair.world
    for number in range(1, ROUNDS + 1):
        for who in ("李老师", "何老师"):
            fields = USUAL | {"账号名称": f"机电表白墙{number}号"}
            await world.say(who, "\n".join(["/冒用", *(f"{name}：{text}" for name, text in fields.items())]))
            await upload(world, who, "", PICTURE + who.encode(), "image")
        await pair.at_once(pair.press("李老师", "确认提交"), pair.press("何老师", "确认提交"))

        assert await count("requests") == number
        request = await of_number(f"MY-2026-{number:04d}")
        second = request.form["joined"][0]
        assert {request.applicant, second["by"]} == {world.member(who).id for who in ("李老师", "何老师")}
        assert request.form["files"] != second["files"]


async def test_a_fact_that_two_replicas_find_at_once_is_one_lead(pair: Pair) -> None:
    fact = clauses.Fact("late:QM-0001", "变更逾期", "2100", clauses.LATE, ("QM-0001",))
    finding = (machine.writer.do(lambda: leads.found(fact, pair.world.now)) for machine in pair.machines)
    await pair.at_once(*finding)

    assert await count("requests WHERE kind = 'WG'") == 1


async def test_an_answer_begun_twice_at_once_is_one_draft(pair: Pair) -> None:
    await issue(pair.world)
    await pair.at_once(*(pair.write("王书记", "/回复整改 ZG-2026-0001") for _ in range(2)))

    assert await count("drafts WHERE state = 'open' AND revises IS NOT NULL") == 1


async def test_a_prepared_interpretation_taken_up_twice_at_once_is_one_request(pair: Pair) -> None:
    await pair.at_once(*(pair.write(who, "/解释 草案 1") for who in ("赵老师", "钱主任")))

    assert await count("requests WHERE kind = 'JS'") == 1
