"""The long connection against a small server that speaks its protocol: endpoint, frames, acknowledgements."""

import asyncio
import base64
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import orjson
from aiohttp import web

from bot.platforms.base import Answer
from bot.platforms.feishu import Feishu
from bot.platforms.feishu_socket import Socket
from cards.card import Card
from cards.feishu import render
from handlers.events import Click, Event, Message, Reply
from tests.wire.feishu_world import LIN, SETTINGS, UNHURRIED, ZHOU, Clock, World, sample

DONE = Card("已同意", closed="周明 已同意")


class Server:
    """Feishu's end of the long connection."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Any] = []
        self.frames: asyncio.Queue[Any] = asyncio.Queue()
        self.connected: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()

    async def endpoint(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        answer = sample("ws_endpoint_response")
        address = self.url.replace("http", "ws") + "/ws?device_id=1&service_id=33"
        answer["data"]["URL"] = address
        answer["data"]["ClientConfig"] |= {"ReconnectNonce": 0, "ReconnectInterval": 0}
        return web.json_response(answer)

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        from lark_oapi.ws.pb.pbbp2_pb2 import Frame

        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self.connected.put(socket)
        async for message in socket:
            frame = Frame()
            frame.ParseFromString(message.data)
            if frame.method == 1:
                await self.frames.put(frame)
        return socket

    async def push(self, socket: web.WebSocketResponse, envelope: Any, parts: int = 1) -> None:
        """An envelope as data frames; more than one where it is split."""
        payload = orjson.dumps(envelope)
        size = -(-len(payload) // parts)
        for number in range(parts):
            headers = {"type": "event", "message_id": "m", "trace_id": "t", "sum": parts, "seq": number}
            await socket.send_bytes(data_frame(headers, payload[number * size : (number + 1) * size]))

    async def acknowledged(self) -> Any:
        """The next acknowledgement: what stands in its payload."""
        frame = await asyncio.wait_for(self.frames.get(), 20)
        return orjson.loads(frame.payload)


def data_frame(headers: dict[str, object], payload: bytes) -> bytes:
    from lark_oapi.ws.pb.pbbp2_pb2 import Frame

    frame = Frame(SeqID=1, LogID=1, service=33, method=1, payload=payload)
    for key, value in headers.items():
        header = frame.headers.add()
        header.key, header.value = key, str(value)
    return bytes(frame.SerializeToString())


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_post("/callback/ws/endpoint", server.endpoint)
    app.router.add_get("/ws", server.socket)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


async def test_messages_and_clicks_arrive_and_are_answered_over_the_long_connection() -> None:
    async with serving() as server:
        settings = replace(SETTINGS, base_url=server.url, transport="websocket")
        world, clock = World(), Clock()
        feishu = Feishu(settings, world.sim, clock, UNHURRIED)

        async def decide(event: Event) -> tuple[Reply, Card | None]:
            return (Reply(toast="已同意"), DONE) if isinstance(event, Click) else (Reply(), None)

        world.decide = decide
        await feishu.start(world.submit)
        socket = await asyncio.wait_for(server.connected.get(), 60)
        await server.push(socket, sample("in_message_text_p2p"))
        assert await server.acknowledged() == {"code": 200}
        await server.push(socket, sample("in_card_button"), parts=3)
        clicked = await server.acknowledged()
        answer = {
            "toast": {"type": "success", "content": "已同意"},
            "card": {"type": "raw", "data": render(DONE, "")},
        }
        assert (clicked["code"], orjson.loads(base64.b64decode(clicked["data"]))) == (200, answer)
        assert [
            (type(event), event.accounts[0]) for event in world.events if isinstance(event, Message | Click)
        ] == [
            (Message, LIN),
            (Click, ZHOU),
        ]
        assert server.asked == [{"AppID": SETTINGS.app_id, "AppSecret": SETTINGS.app_secret}]
        await feishu.stop()
        assert "feishu-socket" not in [thread.name for thread in threading.enumerate()]


async def test_what_is_not_taken_or_not_ours_is_answered_with_an_error() -> None:
    async with serving() as server:
        settings = replace(SETTINGS, base_url=server.url, transport="websocket")
        world = World()

        async def failing(_event: Event) -> tuple[Reply, Card | None]:
            raise RuntimeError

        world.decide = failing
        feishu = Feishu(settings, world.sim, Clock(), UNHURRIED)
        await feishu.start(world.submit)
        socket = await asyncio.wait_for(server.connected.get(), 60)
        foreign = sample("in_message_text_p2p")
        foreign["header"]["tenant_key"] = "another"
        for envelope in (sample("in_message_text_p2p"), foreign, {"schema": "2.0", "header": {}}):
            await server.push(socket, envelope)
            assert await server.acknowledged() == {"code": 500}
        assert len(world.events) == 1
        await feishu.stop()


async def test_a_connection_that_falls_silent_is_opened_anew() -> None:
    async with serving() as server:
        settings = replace(SETTINGS, base_url=server.url, transport="websocket")

        async def take(*_: Any) -> Answer:
            return Answer()

        socket = Socket(settings, take, Clock(), silence=0.1, pause=0.0)
        await socket.start(World().submit)
        for _ in range(2):
            await asyncio.wait_for(server.connected.get(), 60)
        await socket.stop()


async def test_a_platform_that_is_down_at_start_does_not_stop_the_bot() -> None:
    settings = replace(SETTINGS, base_url="http://127.0.0.1:9", transport="websocket")
    world = World()
    feishu = Feishu(settings, world.sim, Clock(), UNHURRIED)
    await feishu.start(world.submit)
    await feishu.stop()
    assert "feishu-socket" not in [thread.name for thread in threading.enumerate()]
