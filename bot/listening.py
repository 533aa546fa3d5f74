"""The port: taken before anything is started, and closed to whoever sends too slowly or nothing."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL

import structlog
from aiohttp import web

from bot import metrics

log = structlog.get_logger(__name__)

WITHIN = 10.0
"""Seconds that a request may take to arrive whole; the platforms send theirs in one piece."""

IDLE = 75.0
"""Seconds that a connection stays open between two requests."""

WAITING = 1024
"""Connections that wait to be taken."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


_WHY = {
    EADDRINUSE: "已被占用，可能已有一个 quanmei serve 在运行；请先停止它，或改 QUANMEI_PORT",
    EADDRNOTAVAIL: "不是本机的地址，请改 QUANMEI_HOST",
    EACCES: "没有权限监听，请改 QUANMEI_PORT（1024 以下须有权限）",
}


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; raises OSError with the reason in words."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise OSError(EADDRNOTAVAIL, f"{host}:{port} {_WHY[EADDRNOTAVAIL]}") from None
    listening = socket.socket(family, kind, proto)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(WAITING)
    except OSError as why:
        listening.close()
        raise OSError(why.errno, f"{host}:{port} {_WHY.get(why.errno or 0, why.strerror)}") from None
    return listening


class Unnamed(web.Response):
    """An answer to what is no HTTP, which no signal of the application sees."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class Impatient(web.RequestHandler):
    """A connection that is closed where what was begun does not arrive whole in time."""

    __slots__ = ("_alarm", "_wire")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._wire, self._alarm = transport, self._timed(transport)

    def data_received(self, data: bytes) -> None:
        if self._alarm is None:
            self._alarm = self._timed(self._wire)
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self.arrived()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What is no HTTP is refused without a traceback, which anybody could fill the log with."""
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        log.info("refused", why="not HTTP")
        answer = Unnamed(status=status)
        answer.force_close()
        return answer

    def arrived(self) -> None:
        """The request is here, with its body."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _timed(self, transport: asyncio.BaseTransport) -> asyncio.TimerHandle | None:
        return asyncio.get_running_loop().call_later(WITHIN, transport.close)


@web.middleware
async def whole(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A request is handled once its body is here; of one that was cut off nothing is kept."""
    try:
        await request.read()
    except web.HTTPRequestEntityTooLarge:
        metrics.REFUSED.labels("http", "too large").inc()
        return web.Response(status=413)
    except (ConnectionError, web.RequestPayloadError):
        return web.Response(status=400)
    if isinstance(request.protocol, Impatient):
        request.protocol.arrived()
    return await handler(request)


async def anonymous(_: web.Request, response: web.StreamResponse) -> None:
    """What answers, and in which version, is nobody's business."""
    response.headers.popall("Server", None)


async def serve(runner: web.AppRunner, listening: socket.socket) -> asyncio.Server:
    """Take connections from now on; the runner is set up."""
    loop = asyncio.get_running_loop()
    server = runner.server
    assert server is not None
    return await loop.create_server(
        lambda: Impatient(server, loop=loop, keepalive_timeout=IDLE), sock=listening
    )
