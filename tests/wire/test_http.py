"""The real HTTP client against a server on loopback: what is too long is not kept."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot import http


async def _declared(request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"x" * int(request.query["size"]))


async def _streamed(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(int(request.query["size"]) // 1000):
        await response.write(b"x" * 1000)
    if "endless" in request.query:
        await asyncio.sleep(60)
    return response


@pytest.fixture
async def address(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(http, "LARGEST", 100_000)
    app = web.Application()
    app.router.add_get("/declared", _declared)
    app.router.add_get("/streamed", _streamed)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


@pytest.mark.parametrize("way", ["declared", "streamed"])
@pytest.mark.parametrize(("size", "too_long"), [(0, False), (100_000, False), (101_000, True)])
async def test_an_answer_is_kept_up_to_the_largest_file(
    address: str, way: str, size: int, too_long: bool
) -> None:
    async with ClientSession() as session:
        answer = await http.SessionHttp(session)("GET", f"{address}/{way}", params={"size": str(size)})

    assert (answer.status, answer.too_long, len(answer.body)) == (200, too_long, 0 if too_long else size)


async def test_the_rest_of_what_is_too_long_is_not_awaited(address: str) -> None:
    async with ClientSession() as session:
        call = http.SessionHttp(session)("GET", f"{address}/streamed?endless=1&size=101000")
        answer = await asyncio.wait_for(call, 5)

    assert answer.too_long
