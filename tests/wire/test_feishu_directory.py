"""Feishu's directory as it is read: pages, ranges, missing fields, and a reading that breaks off."""

from collections.abc import Mapping, Sequence

import orjson
import pytest

from bot.platforms.base import Answer, Passing, Permanent
from bot.sandbox.directory import Enrolled
from handlers.rules.roll import Department, Member, Roll, Standing
from storage.records import Platform
from tests.wire.feishu_world import LIN, SETTINGS, ZHOU, World, sample

USERS = "/open-apis/contact/v3/users"
SOMEBODY = "ou_00000000000000000000000000000001"


@pytest.fixture
async def world() -> World:
    """林夏 in 平台研发部, 周明 in 资金组 below it."""
    world = World()
    directory = world.sim.directory
    directory.section("od-1", "平台研发部", code="D021")
    directory.section("od-2", "资金组", parent="od-1")
    directory.place(LIN, "E0042", "od-1")
    directory.place(ZHOU, "E0043", "od-2")
    directory.members[LIN].title = "Engineer"
    return world


DEPARTMENTS = {"od-1": Department("od-1", "平台研发部", "D021"), "od-2": Department("od-2", "资金组", "od-2")}
LIN_XIA = Member(LIN, ("1a2b3c4d",), "E0042", "od-1", "Engineer")
ZHOU_MING = Member(ZHOU, ("2b3c4d5e",), "E0043", "od-2")


