"""Real bot processes, killed and stopped, and both platforms played to them over loopback."""

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.app import ROUTES
from bot.clock import utc_now
from bot.http import SessionHttp
from bot.platforms.base import Answer, Raw
from bot.sandbox import wecom_people
from bot.sandbox.feishu_sim import FeishuSim
from bot.sandbox.sim import Shown, Sim
from bot.sandbox.wecom_sim import WecomSim
from storage import ledger_tables, opening, tables
from storage.records import Platform
from tests.world import FEISHU, WECOM, buttons, title

LOOK_EVERY = 0.05
READY_WITHIN, FINISH_WITHIN = 120.0, 300.0
"""Seconds until something is taken to be lost: starting takes some seconds of a processor that may be busy
with much else, and nobody waits longer than it takes."""

AT_ONCE = 30


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Bot:
    """One process of `quanmei serve`, started anew as often as it dies."""

    def __init__(self, database: str, platforms: str, session: ClientSession) -> None:
        self.port = free_port()
        self._session = session
        self._environment = {**os.environ, **_environment(database, self.port, platforms)}
        self.process: Process | None = None
        self.up = asyncio.Event()

    async def start(self) -> None:
        command = (sys.executable, "-m", "bot", "serve")
        self.process = await asyncio.create_subprocess_exec(
            *command, env=self._environment, stdout=DEVNULL, stderr=DEVNULL
        )
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self.process.returncode is None:
            with suppress(ClientError, OSError):
                async with self._session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                    if answer.status == 200:
                        self.up.set()
                        return
            await asyncio.sleep(LOOK_EVERY)
        raise TimeoutError("the bot does not get ready")

    async def end(self, number: signal.Signals) -> int:
        """Send the signal; the exit code."""
        assert self.process is not None
        self.up.clear()
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        return await self.process.wait()


def _environment(database: str, port: int, platforms: str) -> dict[str, str]:
    settings: Mapping[str, object] = {
        "DATABASE_URL": database,
        "PORT": port,
        "SECRET_KEY": "secret",
        "LOG_FORMAT": "json",
        "FEISHU_APP_ID": FEISHU.app_id,
        "FEISHU_APP_SECRET": FEISHU.app_secret,
        "FEISHU_ENCRYPT_KEY": FEISHU.encrypt_key,
        "FEISHU_VERIFICATION_TOKEN": FEISHU.verification_token,
        "FEISHU_BASE_URL": platforms,
        "WECOM_CORP_ID": WECOM.corp_id,
        "WECOM_AGENT_ID": WECOM.agent_id,
        "WECOM_SECRET": WECOM.secret,
        "WECOM_TOKEN": WECOM.token,
        "WECOM_ENCODING_AES_KEY": WECOM.encoding_aes_key,
        "WECOM_BASE_URL": platforms,
    }
    return {f"QUANMEI_{name}": str(value) for name, value in settings.items()}


