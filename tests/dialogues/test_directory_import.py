"""An import names another first-responsible person: who holds an open step now is asked."""

from bot.importing import bring_in
from handlers.rules.import_cells import TableKind
from storage import requests
from tests.dialogues.posts import pass_review, request
from tests.rules.import_tables import table
from tests.world import World

UNITS = """
单位代码,单位名称,单位类型,上级单位代码,第一责任人工号,副职工号
2100,机电学院党委,基层党委,1000,2102,
"""


async def test_a_new_first_responsible_person_is_asked_and_the_former_one_no_more(world: World) -> None:
    await pass_review(world)
    decided = await bring_in([table(TableKind.UNITS, UNITS)], world.now)
    await world.settle()

    assert decided.problems == ()
    assert await requests.holders((await request()).id) == {"2102": ""}
    assert "待审批 FB-2026-0001 学院更名" in world.titles("吴副书记")
    assert world.titles("王书记")[-1] == "已不需办理 FB-2026-0001 学院更名"
