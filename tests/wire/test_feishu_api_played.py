"""The played API by itself: what it answers to requests that are wrong, as the platform would."""

from typing import Any

import orjson
import pytest

from bot.platforms.base import Answer
from cards.card import Card
from cards.feishu import render
from tests.wire.feishu_world import LIN, SETTINGS, ZHOU, World, sample

MESSAGES = "/open-apis/im/v1/messages"
TOKEN = "/open-apis/auth/v3/tenant_access_token/internal"
GOOD = orjson.dumps(render(Card("标题"), "a" * 32)).decode()


@pytest.fixture
def world() -> World:
    return World()


async def call(world: World, method: str, path: str, body: Any = None, **query: str) -> Answer:
    """One API call with a valid token."""
    given = await world.sim.answer(
        "POST", TOKEN, {}, {}, orjson.dumps({"app_id": SETTINGS.app_id, "app_secret": SETTINGS.app_secret})
    )
    token = orjson.loads(given.body)["tenant_access_token"]
    content = body if isinstance(body, bytes) else orjson.dumps(body or {})
    return await world.sim.answer(method, path, query, {"authorization": f"Bearer {token}"}, content)


def code(answer: Answer) -> tuple[int, int]:
    return answer.status, orjson.loads(answer.body)["code"]


def message(**change: Any) -> dict[str, Any]:
    return {"receive_id": LIN, "msg_type": "interactive", "content": GOOD, "uuid": "u"} | change


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (message(receive_id="ou_nobody"), 230013),
        (message(receive_id=1), 99992402),
        (message(uuid="u" * 51), 99992402),
        (message(content={"schema": "2.0"}), 99992402),
        (message(content="{"), 230099),
        (message(content='{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}'), 230099),
        (
            message(
                content='{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"%s"}]}}'
                % ("x" * 31_000)
            ),
            230025,
        ),
        (message(msg_type="text", content=orjson.dumps({"text": "x" * 160_000}).decode()), 230025),
        (message(msg_type="post"), 230001),
        (b"not json", 9499),
    ],
)
async def test_a_wrong_message_is_refused_with_its_code(world: World, body: Any, expected: int) -> None:
    answer = await call(world, "POST", MESSAGES, body, receive_id_type="open_id")
    assert (code(answer), world.screen(LIN)) == ((400, expected), [])


async def test_a_refused_card_says_what_is_wrong_with_it(world: World) -> None:
    body = message(content='{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}')
    answer = await call(world, "POST", MESSAGES, body, receive_id_type="open_id")
    start = sample("out_message_send_error_230099")["body"]["msg"].partition("[3]")[0]
    assert orjson.loads(answer.body)["msg"].startswith(start)


async def test_a_success_has_the_fields_of_the_sample(world: World) -> None:
    answer = await call(world, "POST", MESSAGES, message(), receive_id_type="open_id")
    expected = sample("out_message_send_response")["data"]
    data = orjson.loads(answer.body)["data"]
    assert (data.keys(), data["sender"]) == (expected.keys(), expected["sender"])


async def test_the_same_uuid_is_the_same_message_for_an_hour(world: World) -> None:
    sent = [(await call(world, "POST", MESSAGES, message(), receive_id_type="open_id")).body]
    world.clock.advance(minutes=59)
    sent.append((await call(world, "POST", MESSAGES, message(), receive_id_type="open_id")).body)
    world.clock.advance(minutes=1)
    sent.append((await call(world, "POST", MESSAGES, message(), receive_id_type="open_id")).body)
    assert (sent[0] == sent[1], sent[1] == sent[2]) == (True, False)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PATCH", f"{MESSAGES}/om_unknown", (400, 230001)),
        ("DELETE", f"{MESSAGES}/om_unknown", (400, 230001)),
        ("POST", f"{MESSAGES}/om_unknown/reply", (400, 230001)),
        ("GET", f"{MESSAGES}/om_unknown/resources/f", (400, 230001)),
        ("GET", "/open-apis/contact/v3/users", (404, 404)),
    ],
)
async def test_what_does_not_exist_is_not_found(
    world: World, method: str, path: str, expected: tuple[int, int]
) -> None:
    assert code(await call(world, method, path, message())) == expected


async def test_what_a_person_wrote_can_be_neither_repainted_nor_recalled(world: World) -> None:
    await world.sim.say(ZHOU, "你好")
    path = f"{MESSAGES}/{world.sim.screens[ZHOU][0].id}"
    answers = [await call(world, method, path, {"content": GOOD}) for method in ("PATCH", "DELETE")]
    assert list(map(code, answers)) == [(400, 230001), (400, 230026)]


@pytest.mark.parametrize(
    ("header", "expected"), [("", 99991661), ("Bearer u-1", 99991661), ("Bearer t-unknown", 99991663)]
)
async def test_a_call_without_a_valid_token_is_refused(world: World, header: str, expected: int) -> None:
    answer = await world.sim.answer("GET", "/open-apis/bot/v3/info", {}, {"authorization": header}, b"")
    assert code(answer) == (400, expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, 10003),
        ({"app_id": SETTINGS.app_id, "app_secret": 1}, 10003),
        ({"app_id": SETTINGS.app_id, "app_secret": "guess"}, 10014),
    ],
)
async def test_a_token_needs_the_secret(world: World, body: Any, expected: int) -> None:
    assert code(await world.sim.answer("POST", TOKEN, {}, {}, orjson.dumps(body))) == (200, expected)


async def test_a_token_is_the_same_until_half_an_hour_is_left_and_both_then_work(world: World) -> None:
    asked = orjson.dumps({"app_id": SETTINGS.app_id, "app_secret": SETTINGS.app_secret})
    given = []
    for minutes in (0, 90, 1, 28):
        world.clock.advance(minutes=minutes)
        answer = orjson.loads((await world.sim.answer("POST", TOKEN, {}, {}, asked)).body)
        given.append((answer["tenant_access_token"], answer["expire"]))
    first, second = given[0][0], given[2][0]
    assert given == [(first, 7200), (first, 1800), (second, 7200), (second, 7200 - 28 * 60)]

    async def works(token: str) -> bool:
        header = {"authorization": f"Bearer {token}"}
        return (await world.sim.answer("GET", "/open-apis/bot/v3/info", {}, header, b"")).status == 200

    assert (await works(first), await works(second)) == (True, True)
    world.clock.advance(minutes=1)
    assert (await works(first), await works(second)) == (False, True)


async def test_the_rate_limit_answer_is_that_of_the_sample(world: World) -> None:
    expected = sample("out_error_rate_limit")
    answer = world.sim.rate_limited()
    limits = {name: value for name, value in answer.headers.items() if name.startswith("x-ogw")}
    assert (answer.status, orjson.loads(answer.body), limits) == (
        expected["http_status"],
        expected["body"],
        {name: value for name, value in expected["headers"].items() if name.startswith("x-ogw")},
    )
