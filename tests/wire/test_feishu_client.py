"""Calls to Feishu: each request as in its sample, each error answer to its exception, one token for all."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms import feishu_errors, feishu_pace
from bot.platforms.base import Answer, Fault, Passing, Permanent, Sent
from bot.platforms.feishu import Feishu
from bot.platforms.feishu_api import Api
from bot.platforms.feishu_errors import StaleToken
from cards.card import Card
from cards.feishu import render
from handlers.events import FileRef
from tests.wire.feishu_world import SETTINGS, UNHURRIED, ZHOU, Clock, sample

KEY = "0123456789abcdef0123456789abcdef"
CARD = Card("待审批")
TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal"
TOKEN = sample("out_token_response")["tenant_access_token"]


def answer(body: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, orjson.dumps(body), {name.replace("_", "-"): v for name, v in headers.items()})


class Wire:
    """An HTTP client that keeps what is asked and answers from a list, tokens apart."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.token = answer(sample("out_token_response"))
        self.requests: list[dict[str, Any]] = []

    def asked(self) -> int:
        """How many tokens were asked for."""
        return sum(request["path"] == TOKEN_PATH for request in self.requests)

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        path = url.removeprefix("https://open.feishu.cn")
        asked = {"method": method, "path": path, "query": params, "headers": headers}
        self.requests.append(asked | {"body": orjson.loads(body) if body else None})
        await asyncio.sleep(0)
        given = self.token if path == TOKEN_PATH else self.answers.pop(0)
        if given is self.token and given.status == 200:
            self.token = answer({"code": 0, "tenant_access_token": f"t-{self.asked()}", "expire": 7140})
        if isinstance(given, Exception):
            raise given
        return given


def feishu(*answers: Answer | Exception) -> tuple[Feishu, Wire]:
    wire = Wire(*answers)
    return Feishu(SETTINGS, wire, Clock(), UNHURRIED), wire


def as_sent(name: str, **body: Any) -> dict[str, Any]:
    """The sample request with what is ours in its body."""
    shape = sample(name)
    headers = {key.lower(): value for key, value in shape["headers"].items()}
    return {"query": None, **shape, "headers": headers, "body": shape["body"] | body}


async def test_a_token_is_asked_for_as_in_the_sample() -> None:
    client, wire = feishu(answer(sample("out_bot_info_response")))
    await client.ready()
    assert wire.requests[0] == as_sent("out_token_request")


async def test_a_card_is_sent_as_in_the_sample() -> None:
    client, wire = feishu(answer(sample("out_message_send_response")))
    sent = await client.send(ZHOU, CARD, KEY)
    content = orjson.dumps(render(CARD, KEY)).decode()
    assert wire.requests[1] == as_sent("out_message_send_request", content=content, uuid=KEY)
    assert sent == Sent(sample("out_message_send_response")["data"]["message_id"])


async def test_a_card_is_repainted_as_in_the_sample() -> None:
    client, wire = feishu(answer(sample("out_message_patch_response")))
    await client.update(ZHOU, Sent("om_b2000000000000000000000000000001"), CARD, KEY)
    content = orjson.dumps(render(CARD, KEY)).decode()
    assert wire.requests[1] == as_sent("out_message_patch_request", content=content)


async def test_a_file_is_asked_for_by_message_key_and_type() -> None:
    headers = {"content-type": "image/png", "content-disposition": 'attachment; filename="a.png"'}
    client, wire = feishu(Answer(200, b"png", headers), Answer(200, b"{}", headers))
    picture = await client.fetch(FileRef("img/1", "图片", "image", "om_1"))
    await client.fetch(FileRef("f", "x", "video", "om_1"))
    asked = [(request["path"], request["query"]) for request in wire.requests[1:]]
    assert asked == [
        ("/open-apis/im/v1/messages/om_1/resources/img%2F1", {"type": "image"}),
        ("/open-apis/im/v1/messages/om_1/resources/f", {"type": "file"}),
    ]
    assert (picture.content, picture.media_type, picture.name) == (b"png", "image/png", "a.png")