class Script:
    """An `Http` that answers every call from samples, by path."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        self.answers, self.asked = answers, list[tuple[str, str, dict[str, str]]]()

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        body: bytes | None = None,  # noqa: ARG002
    ) -> Answer:
        path = url.removeprefix(SETTINGS.base_url)
        self.asked.append((method, path, dict(params or {})))
        return Answer(200, orjson.dumps(self.answers[path]), {"content-type": "application/json"})


def scripted(answers: Mapping[str, object]) -> tuple[Script, World]:
    token = {"/open-apis/auth/v3/tenant_access_token/internal": sample("out_token_response")}
    script, world = Script(token | dict(answers)), World()
    world.feishu.directory._api._http = script  # type: ignore[attr-defined]
    return script, world


async def test_a_member_is_asked_for_and_understood_as_in_the_samples() -> None:
    request = sample("out_user_get_request")
    department = {"data": {"department": sample("out_department_children_response")["data"]["items"][0]}}
    script, world = scripted(
        {
            request["path"]: sample("out_user_get_response"),
            "/open-apis/contact/v3/departments/od-aa11bb22cc33dd44ee55ff6677889900": {
                "code": 0,
                **department,
            },
        }
    )
    roll = await world.feishu.directory.look(LIN)

    assert script.asked[1] == ("GET", request["path"], request["query"])
    assert roll.members == (
        Member(LIN, ("1a2b3c4d",), "E0042", "od-aa11bb22cc33dd44ee55ff6677889900", "Engineer"),
    )
    assert list(roll.departments.values()) == [
        Department("od-00000000000000000000000000000001", "平台研发部", "D021")
    ]


async def test_departments_are_asked_for_as_in_the_sample(world: World) -> None:
    request = sample("out_department_children_request")
    asked: list[tuple[str, str, Mapping[str, str]]] = []
    answer = world.sim.answer

    async def watched(
        method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        asked.append((method, path, query))
        return await answer(method, path, query, headers, body)

    world.sim.answer = watched  # type: ignore[method-assign]
    await world.feishu.directory.read([])

    wanted = {k: v for k, v in request["query"].items() if k != "user_id_type"}
    assert ("GET", request["path"], wanted) in asked


async def test_everybody_is_read_from_every_department(world: World) -> None:
    roll = await world.feishu.directory.read([LIN, ZHOU])

    assert roll == Roll(Platform.FEISHU, DEPARTMENTS, (LIN_XIA, ZHOU_MING))


async def test_a_department_of_more_than_a_page_is_read_whole(world: World) -> None:
    many = {f"ou_{number:032x}": f"同事{number}" for number in range(123)}
    for account, name in many.items():
        world.sim.directory.members[account] = Enrolled(account, name, "od-1")
    for number in range(60):
        world.sim.directory.section(f"od-9{number}", f"科室{number}")
    roll = await world.feishu.directory.read([])

    assert (len(roll.members), len(roll.departments), roll.whole) == (125, 62, True)


async def test_fields_without_scope_are_missing_and_mean_nothing(world: World) -> None:
    world.sim.contacts.without = {"status", "employee_no", "job_title", "department_ids", "orders"}
    roll = await world.feishu.directory.read([LIN])

    assert roll.members[0] == Member(LIN, ("1a2b3c4d",))


async def test_whoever_is_not_listed_is_asked_for_singly(world: World) -> None:
    world.sim.directory.members[LIN].left = True
    world.sim.directory.members[ZHOU].hidden = True
    roll = await world.feishu.directory.read([LIN, ZHOU, SOMEBODY])

    assert [member.standing for member in roll.members] == [Standing.LEFT]
    assert (roll.unknown, roll.hidden, roll.whole) == (frozenset({SOMEBODY}), frozenset({ZHOU}), True)


async def test_an_account_kept_as_user_id_is_recognised(world: World) -> None:
    assert (await world.feishu.directory.read(["1a2b3c4d"])).unknown == frozenset()
    assert (await world.feishu.directory.look("1a2b3c4d")).members == (LIN_XIA,)


async def test_a_range_smaller_than_everything_is_read_department_by_department(world: World) -> None:
    answer = world.sim.answer

    async def narrow(
        method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        if path.endswith("/departments/0/children") or query.get("department_id") == "0":
            return Answer(403, orjson.dumps({"code": 40004, "msg": "no dept authority"}))
        return await answer(method, path, query, headers, body)

    world.sim.answer = narrow  # type: ignore[method-assign]
    roll = await world.feishu.directory.read([LIN, ZHOU])

    assert roll == Roll(Platform.FEISHU, DEPARTMENTS, (LIN_XIA, ZHOU_MING))


@pytest.mark.parametrize("after", range(5))
async def test_a_reading_that_breaks_off_says_so_and_concludes_nothing(world: World, after: int) -> None:
    await world.feishu.ready()
    answer, calls = world.sim.answer, list[str]()

    async def breaking(
        method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        calls.append(path)
        if len(calls) > after:
            raise ConnectionResetError
        return await answer(method, path, query, headers, body)

    world.sim.answer = breaking  # type: ignore[method-assign]
    roll = await world.feishu.directory.read([LIN, ZHOU, SOMEBODY])

    assert (roll.whole, roll.unknown, roll.hidden) == (False, frozenset(), frozenset())
    assert set(roll.members) <= {LIN_XIA, ZHOU_MING}


@pytest.mark.parametrize(("code", "failure"), [(1663, Passing), (99991672, Permanent)])
async def test_a_single_look_fails_in_our_two_words(
    world: World, code: int, failure: type[Exception]
) -> None:
    world.sim.faults.next_codes.append(code)
    with pytest.raises(failure):
        await world.feishu.directory.look(LIN)


def statuses() -> Sequence[tuple[dict[str, bool], Standing]]:
    return [
        ({"is_resigned": True, "is_frozen": True}, Standing.LEFT),
        ({"is_frozen": True}, Standing.DISABLED),
        ({"is_exited": True}, Standing.DISABLED),
        ({"is_unjoin": True, "is_activated": False}, Standing.ACTIVE),
        ({}, Standing.ACTIVE),
    ]


@pytest.mark.parametrize(("status", "standing"), statuses())
async def test_each_status_has_its_standing(status: dict[str, bool], standing: Standing) -> None:
    user = {"open_id": LIN, "status": status}
    _, world = scripted({f"{USERS}/{LIN}": {"code": 0, "data": {"user": user}}})

    assert (await world.feishu.directory.look(LIN)).members == (Member(LIN, standing=standing),)
