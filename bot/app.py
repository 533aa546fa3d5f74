"""The composition root: settings and platforms in, a web application out; and how it runs and stops."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing, suppress
from functools import partial
from socket import socket

import structlog
from aiohttp import ClientSession, TCPConnector, web

from bot import keys, listening, metrics, platform_state
from bot.clock import utc_now
from bot.config import Config
from bot.dispatch import Dispatch
from bot.http import SessionHttp
from bot.machine import Machine
from bot.platforms.base import Clock, Http, Passing, Permanent, Platform, Raw, Refused
from bot.writer import Writer
from handlers import desk
from handlers.composing.compose import compose
from storage import db, opening
from storage.notes import Signer
from storage.records import Platform as Name

log = structlog.get_logger(__name__)
LARGEST_BODY = 1024 * 1024
ROUTES = {Name.FEISHU: "/feishu/events", Name.WECOM: "/wecom/callback"}


GIVE_WAY = 0.0005
"""Seconds after which a thread gets the interpreter. Each COMMIT waits for it, and by Python's own 5 ms
takes ten times as long as the disk."""


def dispatching(writer: Writer, woken: Callable[[], None]) -> Dispatch:
    """The way in for events, with the front desk behind it."""
    return Dispatch(writer, desk.handle, compose, woken)


def assembled(platforms: Mapping[Name, Platform], clock: Clock, signer: Signer | None = None) -> Machine:
    """The running parts, with the front desk behind them."""
    return Machine.assemble(platforms, desk.handle, compose, clock, signer)


def build(machine: Machine) -> web.Application:
    """The web application around a machine; starting and stopping the machine is the caller's."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[listening.whole])
    app.on_response_prepare.append(listening.anonymous)
    for name, platform in machine.platforms.items():
        for method in ("GET", "POST"):
            app.router.add_route(method, ROUTES[name], partial(_webhook, machine, platform))
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", partial(_ready, machine))
    app.router.add_get("/metrics", partial(_metrics, machine))
    return app


async def _webhook(machine: Machine, platform: Platform, request: web.Request) -> web.Response:
    body = await request.read()
    headers = {name.lower(): value for name, value in request.headers.items()}
    raw = Raw(request.method, dict(request.query), headers, body)
    try:
        answer = await platform.receive(raw, machine.dispatch, machine.clock())
    except Refused as refused:
        metrics.REFUSED.labels(platform.name, refused.why).inc()
        log.info("refused", platform=platform.name, why=refused.why)
        return web.Response(status=refused.status)
    return web.Response(status=answer.status, body=answer.body, headers=dict(answer.headers))


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


_UNREADY: Mapping[type[Exception], str] = {
    Passing: "unreachable",
    db.Unreachable: "unreachable",
    Permanent: "refused",
    TimeoutError: "no answer in time",
}
"""What `/readyz` says of a part that is not ready."""


async def _ready(machine: Machine, _: web.Request) -> web.Response:
    """200 where the database answers and every platform has a token, else 503 with what is missing."""
    parts: dict[str, str] = {}
    checks: list[tuple[str, Awaitable[object]]] = [("database", db.rows("SELECT 1 AS one"))]
    checks += [(str(name), platform.ready()) for name, platform in machine.platforms.items()]
    for name, check in checks:
        try:
            await asyncio.wait_for(check, 5)
            parts[name] = "ok"
        except Exception as failure:
            parts[name] = next(
                (word for kind, word in _UNREADY.items() if isinstance(failure, kind)), "failed"
            )
    good = all(state == "ok" for state in parts.values())
    return web.json_response(parts, status=200 if good else 503)


async def _metrics(machine: Machine, _: web.Request) -> web.Response:
    await platform_state.measure(machine.platforms)
    body, content_type = metrics.render()
    return web.Response(body=body, headers={"content-type": content_type})


def connect(config: Config, http: Http, clock: Clock) -> dict[Name, Platform]:
    """The platforms that are switched on; each one's code is loaded only then."""
    platforms: dict[Name, Platform] = {}
    if config.feishu:
        from bot.platforms.feishu import Feishu

        platforms[Name.FEISHU] = Feishu(config.feishu, http, clock)
    if config.wecom:
        from bot.platforms.wecom import Wecom

        platforms[Name.WECOM] = Wecom(config.wecom, http, clock)
    return platforms


def serve(config: Config) -> None:
    """Run until SIGTERM or SIGINT; raises NotMigrated, DatabaseError or OSError at the start.

    The port is taken first: of two that are started, one ends before it has opened anything.
    """
    import uvloop

    sys.setswitchinterval(GIVE_WAY)
    uvloop.run(_serve(config, utc_now))


def settled() -> None:
    """What is there once the bot has started stays: a collection that looks through it takes 170 ms."""
    gc.freeze()
    gc.enable()


async def _serve(config: Config, clock: Clock) -> None:
    told, begun = _told_to_stop(), asyncio.Event()
    with closing(listening.bound(config.host, config.port)) as port:
        work = asyncio.create_task(_work(config, clock, port, begun, told))
        waiting = asyncio.create_task(told.wait())
        await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not begun.is_set():
            work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _work(
    config: Config, clock: Clock, port: socket, begun: asyncio.Event, told: asyncio.Event
) -> None:
    connector = TCPConnector(limit=100, ttl_dns_cache=300)
    async with opening.opened(config.database_url), ClientSession(connector=connector) as session:
        await opening.prepare()
        signer = keys.signer(config, make=True)
        machine = assembled(connect(config, SessionHttp(session), clock), clock, signer)
        runner = web.AppRunner(build(machine), shutdown_timeout=2)
        await runner.setup()
        try:
            await machine.start()
            settled()
            server = await listening.serve(runner, port)
            begun.set()
            log.info("serving", host=config.host, port=config.port, platforms=list(machine.platforms))
            await told.wait()
            server.close()
        finally:
            log.info("stopping")
            await runner.cleanup()
            await machine.stop()
            log.info("stopped")


def _told_to_stop() -> asyncio.Event:
    """Set by SIGTERM or SIGINT, from the first moment on."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    return told
