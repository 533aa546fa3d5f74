"""What stands around the bot in the bench: a school, a Feishu that answers at once, and people in a hurry."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import AsyncExitStack
from itertools import count
from typing import Any, Self

import orjson
from aiohttp import web

from bot.platforms import feishu_crypto
from bot.sandbox.feishu_forms import press
from storage import ledger_tables, opening, tables
from tests.bench_servers import PATH, SETTINGS

UNITS = 128
MESSAGES = "/open-apis/im/v1/messages"
_numbers = count(1)


async def found_school(url: str) -> None:
    """`UNITS` units, each with an author, a secrecy reviewer, a first-responsible person and a medium."""
    async with opening.opened(url):
        await opening.migrate()
        await tables.Unit.bulk_create([_unit(n) for n in range(UNITS)])
        await tables.Person.bulk_create([_person(n, role) for n in range(UNITS) for role in "arf"])
        roles = [tables.PersonRole(person=f"r{n}", role="保密审查人") for n in range(UNITS)]
        await tables.PersonRole.bulk_create(roles)
        await ledger_tables.Medium.bulk_create([_medium(n) for n in range(UNITS)])


def _unit(n: int) -> tables.Unit:
    code = f"{1000 + n}"
    return tables.Unit(code=code, name=f"学院{n}", kind="基层党委", first_responsible=f"f{n}", deputies="[]")


def _person(n: int, role: str) -> tables.Person:
    roles = "保密审查人" if role == "r" else ""
    name = {"a": "作者", "r": "审查人", "f": "书记"}[role] + str(n)
    return tables.Person(
        id=f"{role}{n}",
        name=name,
        unit=f"{1000 + n}",
        identity="教职工",
        roles=roles,
        feishu=f"ou_{role}{n}",
        last_platform="feishu",
    )


def _medium(n: int) -> ledger_tables.Medium:
    return ledger_tables.Medium(
        no=f"QM-{n:04d}", name=f"之声{n}", platform_type="微信公众号", unit=f"{1000 + n}", operator=f"a{n}",
        admins="[]", state="在用", filed_on="2020-01-01",
    )  # fmt: skip


class Screens:
    """Feishu's side: every send is answered at once, and its card kept for its receiver."""

    def __init__(self) -> None:
        self.cards: defaultdict[str, asyncio.Queue[tuple[str, Any]]] = defaultdict(asyncio.Queue)
        self.calls = 0
        self.limited = False
        self.base = ""

    async def open(self, stack: AsyncExitStack) -> Self:
        app = web.Application()
        app.router.add_post(MESSAGES, self._send)
        app.router.add_patch(MESSAGES + "/{id}", self._patch)
        app.router.add_post("/open-apis/auth/v3/tenant_access_token/internal", self._token)
        app.router.add_get("/open-apis/bot/v3/info", self._bot)
        app.router.add_get("/cgi-bin/gettoken", self._wecom_token)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return self

    async def _send(self, request: web.Request) -> web.Response:
        body = orjson.loads(await request.read())
        if self.limited:
            headers = {"x-ogw-ratelimit-reset": "3600"}
            return web.Response(status=429, body=b'{"code":99991400,"msg":"limit"}', headers=headers)
        self.calls += 1
        message = f"om_{next(_numbers)}"
        self.cards[body["receive_id"]].put_nowait((message, orjson.loads(body["content"])))
        return _json({"code": 0, "data": {"message_id": message}})

    async def _patch(self, request: web.Request) -> web.Response:
        await request.read()
        self.calls += 1
        return _json({"code": 0, "data": {}})

    async def _token(self, _: web.Request) -> web.Response:
        return _json({"code": 0, "tenant_access_token": "t-1", "expire": 7200})

    async def _wecom_token(self, _: web.Request) -> web.Response:
        return _json({"errcode": 0, "access_token": "token", "expires_in": 7200})

    async def _bot(self, _: web.Request) -> web.Response:
        return _json({"code": 0, "bot": {"open_id": "ou_bot"}})

    async def button(self, account: str, text: str) -> tuple[str, Mapping[str, Any]]:
        """The next card on that person's screen with such a button: its message and the pressed action."""
        while True:
            message, card = await self.cards[account].get()
            try:
                return message, press(card, text).action({})
            except LookupError:
                continue

    async def titled(self, account: str, word: str) -> None:
        """Until a card with that word in its title has arrived."""
        while word not in (await self.cards[account].get())[1]["header"]["title"]["content"]:
            pass


