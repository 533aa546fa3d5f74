"""WeCom's directory as it is read: the samples, who is gone, who is only not shown, what breaks off."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.platforms.base import Answer, Passing
from bot.platforms.wecom import Wecom
from handlers.rules.roll import Department, Member, Roll, Standing
from storage.records import Platform
from tests.wire.wecom_samples import NOW, SETTINGS, sample
from tests.wire.wecom_world import Line, World, said

DEPARTMENTS = {
    "1": Department("1", "虚构科技"),
    "3": Department("3", "财务部"),
    "5": Department("5", "市场部"),
    "7": Department("7", "资金组"),
}
CHEN_MO = Member("chenmo", department="3", title="财务经理")


def said_in(name: str) -> dict[str, Any]:
    found: dict[str, Any] = sample(name)["response"]["body"]
    return found


@pytest.fixture
def world() -> World:
    world = World()
    world.sim.directory.section("3", "财务部")
    world.sim.directory.place("chenmo", "", "3")
    world.sim.directory.place("liwei", "", "3")
    return world


async def test_the_samples_are_asked_for_and_understood() -> None:
    empty = {"errcode": 0, "userlist": []}
    listed = [said(empty), said(said_in("out-user_simplelist")), said(empty), said(empty)]
    one = [said(said_in("out-user_get")), said(said_in("out-user_get-error_60111"))]
    line = Line(said(said_in("out-gettoken")), said(said_in("out-department_list")), *listed, *one)
    roll = await Wecom(SETTINGS, line, lambda: NOW).directory.read(["chenmo", "nobody"])

    assert roll == Roll(
        Platform.WECOM, DEPARTMENTS, (CHEN_MO, Member("sunyu")), unknown=frozenset({"nobody"})
    )
    asked = [{k: v for k, v in params.items() if k != "access_token"} for _, _, params, _ in line.asked]
    assert list(zip(line.paths(), asked, strict=True))[1:] == [
        ("department/list", {}),
        *(("user/simplelist", {"department_id": id_}) for id_ in DEPARTMENTS),
        ("user/get", {"userid": "chenmo"}),
        ("user/get", {"userid": "nobody"}),
    ]


async def test_only_who_is_on_the_books_is_asked_for_in_full(world: World) -> None:
    world.sim.directory.members["liwei"].title = "科长"
    roll = await world.wecom.directory.read(["ChenMo"])

    assert roll.members == (Member("ChenMo", department="3"), Member("liwei"))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"left": True}, (Standing.LEFT, False, False)),
        ({"disabled": True}, (Standing.DISABLED, False, False)),
        ({"hidden": True}, (None, False, True)),
    ],
)
async def test_left_disabled_and_not_shown_are_told_apart(
    world: World, state: Mapping[str, bool], expected: tuple[Standing | None, bool, bool]
) -> None:
    for name, value in state.items():
        setattr(world.sim.directory.members["chenmo"], name, value)
    roll = await world.wecom.directory.read(["ChenMo"])
    standings = {member.account.lower(): member.standing for member in roll.members}

    assert (standings.get("chenmo"), bool(roll.unknown), bool(roll.hidden)) == expected


async def test_who_was_removed_is_unknown(world: World) -> None:
    await world.sim.leaves("ChenMo")
    roll = await world.wecom.directory.read(["ChenMo"])

    assert (roll.members, roll.unknown, roll.whole) == ((Member("liwei"),), frozenset({"ChenMo"}), True)
    assert (await world.wecom.directory.look("ChenMo")).unknown == frozenset({"ChenMo"})


@pytest.mark.parametrize("after", range(5))
async def test_a_reading_that_breaks_off_says_so_and_concludes_nothing(world: World, after: int) -> None:
    await world.wecom.ready()
    answer, calls = world.sim.answer, list[str]()

    async def breaking(
        method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        calls.append(path)
        if len(calls) > after:
            raise ConnectionResetError
        return await answer(method, path, query, headers, body)

    world.sim.answer = breaking  # type: ignore[method-assign]
    roll = await world.wecom.directory.read(["ChenMo", "nobody"])

    assert (roll.whole, roll.unknown, roll.hidden) == (False, frozenset(), frozenset())


async def test_a_single_look_fails_in_our_words(world: World) -> None:
    world.sim.faults.down = True
    with pytest.raises(Passing):
        await world.wecom.directory.look("ChenMo")
