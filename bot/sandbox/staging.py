"""The bot and both played platforms on loopback, with real HTTP between them, on a throw-away database."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, web

from bot import sheets
from bot.app import ROUTES, assembled, build, connect
from bot.config import Config
from bot.http import SessionHttp
from bot.importing import bring_in
from bot.platforms.base import Answer, Http, Raw
from bot.platforms.settings import FeishuSettings, WecomSettings
from bot.sandbox.app import sandbox_app
from bot.sandbox.clock import SandboxClock
from bot.sandbox.feishu_sim import FeishuSim
from bot.sandbox.scene import Actor
from bot.sandbox.sim import Deliver, Sim
from bot.sandbox.stage import CAST, Stage
from bot.sandbox.wecom_sim import WecomSim
from handlers.rules.deadlines import SHANGHAI
from storage import opening, people
from storage.records import Platform

DATA = Path(__file__).parent / "data"
GROUP = "oc_5ad11d72b830411d72b836c20"
"""The group in Feishu that everybody there and the bot are in."""


@asynccontextmanager
async def staged(port: int) -> AsyncIterator[Stage]:
    """Set the stage on two loopback ports (`port` for the page, 0 for any); raises OSError."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="quanmei-"))
        await stack.enter_async_context(opening.opened(f"sqlite://{folder}/quanmei.db"))
        await opening.migrate()
        clock = SandboxClock(datetime.now(UTC))
        await bring_in(sheets.read(DATA).tables, clock())
        session = await stack.enter_async_context(ClientSession())
        http = SessionHttp(session)
        stage = await _played(stack, http, clock, port)
        looking = asyncio.create_task(stage.look())
        stack.callback(looking.cancel)
        yield stage


async def _played(stack: AsyncExitStack, http: Http, clock: SandboxClock, port: int) -> Stage:
    """The platforms first, since the bot must know their address; then the bot, and its to them."""
    everybody = await people.everybody()
    feishu, wecom = _settings("http://127.0.0.1:0")
    sims: dict[str, Sim] = {
        "feishu": FeishuSim(feishu, clock, {p.feishu: p.name for p in everybody if p.feishu}),
        "wecom": WecomSim(wecom, clock, {p.wecom: p.name for p in everybody if p.wecom}),
    }
    await _enrol(sims)
    sims["feishu"].groups[GROUP] = list(sims["feishu"].directory.members)
    curtain = _Curtain()
    page = await _listen(stack, sandbox_app(sims, CAST, curtain, await _others()), port)
    config = _config(page, feishu, wecom)
    machine = assembled(connect(config, http, clock), clock)
    bot = await _listen(stack, build(machine), 0)
    for platform in Platform:
        sims[platform].deliver = _over_http(http, bot + ROUTES[platform])
    await machine.start()
    stack.push_async_callback(machine.stop)
    # WeCom tells nobody who has left: only who was read before can be missed. From now on by night.
    await machine.directories.sync(Platform.WECOM)
    await machine.read_directories()
    curtain.stage = Stage(machine, sims, clock, page)
    return curtain.stage


async def _enrol(sims: Mapping[str, Sim]) -> None:
    """The played directories know everybody where the books have them."""
    units = {unit.code: unit.name for unit in await people.all_units()}
    for sim in sims.values():
        sim.directory.found(units)
    for person in await people.everybody():
        sims["feishu"].directory.place(person.feishu, person.id, person.unit)
        sims["wecom"].directory.place(person.wecom.lower(), person.id, person.unit)


async def _others() -> list[Actor]:
    """Everybody on the books beside the cast, once for each account."""
    units = {unit.code: unit.name for unit in await people.all_units()}
    found = []
    for person in await people.everybody():
        does = "、".join(sorted(person.roles)) or person.title
        for platform in Platform:
            account = person.account(platform)
            account = account.lower() if platform is Platform.WECOM else account  # as its screens are kept
            found.append(Actor(person.name, f"{units[person.unit]} · {does}", platform.value, account))
    known = {"", *(actor.account for actor in CAST)}
    return [actor for actor in found if actor.account not in known]


class _Curtain:
    """Stands for the stage until it is set: the page's server must listen before the bot can start."""

    def __init__(self) -> None:
        self.stage: Stage | None = None

    def _set(self) -> Stage:
        assert self.stage is not None
        return self.stage

    def now(self) -> datetime:
        return self._set().now()

    def next_morning(self) -> datetime:
        return self._set().next_morning()

    async def read_directories(self) -> None:
        await self._set().read_directories()

    async def advance(self, minutes: int) -> None:
        await self._set().advance(minutes)

    async def picture(self, number: str, width: int) -> str | None:
        return await self._set().picture(number, width)

    def status(self) -> Mapping[str, int]:
        return self._set().status()


def _settings(base_url: str) -> tuple[FeishuSettings, WecomSettings]:
    """Credentials made up for this run."""
    feishu = FeishuSettings(
        "cli_sandbox", secrets.token_hex(16), secrets.token_hex(16), secrets.token_hex(8), base_url=base_url
    )
    wecom = WecomSettings(
        "wwsandbox",
        1000001,
        secrets.token_hex(16),
        secrets.token_hex(8),
        secrets.token_hex(22)[:43],
        base_url,
    )
    return feishu, wecom


def _config(page: str, feishu: FeishuSettings, wecom: WecomSettings) -> Config:
    return Config(
        database_url="",
        host="127.0.0.1",
        port=0,
        public_url=page,
        secret_key="",
        key_file="",
        timezone=SHANGHAI,
        log_format="console",
        feishu=replace(feishu, base_url=page),
        wecom=replace(wecom, base_url=page),
    )


async def _listen(stack: AsyncExitStack, app: web.Application, port: int) -> str:
    """Serve on loopback; returns the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    host, bound = runner.addresses[0][:2]
    return f"http://{host}:{bound}"


def _over_http(http: Http, url: str) -> Deliver:
    async def deliver(raw: Raw) -> Answer:
        return await http(raw.method, url, params=raw.query, headers=raw.headers, body=raw.body)

    return deliver