def _json(body: Mapping[str, Any]) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json")


class Line:
    """One kept connection to the bot; what it takes to ask is small beside what is asked."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    async def post(self, request: bytes) -> bytes:
        """The body that answers; raises RuntimeError for anything but a 200."""
        reader, writer = self._streams or await self.open()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        return body

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()


def said(account: str, text: str) -> bytes:
    message = {
        "message_id": f"om_{next(_numbers)}",
        "chat_type": "p2p",
        "chat_id": "oc_1",
        "message_type": "text",
        "content": orjson.dumps({"text": text}).decode(),
    }
    sender = {"sender_id": {"open_id": account}, "sender_type": "user"}
    return _signed("im.message.receive_v1", {"sender": sender, "message": message})


def pressed(account: str, message: str, action: Mapping[str, Any]) -> bytes:
    context = {"open_message_id": message, "open_chat_id": "oc_1"}
    event = {"operator": {"open_id": account}, "token": "c-1", "action": action, "context": context}
    return _signed("card.action.trigger", event)


def _signed(kind: str, event: Mapping[str, Any]) -> bytes:
    """The whole HTTP request, encrypted and signed."""
    header = {
        "event_id": f"ev_{next(_numbers)}",
        "event_type": kind,
        "create_time": str(time.time_ns() // 1_000_000),
        "token": SETTINGS.verification_token,
        "app_id": SETTINGS.app_id,
        "tenant_key": "t",
    }
    plain = orjson.dumps({"schema": "2.0", "header": header, "event": event})
    body = orjson.dumps({"encrypt": feishu_crypto.encrypt(plain, SETTINGS.encrypt_key, os.urandom(16))})
    at, nonce = str(int(time.time())), "n"
    signature = feishu_crypto.signature(at, nonce, SETTINGS.encrypt_key, body)
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"X-Lark-Request-Timestamp: {at}\r\nX-Lark-Request-Nonce: {nonce}\r\n"
        f"X-Lark-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


POST = "/发布\n媒体：之声{n}\n标题：第 {serial} 次更名公告\n正文：经学校批准，学院今日更名，特此公告。"


async def submitted(line: Line, screens: Screens, n: int) -> tuple[str, Mapping[str, Any]]:
    """A post of unit `n` handed in; the reviewer's card and the action that waits on it."""
    await line.post(said(f"ou_a{n}", POST.format(n=n, serial=next(_numbers))))
    message, action = await screens.button(f"ou_a{n}", "确认提交")
    await line.post(pressed(f"ou_a{n}", message, action))
    return await screens.button(f"ou_r{n}", "审查通过")


async def submit(line: Line, screens: Screens, n: int) -> bytes:
    """A post of unit `n` handed in; the reviewer's click that waits."""
    return pressed(f"ou_r{n}", *await submitted(line, screens, n))


async def approve(line: Line, screens: Screens, n: int, spent: list[float]) -> None:
    """One whole approval: handed in, reviewed, approved, and the author told; each click timed."""
    review = await submit(line, screens, n)
    spent.append(await timed(line, review))
    message, action = await screens.button(f"ou_f{n}", "同意")
    spent.append(await timed(line, pressed(f"ou_f{n}", message, action)))
    await screens.titled(f"ou_a{n}", "可发布")


async def timed(line: Line, request: bytes) -> float:
    """Seconds until the answer."""
    started = time.perf_counter()
    await line.post(request)
    return time.perf_counter() - started
