"""The servers that the bench compares, each in a process of its own: its first argument says which.

bare PORT               aiohttp answering `{}`
believed PORT           the same, after signature check, decryption and parsing
bot PORT DATABASE BASE  the whole bot, at `BASE` finds Feishu; it sends as fast as Feishu there takes
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop
from aiohttp import ClientSession, web

from bot import logs
from bot.app import GIVE_WAY, assembled, build, settled
from bot.clock import utc_now
from bot.http import SessionHttp
from bot.platforms import feishu_wire
from bot.platforms.base import Raw
from bot.platforms.feishu import Feishu
from bot.platforms.feishu_pace import Timing
from bot.platforms.settings import FeishuSettings
from storage import opening
from storage.records import Platform

SETTINGS = FeishuSettings("cli_bench", "app-secret", "encrypt-key", "verification-token")
PATH = "/feishu/events"
UNLIMITED = Timing(app_second=1e6, app_minute=1e8, target_second=1e6)
Handler = Callable[[web.Request], Awaitable[web.Response]]


async def bare(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(body=b"{}", content_type="application/json")


async def believed(request: web.Request) -> web.Response:
    headers = {name.lower(): value for name, value in request.headers.items()}
    raw = Raw(request.method, dict(request.query), headers, await request.read())
    envelope = feishu_wire.open_(raw, SETTINGS)
    assert not isinstance(envelope, feishu_wire.Challenge)
    feishu_wire.decode(envelope, "", utc_now())
    return web.Response(body=b"{}", content_type="application/json")


async def serve_handler(handler: Handler, port: int) -> None:
    app = web.Application()
    app.router.add_post(PATH, handler)
    await serve_app(app, port)


async def serve_app(app: web.Application, port: int) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    await asyncio.Event().wait()


async def serve_bot(port: int, database: str, base: str) -> None:
    settings = FeishuSettings(
        SETTINGS.app_id,
        SETTINGS.app_secret,
        SETTINGS.encrypt_key,
        SETTINGS.verification_token,
        base_url=base,
    )
    async with opening.opened(database), ClientSession() as session:
        platform = Feishu(settings, SessionHttp(session), utc_now, UNLIMITED)
        machine = assembled({Platform.FEISHU: platform}, utc_now)
        await machine.start()
        settled()
        await serve_app(build(machine), port)


def main(kind: str, port: str, *rest: str) -> None:
    logs.set_up("json")
    match kind:
        case "bare":
            uvloop.run(serve_handler(bare, int(port)))
        case "believed":
            uvloop.run(serve_handler(believed, int(port)))
        case "bot":
            sys.setswitchinterval(GIVE_WAY)
            uvloop.run(serve_bot(int(port), *rest))


if __name__ == "__main__":
    main(*sys.argv[1:])
