"""Tells every open sandbox page what has changed (Server-Sent Events)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.scene import Scene, Viewer

HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
GLANCE = 0.5
"""Seconds between two looks at screens that changed without a call to this server."""


class Feed:
    """The streams of the pages that are open."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.waiting: set[asyncio.Event] = set()
        self.closed = False

    def poke(self) -> None:
        """Let every page look again at once."""
        for event in self.waiting:
            event.set()

    async def close(self, _: web.Application) -> None:
        """End all streams: an open one would hold up the server's stop."""
        self.closed = True
        self.poke()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """First everything, then each change, until the page or the server goes."""
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        viewer, wake = Viewer(self.scene), asyncio.Event()
        self.waiting.add(wake)
        try:
            await response.write(event(viewer.everything()))
            while not self.closed and not gone(request):
                await glance(wake)
                if news := viewer.news():
                    await response.write(event(news))
        except ConnectionError:
            pass  # the page was closed while we wrote
        finally:
            self.waiting.discard(wake)
        return response


def event(data: Mapping[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(data, option=orjson.OPT_UTC_Z) + b"\n\n"


def gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


async def glance(wake: asyncio.Event) -> None:
    """Wait until something is known to have changed, or long enough to look anyway."""
    try:
        async with asyncio.timeout(GLANCE):
            await wake.wait()
    except TimeoutError:
        pass
    wake.clear()
