"""What comes in over HTTP and is not to be believed: a plain 4xx, never a traceback, never an effect."""

from collections.abc import AsyncIterator
from io import BytesIO

import hypothesis.strategies as st
import orjson
import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import BaseTestServer, TestServer
from hypothesis import HealthCheck, given, settings

from bot.app import LARGEST_BODY, build
from bot.platforms.base import Raw
from bot.platforms.wecom_crypto import Crypto
from storage import db
from storage.records import Platform
from tests.faults.acts import Wiretap
from tests.world import WECOM, World

FEISHU_PATH, WECOM_PATH = "/feishu/events", "/wecom/callback"


class Door:
    """The bot behind a real web server."""

    def __init__(self, world: World, server: BaseTestServer, session: ClientSession) -> None:
        self.world, self._server, self._session = world, server, session

    async def knock(self, path: str, raw: Raw) -> tuple[int, bytes]:
        url = self._server.make_url(path)
        async with self._session.request(
            raw.method, url, params=raw.query, headers=raw.headers, data=BytesIO(raw.body)
        ) as answer:
            return answer.status, await answer.read()


@pytest.fixture
async def opened(world: World) -> AsyncIterator[Door]:
    async with TestServer(build(world.machine)) as server, ClientSession() as session:
        yield Door(world, server, session)


async def genuine(world: World) -> dict[str, Raw]:
    """A believed request of each platform, by path; its effect is undone by nobody."""
    found = {}
    for sim, name, who, path in (
        (world.feishu, Platform.FEISHU, "王书记", FEISHU_PATH),
        (world.wecom, Platform.WECOM, "李老师", WECOM_PATH),
    ):
        tap = Wiretap(world, sim, name)
        await world.say(who, "/帮助")
        found[path] = tap.heard[0]
    return found


async def effects() -> int:
    row = await db.one("SELECT count(*) AS n FROM claims")
    assert row is not None
    return int(row["n"])


async def test_a_genuine_request_is_answered_200_and_its_replay_has_no_effect(opened: Door) -> None:
    for path, raw in (await genuine(opened.world)).items():
        before = await effects()
        assert (await opened.knock(path, raw))[0] == 200
        assert await effects() == before


@pytest.mark.parametrize("path", [FEISHU_PATH, WECOM_PATH])
async def test_an_oversize_body_is_refused(opened: Door, path: str) -> None:
    raw = (await genuine(opened.world))[path]
    before = await effects()
    big = Raw(raw.method, raw.query, raw.headers, b"x" * (LARGEST_BODY + 1))

    assert (await opened.knock(path, big))[0] == 413
    assert await effects() == before


@pytest.mark.parametrize("path", [FEISHU_PATH, WECOM_PATH])
async def test_any_change_of_a_genuine_request_is_refused_without_saying_why(opened: Door, path: str) -> None:
    raw = (await genuine(opened.world))[path]
    before = await effects()
    middle = len(raw.body) // 2
    swapped = bytes([raw.body[middle] ^ 1])
    changed = [
        Raw(raw.method, raw.query, raw.headers, raw.body[:middle]),
        Raw(raw.method, raw.query, raw.headers, raw.body[:middle] + swapped + raw.body[middle + 1 :]),
        Raw(raw.method, raw.query, raw.headers, b""),
        Raw(raw.method, {}, {}, raw.body),
        Raw(raw.method, dict.fromkeys(raw.query, "0"), dict.fromkeys(raw.headers, "0"), raw.body),
    ]

    answers = [await opened.knock(path, one) for one in changed]

    assert {body for _, body in answers} == {b""}
    assert all(400 <= status < 500 for status, _ in answers)
    assert await effects() == before


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
    + "]><xml><FromUserName>Li</FromUserName><Content>&a8;</Content><MsgType>text</MsgType></xml>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    "<xml><FromUserName>Li</FromUserName><MsgType>text</MsgType><Content>&e;</Content></xml>"
)
DEEP = "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>"


@pytest.mark.parametrize("inside", [BOMB, OUTSIDE, DEEP, "", "<xml>", "\x00", "not xml"])
async def test_xml_bombs_are_refused_signed_or_not(opened: Door, inside: str) -> None:
    crypto = Crypto(WECOM.token, WECOM.encoding_aes_key, WECOM.corp_id)
    sealed = crypto.encrypt(inside, b"0" * 16)
    query = {"timestamp": "1", "nonce": "n", "msg_signature": crypto.signature("1", "n", sealed)}
    outside = Raw("POST", query, {}, inside.encode())
    within = Raw("POST", query, {}, f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode())

    for raw in (outside, within):
        assert await opened.knock(WECOM_PATH, raw) == (403, b"")
    assert await effects() == 0


WORDS = st.dictionaries(st.sampled_from(["encrypt", "type", "token", "challenge", "schema"]), st.text())
BODIES = (
    st.binary(max_size=300)
    | WORDS.map(orjson.dumps)
    | st.text().map(lambda text: f"<xml>{text}</xml>".encode())
)
PLAIN = st.text(st.characters(codec="ascii", min_codepoint=33, exclude_characters="\x7f"), max_size=40)
HEADERS = st.dictionaries(
    st.sampled_from(["x-lark-signature", "x-lark-request-nonce", "x-lark-request-timestamp"]), PLAIN
)
QUERY = st.dictionaries(
    st.sampled_from(["msg_signature", "timestamp", "nonce", "echostr"]), st.text(max_size=20)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES, HEADERS, QUERY)
async def test_whatever_is_sent_unsigned_is_refused(
    opened: Door, body: bytes, headers: dict[str, str], query: dict[str, str]
) -> None:
    for path in (FEISHU_PATH, WECOM_PATH):
        for method in ("POST", "GET"):
            raw = Raw(method, query, headers, body if method == "POST" else b"")
            status, answer = await opened.knock(path, raw)
            assert (400 <= status < 500, answer) == (True, b"")
