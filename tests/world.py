"""A small university in which people talk to the bot: everything is real but the two platforms.

Acts go through the real signatures, decoders, dispatch, rules, database, courier and renderers into
the played platforms, and what people see is read off their screens.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import assembled
from bot.machine import Machine
from bot.platforms.base import Answer, Raw, Refused
from bot.platforms.base import Platform as Port
from bot.platforms.feishu import Feishu
from bot.platforms.feishu_pace import Timing
from bot.platforms.settings import FeishuSettings, WecomSettings
from bot.platforms.wecom import Wecom
from bot.sandbox.feishu_sim import FeishuSim
from bot.sandbox.sim import Shown, Sim
from bot.sandbox.wecom_sim import WecomSim
from storage import ledger_tables, opening, tables
from storage.notes import Signer
from storage.records import Platform, Role
from storage.rows import dump

FEISHU = FeishuSettings("cli_a1b2c3d4", "app-secret", "encrypt-key", "verification-token")
WECOM = WecomSettings(
    "ww0f1e2d3c4b5a6978", 1000017, "secret", "Token01", "H8qIvzH4ZN7dZ9smKfUGdZEr2iF3JoUbLoFTqozxnw8"
)
UNHURRIED = Timing(app_second=10_000, app_minute=600_000, target_second=10_000)
"""The rates are proven elsewhere, against the wire: here nobody waits for them."""

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""


@dataclass(frozen=True)
class Member:
    """Somebody of the cast: 工号, name, unit, roles and accounts."""

    id: str
    name: str
    unit: str
    wecom: str = ""
    feishu: str = ""
    roles: tuple[Role, ...] = ()
    identity: str = "教职工"


CAST = (
    Member("1001", "高书记", "1000", feishu="ou_gao"),
    Member("1101", "赵老师", "1100", wecom="zhao", roles=(Role.CENTER_APPROVER, Role.ADMIN)),
    Member("1102", "钱主任", "1100", feishu="ou_qian", roles=(Role.CENTER_APPROVER,)),
    Member("1301", "沈老师", "1300", wecom="shen", roles=(Role.AUDITOR,)),
    Member("2101", "王书记", "2100", feishu="ou_wang"),
    Member("2102", "吴副书记", "2100", wecom="wu"),
    Member("2103", "孙老师", "2100", feishu="ou_sun", roles=(Role.SECRECY_REVIEWER,)),
    Member("2104", "李老师", "2100", wecom="Li"),
    Member("2105", "何老师", "2100", feishu="ou_he"),
    Member("2106", "周老师", "2110", wecom="zhou"),
    Member("2107", "陈同学", "2100", wecom="chen", identity="学生"),
    Member("2201", "林书记", "2200", wecom="lin", feishu="ou_lin"),
    Member("2202", "唐老师", "2200", wecom="tang"),
)
UNITS = (
    ("1000", "学校党委", "学校党委", "", "1001", ()),
    ("1100", "全媒体中心", "全媒体中心", "1000", "", ()),
    ("1300", "网络与信息中心", "网络与信息中心", "1000", "", ()),
    ("2100", "机电学院党委", "基层党委", "1000", "2101", ("2102",)),
    ("2110", "机电学院办公室", "内设机构", "2100", "", ()),
    ("2200", "计算学部党委", "基层党委", "1000", "2201", ()),
)
MEDIA = (
    ("QM-0001", "机电之声", "微信公众号", "2100", "2104", "在用"),
    ("QM-0002", "机电学院网站", "单位网站", "2100", "2104", "在用"),
    ("QM-0003", "今日哈工大", "微信公众号", "1100", "1101", "在用"),
    ("QM-0004", "机电青年", "微博", "2100", "2105", "停止运行"),
    ("QM-0005", "机电旧刊", "期刊", "2100", "2105", "停更"),
    ("QM-0006", "计算人", "微信公众号", "2200", "2202", "在用"),
)


async def found_university() -> None:
    """Units, people and media as an import would leave them."""
    await tables.Unit.bulk_create(
        [
            tables.Unit(code=c, name=n, kind=k, parent=p, first_responsible=f, deputies=dump(list(d)))
            for c, n, k, p, f, d in UNITS
        ]
    )
    await tables.Person.bulk_create([_row(member) for member in CAST])
    await tables.PersonRole.bulk_create(
        [tables.PersonRole(person=m.id, role=role.value) for m in CAST for role in m.roles]
    )
    await ledger_tables.Medium.bulk_create(
        [
            ledger_tables.Medium(
                no=no, name=name, platform_type=kind, unit=unit, operator=operator, admins=dump([operator]),
                state=state, filed_on="2020-01-01",
            )
            for no, name, kind, unit, operator, state in MEDIA
        ]
    )  # fmt: skip


def _row(member: Member) -> tables.Person:
    return tables.Person(
        id=member.id,
        name=member.name,
        unit=member.unit,
        identity=member.identity,
        roles=";".join(role.value for role in member.roles),
        wecom=member.wecom,
        wecom_key=member.wecom.lower() or None,
        feishu=member.feishu or None,
    )


class World:
    """The university with a clock that only tests move."""

    def __init__(self) -> None:
        self.now = MORNING
        self.errors: list[str] = []
        self.feishu = FeishuSim(FEISHU, self.clock, {m.feishu: m.name for m in CAST if m.feishu})
        self.wecom = WecomSim(WECOM, self.clock, {m.wecom: m.name for m in CAST if m.wecom})
        self.off: frozenset[Platform] = frozenset()
        self.signer: Signer | None = None
        self._enrol()
        self.machine = self.assemble()

    def _enrol(self) -> None:
        """Both directories know everybody where the books have them."""
        for sim in (self.feishu, self.wecom):
            sim.directory.found({code: name for code, name, *_ in UNITS})
        for member in CAST:
            self.feishu.directory.place(member.feishu, member.id, member.unit)
            self.wecom.directory.place(member.wecom.lower(), member.id, member.unit)

    def clock(self) -> datetime:
        return self.now

    def assemble(self) -> Machine:
        """A bot on these platforms: a second one is a second replica or a restart."""
        platforms: dict[Platform, Port] = {
            Platform.FEISHU: Feishu(FEISHU, self.feishu, self.clock, UNHURRIED),
            Platform.WECOM: Wecom(WECOM, self.wecom, self.clock),
        }
        on = {name: port for name, port in platforms.items() if name not in self.off}
        machine = assembled(on, self.clock, self.signer)
        for sim, name in ((self.feishu, Platform.FEISHU), (self.wecom, Platform.WECOM)):
            sim.deliver = _delivery(machine, name)
        return machine

    async def open(self) -> None:
        self.machine.writer.start()
        for platform in self.machine.platforms.values():
            await platform.start(self.machine.dispatch)

    async def close(self) -> None:
        for platform in self.machine.platforms.values():
            await platform.stop()
        await self.machine.writer.stop()

    async def restart(self) -> None:
        """The process dies and another takes over on the same database."""
        await self.close()
        self.machine = self.assemble()
        await self.open()

    async def switch_off(self, name: Platform) -> None:
        """The bot runs on without this platform."""
        self.off |= {name}
        await self.restart()

    def member(self, name: str) -> Member:
        return next(member for member in CAST if member.name == name)

    def where(self, name: str, on: str = "") -> tuple[Sim, str]:
        """The platform and account somebody uses: WeCom first, `on` chooses."""
        member = self.member(name)
        if member.feishu and on != "wecom" and (on == "feishu" or not member.wecom):
            return self.feishu, member.feishu
        return self.wecom, member.wecom.lower()

    async def say(self, name: str, text: str, chat: str = "", on: str = "") -> None:
        """Somebody writes to the bot, and every letter that follows is delivered."""
        sim, account = self.where(name, on)
        self.step()
        await sim.say(account, text, chat)
        await self.settle()

    async def click(self, name: str, button: str, of: str = "", on: str = "", **fields: Any) -> str:
        """Press a button on the newest card that has it (`of`: part of its title); returns the toast."""
        sim, account = self.where(name, on)
        shown = self.card(name, button, of, on)
        self.step()
        await sim.click(account, shown.id, button, fields)
        await self.settle()
        return shown.toast

    def card(self, name: str, button: str = "", of: str = "", on: str = "") -> Shown:
        """The newest card on somebody's screen with that button and title."""
        for shown in reversed(self.screen(name, on)):
            if shown.native is None or shown.recalled or of not in title(shown):
                continue
            if not button or button in buttons(shown):
                return shown
        raise LookupError(f"{name} sees no card with {button!r} {of!r}: {self.titles(name, on)}")

    def screen(self, name: str, on: str = "") -> Sequence[Shown]:
        sim, account = self.where(name, on)
        return sim.screens.get(account, [])

    def titles(self, name: str, on: str = "") -> list[str]:
        """The titles of all cards and first lines of all texts the bot sent to somebody."""
        return [title(shown) for shown in self.screen(name, on) if not shown.mine and not shown.recalled]

    def last(self, name: str, on: str = "") -> str:
        """All the words of the newest thing the bot sent to somebody."""
        theirs = [s for s in self.screen(name, on) if not s.mine and not s.recalled]
        return words(theirs[-1]) if theirs else ""

    def step(self, seconds: float = 1) -> None:
        self.now += timedelta(seconds=seconds)

    async def settle(self) -> None:
        """Deliver every letter that is due."""
        await self.machine.courier.drain()

    async def look(self, **delta: float) -> None:
        """Move the clock and let the directories be followed."""
        self.now += timedelta(**delta)
        await self.machine.directories.look()
        await self.settle()

    async def tick(self, what: str = "remind", **delta: float) -> None:
        """Move the clock and let the tick do its work."""
        self.now += timedelta(**delta)
        await self.machine.ticks.tick(what)
        await self.settle()


