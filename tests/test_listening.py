"""The port: one process has it, and whoever sends slowly, nothing or no HTTP keeps nothing busy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from aiohttp import web

from bot import listening


async def _echo(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(listening, "WITHIN", 0.3)
    app = web.Application(middlewares=[listening.whole])
    app.on_response_prepare.append(listening.anonymous)
    app.router.add_post("/", _echo)
    runner = web.AppRunner(app)
    await runner.setup()
    bound = listening.bound("127.0.0.1", 0)
    server = await listening.serve(runner, bound)
    yield bound.getsockname()[1]
    server.close()
    await runner.cleanup()


async def _answer(port: int, sent: bytes) -> bytes:
    """Everything that comes back until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    with closing(writer):
        return await asyncio.wait_for(reader.read(), 5)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST / HT",
        b"POST / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
    ],
)
async def test_a_request_that_does_not_arrive_is_hung_up_on(port: int, begun: bytes) -> None:
    assert await _answer(port, begun) == b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab", b"200"),
        (b"POST /else HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"what?\r\n\r\n", b"400"),
    ],
)
async def test_no_answer_says_what_answers(
    port: int, sent: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await _answer(port, sent)

    assert answer.split()[1] == status
    assert b"server:" not in answer.lower()
    assert [line for line in caplog.records if line.exc_info] == []


async def test_the_next_request_on_a_connection_has_its_own_time(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with closing(writer):
        for _ in range(3):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
            assert (await asyncio.wait_for(reader.readuntil(b"ab"), 5)).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.2)
        writer.write(b"POST")
        assert await asyncio.wait_for(reader.read(), 5) == b""


def test_a_port_that_is_taken_says_so_in_words() -> None:
    with closing(listening.bound("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(OSError, match=f"127.0.0.1:{port} 已被占用"):
            listening.bound("127.0.0.1", port)
    with pytest.raises(OSError, match="不是本机的地址"):
        listening.bound("nowhere.invalid", 8080)