class Town:
    """Units of three people each, both platforms, and as many bots as a test starts."""

    def __init__(self, units: int) -> None:
        self.units = units
        feishu = {f"ou_r{n}": f"审查人{n}" for n in range(units)} | {f"ou_c{n}": f"中心{n}" for n in range(2)}
        wecom = {f"a{n}": f"作者{n}" for n in range(units)} | {f"f{n}": f"书记{n}" for n in range(units)}
        self.feishu = FeishuSim(FEISHU, utc_now, feishu)
        self.wecom = WecomSim(WECOM, utc_now, wecom)
        self.bots: list[Bot] = []
        self._turn = 0
        self._room = asyncio.Semaphore(AT_ONCE)
        self._session: ClientSession | None = None

    async def found(self) -> None:
        """Everybody in the open database."""
        await tables.Unit.bulk_create(
            [
                tables.Unit(
                    code=f"{n}", name=f"学院{n}", kind="基层党委", first_responsible=f"f{n}", deputies="[]"
                )
                for n in range(self.units)
            ]
        )
        people = [
            tables.Person(
                id=f"{role}{n}", name=f"{name}{n}", unit=f"{n}", identity="教职工", roles=duty,
                wecom="" if role == "r" else f"{role}{n}",
                wecom_key=None if role == "r" else f"{role}{n}",
                feishu=f"ou_{role}{n}" if role == "r" else None,
            )
            for n in range(self.units)
            for role, name, duty in (("a", "作者", ""), ("r", "审查人", "保密审查人"), ("f", "书记", ""))
        ]  # fmt: skip
        centre = [
            tables.Person(
                id=f"c{n}",
                name=f"中心{n}",
                unit="0",
                identity="教职工",
                roles="中心审批人",
                feishu=f"ou_c{n}",
            )
            for n in range(2)
        ]
        await tables.Person.bulk_create(people + centre)
        await tables.PersonRole.bulk_create(
            [tables.PersonRole(person=f"r{n}", role="保密审查人") for n in range(self.units)]
            + [tables.PersonRole(person=f"c{n}", role="中心审批人") for n in range(2)]
        )
        await ledger_tables.Medium.bulk_create(
            [
                ledger_tables.Medium(
                    no=f"QM-{n:04d}", name=f"之声{n}", platform_type="微信公众号", unit=f"{n}",
                    operator=f"a{n}", admins="[]", state="在用", filed_on="2020-01-01",
                )
                for n in range(self.units)
            ]
        )  # fmt: skip

    async def open(self, stack: AsyncExitStack, database: str, bots: int) -> None:
        """Serve the platforms and start the bots on a database that has been founded."""
        timeout = ClientTimeout(total=5)
        self._session = await stack.enter_async_context(ClientSession(timeout=timeout))
        app = web.Application()
        app.router.add_route("*", "/open-apis/{tail:.*}", partial(_played, self.feishu))
        app.router.add_route("*", "/cgi-bin/{tail:.*}", partial(_played, self.wecom))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        for sim, name in ((self.feishu, Platform.FEISHU), (self.wecom, Platform.WECOM)):
            sim.deliver = partial(self._deliver, ROUTES[name])
        self.bots = [Bot(database, base, self._session) for _ in range(bots)]
        for bot in self.bots:
            await bot.start()
            stack.push_async_callback(bot.end, signal.SIGKILL)
        pushing = asyncio.create_task(self._push_again())
        stack.callback(pushing.cancel)

    async def _deliver(self, path: str, raw: Raw) -> Answer:
        """To one bot after another, as a load balancer would; raises OSError where it is dead."""
        assert self._session is not None
        self._turn += 1
        bot = self.bots[self._turn % len(self.bots)]
        http = SessionHttp(self._session)
        url = f"http://127.0.0.1:{bot.port}{path}"
        return await http(raw.method, url, params=raw.query, headers=raw.headers, body=raw.body)

    async def _push_again(self) -> None:
        """The platforms deliver again what was not acknowledged."""
        while True:
            await asyncio.sleep(0.1)
            if any(bot.up.is_set() for bot in self.bots):
                await self.feishu.redeliver()
                await self.wecom.redeliver()

    async def card(self, sim: Sim, account: str, about: str, button: str) -> Shown:
        """Wait until somebody sees a card about something with that button."""
        until = time.monotonic() + FINISH_WITHIN
        while time.monotonic() < until:
            for shown in sim.screens.get(account, ()):
                if shown.native is not None and about in title(shown) and button in buttons(shown):
                    return shown
            await asyncio.sleep(LOOK_EVERY)
        raise TimeoutError(f"{account} sees no {button} about {about}")

    async def press(self, sim: Sim, account: str, about: str, button: str) -> None:
        """Press it; in Feishu until the card says that it worked, as people do who see an error.

        WeCom delivers a click again by itself, and repaints the card later.
        """
        shown = await self.card(sim, account, about, button)
        while shown.native is not None and button in buttons(shown):
            with suppress(LookupError):
                await sim.click(account, shown.id, button)
            if sim is self.wecom:
                return
            await asyncio.sleep(LOOK_EVERY)

    async def approval(self, number: int) -> None:
        """One post from /发布 to 可发布; a limited number of them at once."""
        async with self._room:
            await self._approval(number % self.units, f"第{number:03d}号稿")

    async def _approval(self, unit: int, name: str) -> None:
        await self.wecom.say(f"a{unit}", f"/发布\n媒体：之声{unit}\n标题：{name}\n正文：特此公告。")
        await self.press(self.wecom, f"a{unit}", name, "确认提交")
        await self.press(self.feishu, f"ou_r{unit}", name, "审查通过")
        await self.press(self.wecom, f"f{unit}", name, "同意")
        await self.told(f"a{unit}", name)

    async def told(self, account: str, name: str) -> None:
        until = time.monotonic() + FINISH_WITHIN
        while time.monotonic() < until:
            if any("可发布" in title(s) and name in title(s) for s in self.wecom.screens.get(account, ())):
                return
            await asyncio.sleep(LOOK_EVERY)
        raise TimeoutError(f"{account} was not told of {name}")


async def _played(sim: Sim, request: web.Request) -> web.Response:
    answer = await sim(
        request.method,
        request.path,
        params=request.query,
        headers=request.headers,
        body=await request.read(),
    )
    return web.Response(status=answer.status, body=answer.body, headers=dict(answer.headers))


@asynccontextmanager
async def town(
    database: str, *, units: int, bots: int = 1, patience: int | None = None
) -> AsyncIterator[Town]:
    """A town whose bots run; the database is open in this process as well, to look into it.

    `patience`: how often WeCom delivers again what is not acknowledged, where not three times.
    """
    before = wecom_people._RETRIES
    wecom_people._RETRIES = patience or before
    async with AsyncExitStack() as stack:
        stack.callback(setattr, wecom_people, "_RETRIES", before)
        await stack.enter_async_context(opening.opened(database))
        found = Town(units)
        await found.found()
        await found.open(stack, database, bots)
        yield found