def _delivery(machine: Machine, name: Platform) -> Any:
    async def deliver(raw: Raw) -> Answer:
        try:
            return await machine.platforms[name].receive(raw, machine.dispatch, machine.clock())
        except Refused as refused:
            return Answer(refused.status)

    return deliver


def title(shown: Shown) -> str:
    """A card's title, or a text's first line without its brackets."""
    if shown.native is None:
        return shown.text.split("\n")[0].strip("【】")
    if "main_title" in shown.native:
        return str(shown.native["main_title"].get("title", ""))
    return str(shown.native["header"]["title"]["content"])


def buttons(shown: Shown) -> list[str]:
    """The texts of the buttons that can be pressed on a card."""
    native = shown.native or {}
    if "card_type" in native:
        if native.get("replace_text"):
            return []
        submit = [native["submit_button"]] if "submit_button" in native else []
        return [button["text"] for button in (*native.get("button_list", ()), *submit)]
    return [
        node["text"]["content"]
        for node in _nodes(native)
        if node.get("tag") == "button" and "behaviors" in node
    ]


def words(shown: Shown) -> str:
    """Everything a card or text says, as one text."""
    if shown.native is None:
        return shown.text
    return "\n".join(_strings(shown.native))


def _nodes(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value, *(node for part in value.values() for node in _nodes(part))]
    return [node for part in value for node in _nodes(part)] if isinstance(value, list) else []


_SAID = (
    "content",
    "title",
    "desc",
    "value",
    "keyname",
    "sub_title_text",
    "text",
    "replace_text",
    "quote_text",
)


def _strings(value: Any, name: str = "") -> list[str]:
    if isinstance(value, Mapping):
        return [text for key, part in value.items() for text in _strings(part, key)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part, name)]
    return [value] if isinstance(value, str) and name in _SAID else []


@asynccontextmanager
async def university(url: str) -> AsyncIterator[World]:
    """A new world on a database with the university in it."""
    async with opening.opened(url):
        world = World()
        await world.open()
        try:
            yield world
        finally:
            await world.close()