def error_sample(name: str) -> Answer:
    given = sample(name)
    return Answer(given["http_status"], orjson.dumps(given["body"]), given.get("headers", {}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("out_message_send_error_230013", (Permanent, Fault.RECEIVER, 230013, "refused")),
        (
            "out_message_send_error_230099",
            (
                Permanent,
                Fault.CARD,
                230099,
                "card refused: 200861 at ROOT -> body -> elements -> [3](tag: note)",
            ),
        ),
        ("out_error_rate_limit", (Passing, 3.0, True, "99991400")),
        ("out_error_token_invalid", (StaleToken, None, False, "99991663")),
    ],
)
def test_each_error_sample_has_its_exception(name: str, expected: tuple[Any, ...]) -> None:
    assert raised(lambda: feishu_errors.read(error_sample(name))) == expected


def raised(call: Callable[[], object]) -> tuple[Any, ...]:
    """What the call raises, as a value."""
    try:
        call()
    except Passing as error:
        return type(error), error.after, error.whole, error.why
    except Permanent as error:
        return type(error), error.fault, error.code, error.why
    return ()


def test_the_token_error_sample_is_a_matter_of_settings() -> None:
    error = raised(lambda: feishu_errors.read(answer(sample("out_token_error"))))
    assert error == (Permanent, Fault.CONFIG, 10003, "refused")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Answer(502, b"<html>"), (Passing, None, False)),
        (Answer(200, b"<html>"), (Passing, None, False)),
        (Answer(200, b"[]"), (Passing, None, False)),
        (answer({"msg": "no code"}), (Passing, None, False)),
        (answer({"code": 230013}, 503), (Passing, None, False)),
        (answer({"code": 1663}), (Passing, None, False)),
        (answer({"code": 2200}, 400), (Passing, None, False)),
        (answer({"code": 230020}, 400), (Passing, 1.0, False)),
        (answer({"code": 230049}, 400), (Passing, 1.0, False)),
        (Answer(429), (Passing, 1.0, True)),
        (answer({"code": 99991400}, 400, x_ogw_ratelimit_reset="soon"), (Passing, 1.0, True)),
        (answer({"code": 99991400}, 400, x_ogw_ratelimit_reset="12"), (Passing, 12.0, True)),
        (answer({"code": 99991665}), (StaleToken, None, False)),
        (
            answer({"code": 230099, "msg": "ext=ErrCode: 11310; ErrMsg: card action is lock; "}, 400),
            (Passing, 1.0, False),
        ),
        (
            answer(
                {"code": 230099, "msg": "ErrCode: 11310; ErrPath: ROOT; ErrMsg: element exceeds the limit"}
            ),
            (Permanent, Fault.CARD, 230099),
        ),
        (answer({"code": 230025}, 400), (Permanent, Fault.CARD, 230025)),
        (answer({"code": 230031}, 400), (Permanent, Fault.GONE, 230031)),
        (answer({"code": 230053}, 400), (Permanent, Fault.RECEIVER, 230053)),
        (answer({"code": 99992361}, 400), (Permanent, Fault.RECEIVER, 99992361)),
        (answer({"code": 230006}, 400), (Permanent, Fault.CONFIG, 230006)),
        (answer({"code": 99991672}, 400), (Permanent, Fault.CONFIG, 99991672)),
        (answer({"code": 424242}, 400), (Permanent, Fault.CONFIG, 424242)),
    ],
)
def test_each_kind_of_failure_passes_or_does_not(given: Answer, expected: tuple[Any, ...]) -> None:
    assert raised(lambda: feishu_errors.read(given))[:3] == expected


@given(status=st.sampled_from([200, 400, 429, 500]), body=st.binary(max_size=50))
def test_no_answer_raises_anything_else(status: int, body: bytes) -> None:
    assert raised(lambda: feishu_errors.read(Answer(status, body)))[0] is Passing


@pytest.mark.parametrize("error", [ConnectionRefusedError("refused"), TimeoutError(), OSError()])
async def test_no_answer_at_all_passes(error: Exception) -> None:
    client, _ = feishu(error)
    with pytest.raises(Passing):
        await client.send(ZHOU, CARD, KEY)


async def test_a_success_without_a_message_id_passes() -> None:
    client, _ = feishu(answer({"code": 0, "data": {}}))
    with pytest.raises(Passing):
        await client.send(ZHOU, CARD, KEY)


