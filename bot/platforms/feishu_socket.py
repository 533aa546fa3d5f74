"""Feishu's long connection: lark-oapi's client in a thread and a loop of its own, watched.

Its import takes seconds, its endpoint discovery blocks, and it has no stop: so it lives apart, and
only here is it imported. Envelopes come unencrypted inside TLS and go the same way as pushed ones.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson
import structlog

from bot.logs import adopt
from bot.platforms import feishu_wire
from bot.platforms.base import Answer, Clock, Submit
from bot.platforms.feishu_json import parse
from bot.platforms.settings import FeishuSettings

log = structlog.get_logger()

Take = Callable[[Mapping[str, Any], Submit, datetime], Awaitable[Answer]]

ANSWER_WITHIN = 2.5  # the platform waits 3 s
SILENCE = 300.0  # pings go out every 120 s and each is answered
LOOK_EVERY = 0.5
TRY_AGAIN = 10.0
GOODBYE = 3.0


class Socket:
    """One long connection; `start` and `stop` are called on the main loop."""

    def __init__(
        self,
        settings: FeishuSettings,
        take: Take,
        clock: Clock,
        silence: float = SILENCE,
        pause: float = TRY_AGAIN,
    ) -> None:
        self._settings, self._take, self._clock = settings, take, clock
        self._silence, self._pause = silence, pause
        self._main: asyncio.AbstractEventLoop
        self._submit: Submit
        self._watching: asyncio.Task[None]
        self._stopping = threading.Event()
        self._heard = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="feishu-socket", daemon=True)

    async def start(self, submit: Submit) -> None:
        """Begin to connect; does not wait until the connection stands."""
        self._main, self._submit = asyncio.get_running_loop(), submit
        self._thread.start()

    async def stop(self) -> None:
        """Close the connection; a thread that hangs in a blocking call is left to the process's end."""
        self._stopping.set()
        await asyncio.to_thread(self._thread.join, GOODBYE)

    def _do_without_validation(self, payload: bytes) -> dict[str, Any] | None:
        """What the SDK calls with each envelope; its answer is acknowledged, an exception is a failure.

        Both kinds wait for the commit: what is acknowledged is never sent again.
        """
        envelope = parse(payload, "envelope")
        feishu_wire.check_sender(envelope, self._settings)
        work: Future[Answer] = asyncio.run_coroutine_threadsafe(self._answer(envelope), self._main)
        answer = work.result(timeout=ANSWER_WITHIN)
        if answer.status != 200:
            raise RuntimeError("the event was not taken")
        body: dict[str, Any] = orjson.loads(answer.body)
        return body if feishu_wire.kind(envelope) == feishu_wire.CLICK else None

    async def _answer(self, envelope: Mapping[str, Any]) -> Answer:
        return await self._take(envelope, self._submit, self._clock())

    def _run(self) -> None:
        """Connect, and connect anew whenever the client gives up or falls silent."""
        while not self._stopping.is_set():
            self._heard = time.monotonic()
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
            try:
                self._connect(loop)
            except asyncio.CancelledError:
                log.info("feishu.socket_closed")
            except Exception as error:  # the thread must survive whatever the SDK raises
                log.warning("feishu.socket_failed", error=type(error).__name__)
            finally:
                loop.close()
            self._stopping.wait(self._pause)

    def _connect(self, loop: asyncio.AbstractEventLoop) -> None:
        """Serve one client until it fails or is given up."""
        client = self._client(loop)
        self._watching = loop.create_task(self._watch())
        try:
            client.start()
        finally:
            loop.run_until_complete(_leave(client))

    def _client(self, loop: asyncio.AbstractEventLoop) -> Any:
        import lark_oapi.ws.client as sdk
        from lark_oapi.core.enum import LogLevel

        adopt("Lark")
        sdk.loop = loop  # the SDK takes a loop of its own at import; this must precede the client
        heard = self._hear

        class Client(sdk.Client):  # type: ignore[misc]
            async def _handle_message(self, msg: bytes) -> None:
                heard()
                await super()._handle_message(msg)

        settings = self._settings
        return Client(
            settings.app_id,
            settings.app_secret,
            log_level=LogLevel.WARNING,  # at INFO it logs the address with its ticket
            event_handler=self,
            domain=settings.base_url,
        )

    def _hear(self) -> None:
        self._heard = time.monotonic()

    async def _watch(self) -> None:
        """Half-open connections look alive: what has been silent too long is given up.

        It keeps cancelling until the client's start has returned: a single time may hit between two
        of its tasks.
        """
        while True:
            await asyncio.sleep(min(LOOK_EVERY, self._silence / 4))
            is_silent = time.monotonic() - self._heard > self._silence
            if is_silent:
                log.warning("feishu.socket_silent", seconds=self._silence)
            if is_silent or self._stopping.is_set():
                _cancel_others()


def _cancel_others() -> list[asyncio.Task[Any]]:
    """Cancel every other task of this loop, so that the client's endless start returns."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    return others


async def _leave(client: Any) -> None:
    """Close a client of the SDK: it has no public way, and it may have left its own lock locked."""
    await asyncio.gather(*_cancel_others(), return_exceptions=True)
    with suppress(TimeoutError):
        await asyncio.wait_for(client._disconnect(), GOODBYE)
