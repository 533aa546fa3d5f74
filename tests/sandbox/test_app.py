"""The sandbox over HTTP, without a browser: the platforms' APIs, the page's JSON, the stream."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from bot.platforms.multipart import Attached
from bot.sandbox.app import EXAMPLE, SLOW, sandbox_app
from tests.sandbox.fake import CAST, LI, SUN, Clockwork, FakeSim

PNG = b"\x89PNG\r\n\x1a\n picture"
FINE = {"down": False, "slow": False, "limited": False, "lost": False}
PEOPLE = [
    {"name": "李老师", "title": "机电学院 教师", "platform": "wecom", "account": "liwei"},
    {"name": "孙老师", "title": "机电学院 保密审查人", "platform": "feishu", "account": "ou_sun"},
    {"name": "王书记", "title": "机电学院 第一责任人", "platform": "feishu", "account": "ou_wang"},
    {"name": "全媒体中心", "title": "中心审批人", "platform": "wecom", "account": "centre"},
]


class Sandbox:
    """The app on loopback, its two platforms and its clock."""

    def __init__(self) -> None:
        self.clock = Clockwork()
        self.feishu, self.wecom = FakeSim(self.clock), FakeSim(self.clock)
        app = sandbox_app({"feishu": self.feishu, "wecom": self.wecom}, CAST, self.clock)
        self.http = TestClient(TestServer(app))

    async def post(self, name: str, body: Any) -> tuple[int, Any]:
        async with self.http.post(f"/sandbox/{name}", json=body) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else await response.text()


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    box = Sandbox()
    async with box.http:
        yield box


@pytest.mark.parametrize(
    ("path", "platform"),
    [
        ("/open-apis/im/v1/messages", "feishu"),
        ("/callback/ws/endpoint", "feishu"),
        ("/cgi-bin/gettoken", "wecom"),
    ],
)
async def test_a_call_to_a_platform_reaches_its_sim_as_it_was_made(
    sandbox: Sandbox, path: str, platform: str
) -> None:
    async with sandbox.http.post(path, params={"a": "1"}, data=b"body") as response:
        answered = response.status, response.content_type, await response.read()

    assert answered == (200, "application/json", b'{"code":0}')
    assert getattr(sandbox, platform).acts == [("api", "POST", path, {"a": "1"}, b"body")]


async def test_a_platform_that_is_down_drops_the_connection_and_does_nothing(sandbox: Sandbox) -> None:
    await sandbox.post("faults", {"platform": "wecom", "fault": "down", "on": True})

    with pytest.raises(aiohttp.ClientConnectionError):
        await sandbox.http.post("/cgi-bin/message/send", data=b"{}")
    assert sandbox.wecom.acts == []


async def test_a_lost_answer_means_the_work_is_done_all_the_same(sandbox: Sandbox) -> None:
    await sandbox.post("faults", {"platform": "feishu", "fault": "lost", "on": True})

    with pytest.raises(aiohttp.ClientConnectionError):
        await sandbox.http.post("/open-apis/im/v1/messages", data=b"{}")
    assert sandbox.feishu.acts == [("api", "POST", "/open-apis/im/v1/messages", {}, b"{}")]


async def test_a_limited_platform_answers_with_its_own_error(sandbox: Sandbox) -> None:
    await sandbox.post("faults", {"platform": "feishu", "fault": "limited", "on": True})

    async with sandbox.http.post("/open-apis/im/v1/messages", data=b"{}") as response:
        assert (response.status, await response.json()) == (429, {"code": 99991400})
    assert sandbox.feishu.acts == []


async def test_a_switch_turns_one_fault_of_one_platform_on_and_off(sandbox: Sandbox) -> None:
    await sandbox.post("faults", {"platform": "feishu", "fault": "slow", "on": True})
    assert (sandbox.feishu.faults.slow, sandbox.wecom.faults.slow) == (SLOW, 0.0)

    await sandbox.post("faults", {"platform": "feishu", "fault": "slow", "on": False})
    assert sandbox.feishu.faults.slow == 0.0


async def test_the_state_is_everything_on_the_page(sandbox: Sandbox) -> None:
    sandbox.feishu.card(SUN, {"schema": "2.0"})
    sandbox.clock.letters = {"queued": 2, "dead": 1}

    async with sandbox.http.get("/sandbox/state") as response:
        state = await response.json()

    assert state == {
        "cast": PEOPLE,
        "others": [],
        "groups": {"feishu": "", "wecom": ""},
        "example": EXAMPLE,
        "now": "2026-01-05T01:00:00Z",
        "status": {"queued": 2, "dead": 1},
        "faults": {"feishu": FINE, "wecom": FINE},
        "left": [],
        "messages": [
            {
                "place": 0,
                "id": "ou_sun-0",
                "account": "ou_sun",
                "at": "2026-01-05T01:00:00Z",
                "native": {"schema": "2.0"},
                "text": "",
                "mine": False,
                "recalled": False,
                "version": 1,
                "chat": "",
                "sender": "",
            }
        ],
    }


async def test_the_stream_tells_everything_first_and_then_only_what_changed(sandbox: Sandbox) -> None:
    shown = sandbox.wecom.put(LI, text="您好")
    async with sandbox.http.get("/sandbox/events") as response:
        first = await next_event(response)
        shown.recalled = True
        await sandbox.post("advance", {"minutes": 10})
        second = await next_event(response)

    assert first["cast"] == PEOPLE
    assert second == {
        "now": "2026-01-05T01:10:00Z",
        "messages": [first["messages"][0] | {"recalled": True}],
    }


async def test_the_stream_sees_what_changed_without_a_call(sandbox: Sandbox) -> None:
    async with sandbox.http.get("/sandbox/events") as response:
        await next_event(response)
        sandbox.clock.letters = {"queued": 1, "dead": 0}

        assert await next_event(response) == {"status": {"queued": 1, "dead": 0}}


async def test_open_streams_end_when_the_server_stops(sandbox: Sandbox) -> None:
    async with sandbox.http.get("/sandbox/events") as response:
        await next_event(response)
        assert sandbox.http.app is not None
        await sandbox.http.app.shutdown()

        assert await response.content.read() == b""


async def test_the_clock_goes_to_the_next_working_morning(sandbox: Sandbox) -> None:
    assert await sandbox.post("advance", {}) == (200, {"now": "2026-01-06T01:30:00Z"})
    assert sandbox.clock.moved == [24 * 60 + 30]


async def test_a_click_is_answered_with_its_toast(sandbox: Sandbox) -> None:
    shown = sandbox.feishu.card(SUN, {"schema": "2.0"})
    sandbox.feishu.toast = "已同意"

    click = {"account": "ou_sun", "message": shown.id, "button": "同意", "fields": {"comment": "好"}}
    assert await sandbox.post("click", click) == (200, {"status": 200, "toast": "已同意"})
    assert sandbox.feishu.acts == [("click", "ou_sun", "ou_sun-0", "同意", {"comment": "好"})]


@pytest.mark.parametrize(("message", "button"), [("ou_sun-0", "过期"), ("never sent", "同意")])
async def test_a_button_that_is_gone_cannot_be_pressed(sandbox: Sandbox, message: str, button: str) -> None:
    sandbox.feishu.card(SUN, {"schema": "2.0"})

    click = {"account": "ou_sun", "message": message, "button": button}
    assert await sandbox.post("click", click) == (409, {"toast": "这里已经没有这个按钮了"})
    assert sandbox.feishu.acts == []


async def test_only_the_cast_can_act(sandbox: Sandbox) -> None:
    status, _ = await sandbox.post("say", {"account": "stranger", "text": "您好"})

    assert status == 404


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"account": "liwei"}),
        ("say", ["liwei", "您好"]),
        ("say", {"account": "ou_sun", "text": "您好", "chat": 1}),
        ("click", {"account": "ou_sun", "message": "ou_sun-0", "button": "同意", "fields": []}),
        ("advance", {"minutes": 0}),
        ("advance", {"minutes": "10"}),
        ("faults", {"platform": "feishu", "fault": "fire", "on": True}),
        ("faults", {"platform": "qq", "fault": "down", "on": True}),
        ("faults", {"platform": "feishu", "fault": "down", "on": "yes"}),
    ],
)
async def test_a_malformed_act_is_refused(sandbox: Sandbox, name: str, body: Any) -> None:
    status, _ = await sandbox.post(name, body)

    assert status == 400


@pytest.mark.parametrize("name", ["say", "upload"])
async def test_another_sites_form_is_refused(sandbox: Sandbox, name: str) -> None:
    async with sandbox.http.post(f"/sandbox/{name}", data={"account": "liwei", "text": "您好"}) as response:
        assert response.status == 415
    assert sandbox.wecom.acts == []


@pytest.mark.parametrize("name", ["", "sandbox/page.css", "sandbox/cards.css", "sandbox/page.js"])
async def test_the_page_may_load_nothing_from_elsewhere(sandbox: Sandbox, name: str) -> None:
    async with sandbox.http.get(f"/{name}") as response:
        policy = response.headers["Content-Security-Policy"]

    assert (response.status, policy) == (
        200,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:",
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, ("image/png", None)),
        (b"<script>", ("application/octet-stream", "attachment; filename*=UTF-8''%E6%B5%B7%E6%8A%A5.png")),
    ],
)
async def test_a_file_is_served_as_what_it_is_and_never_as_a_page(
    sandbox: Sandbox, content: bytes, expected: tuple[str, str | None]
) -> None:
    sandbox.wecom.put(LI, text="[图片] 海报.png", file=Attached("media", "海报.png", content, "text/html"))
    query = {"account": "liwei", "message": "liwei-0"}
    async with sandbox.http.get("/sandbox/file", params=query) as response:
        served = response.content_type, response.headers.get("content-disposition")
        options = response.headers["x-content-type-options"]
        body = await response.read()

    assert (response.status, served, options, body) == (200, expected, "nosniff", content)


async def test_a_file_that_is_not_on_the_screen_is_not_served(sandbox: Sandbox) -> None:
    file = Attached("media", "海报.png", PNG)
    sandbox.wecom.put(LI, text="[图片] 海报.png", file=file, recalled=True)
    sandbox.wecom.put(LI, text="您好")
    sandbox.feishu.put(SUN, file=file)
    asked = [("liwei", "liwei-0"), ("liwei", "liwei-1"), ("liwei", "ou_sun-0"), ("nobody", "ou_sun-0")]
    found = []
    for account, message in asked:
        query = {"account": account, "message": message}
        async with sandbox.http.get("/sandbox/file", params=query) as response:
            found.append(response.status)

    assert found == [404] * 4


async def test_only_the_pages_files_are_served(sandbox: Sandbox) -> None:
    async with sandbox.http.get("/sandbox/app.py") as response:
        assert response.status == 404


async def next_event(response: aiohttp.ClientResponse) -> Any:
    """The data of the stream's next event."""
    lines = (await response.content.readuntil(b"\n\n")).split(b"\n")
    return orjson.loads(next(line for line in lines if line.startswith(b"data: "))[6:])


async def test_somebody_on_the_page_leaves_their_platforms_directory_and_returns(sandbox: Sandbox) -> None:
    for act in ("leaves", "leaves", "returns", "returns"):
        await sandbox.post(act, {"account": SUN.account})

    assert sandbox.feishu.acts == [("leaves", SUN.account), ("returns", SUN.account)]
    assert sandbox.clock.readings == 2