async def test_a_download_error_is_told_from_a_json_file() -> None:
    headers = {"content-type": "application/json", "content-disposition": "attachment; filename=a.json"}
    client, _ = feishu(
        Answer(200, b'{"code":7}', headers),
        answer({"code": 234003}, 200, content_type="application/json"),
        answer({"code": 0}, 200, content_type="application/json"),
    )
    file = FileRef("f", "x", "file", "om_1")
    assert (await client.fetch(file)).content == b'{"code":7}'
    for code in (234003, 0):
        with pytest.raises(Permanent) as error:
            await client.fetch(file)
        assert (error.value.fault, error.value.code) == (Fault.GONE, code)


def api(wire: Wire) -> tuple[Api, Clock]:
    clock = Clock()
    return Api(SETTINGS, wire, clock), clock


async def test_many_callers_at_once_fetch_one_token() -> None:
    wire = Wire()
    client, _ = api(wire)
    assert await asyncio.gather(*(client.token() for _ in range(20))) == [TOKEN] * 20
    assert wire.asked() == 1


async def test_a_token_is_renewed_when_less_than_half_an_hour_is_left() -> None:
    wire = Wire()
    client, clock = api(wire)
    await client.token()
    clock.now += timedelta(seconds=7140 - 1800 - 1)
    await client.token()
    assert wire.asked() == 1
    clock.advance(seconds=1)
    await client.token()
    assert wire.asked() == 2


async def test_the_old_token_serves_while_no_new_one_can_be_had() -> None:
    wire = Wire()
    client, clock = api(wire)
    await client.token()
    wire.token = Answer(502)
    clock.advance(seconds=7139)
    assert await client.token() == TOKEN
    clock.advance(seconds=1)
    with pytest.raises(Passing):
        await client.token()


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("code", [99991663, 99991664, 99991665])
async def test_a_stale_token_is_dropped_and_fetched_once(code: int, status: int) -> None:
    wire = Wire(answer({"code": code}, status), answer({"code": 0, "done": True}))
    client, _ = api(wire)
    assert await client.call("GET", "/x") == {"code": 0, "done": True}
    assert [request["path"] for request in wire.requests] == [TOKEN_PATH, "/x", TOKEN_PATH, "/x"]


async def test_a_token_that_is_refused_twice_is_not_fetched_for_ever() -> None:
    wire = Wire(answer({"code": 99991663}), answer({"code": 99991663}))
    client, _ = api(wire)
    with pytest.raises(Passing):
        await client.call("GET", "/x")
    assert wire.asked() == 2


async def test_callers_that_met_the_same_stale_token_fetch_one_between_them() -> None:
    wire = Wire(*[answer({"code": 99991663})] * 5, *[answer({"code": 0})] * 5)
    client, _ = api(wire)
    await client.token()
    await asyncio.gather(*(client.call("GET", "/x") for _ in range(5)))
    assert wire.asked() == 2


async def test_an_answer_without_a_token_passes() -> None:
    wire = Wire()
    wire.token = answer({"code": 0, "expire": "7200"})
    client, _ = api(wire)
    with pytest.raises(Passing):
        await client.token()


@pytest.mark.parametrize(("limit", "seconds"), [(50, 1), (1000, 60), (5, 1)])
def test_a_bucket_never_lets_more_than_the_limit_into_any_window(limit: float, seconds: float) -> None:
    bucket = feishu_pace.bucket(limit, seconds)
    in_a_window = bucket.max_rate + bucket.max_rate / bucket.time_period * seconds
    assert in_a_window == pytest.approx(limit)


async def test_the_second_call_to_one_target_waits_and_to_another_does_not() -> None:
    pace = feishu_pace.Pace(feishu_pace.Timing())
    await asyncio.gather(pace.wait("甲"), pace.wait("乙"))
    second = asyncio.ensure_future(pace.wait("甲"))
    await asyncio.sleep(0.01)
    assert not second.done()
    second.cancel()


async def test_targets_not_written_to_lately_are_forgotten() -> None:
    pace = feishu_pace.Pace(UNHURRIED)
    for number in range(feishu_pace.REMEMBERED + 10):
        await pace.wait(str(number))
    assert (len(pace._targets), "9" in pace._targets) == (feishu_pace.REMEMBERED, False)
