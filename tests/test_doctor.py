"""The examination: a healthy bot has nothing to be told, and each fault has its remedy."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import orjson
import pytest
import pytest_asyncio

from bot.config import Config
from bot.doctor import Patient, examine
from bot.findings import Finding, Level
from bot.importing import bring_in
from bot.platforms.base import Answer
from bot.platforms.settings import FeishuSettings
from bot.platforms.wecom import Wecom
from bot.platforms.wecom_api import Api
from bot.platforms.wecom_scope import Scope, visible
from bot.sandbox.wecom_sim import WecomSim
from handlers.rules.import_cells import Table, TableKind
from storage import checkpoints, db, marks, opening, order, outbox, published, trail
from storage.letters import Letter, LetterKind
from storage.notes import Signer
from storage.records import Platform as Name
from storage.records import TrailEntry
from tests.rules.import_tables import school, table, with_cell, with_row
from tests.wire.wecom_samples import SETTINGS

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
U, P = TableKind.UNITS, TableKind.PEOPLE
GOOD, NOTE, BAD = Level.GOOD, Level.NOTE, Level.BAD


def a_full_school() -> list[Table]:
    """Everybody on WeCom, a centre approver and an administrator among them."""
    tables = with_cell(school(), P, 2, "角色", "中心审批人;系统管理员")
    return with_cell(tables, P, 4, "企业微信账号", "chen")


class Clinic:
    """A bot in good health, to be given one fault at a time."""

    def __init__(self, url: str) -> None:
        self.now = NOW
        self.members = {"wang": "王书记", "lilaoshi": "李老师", "chen": "陈同学"}
        self.sim = WecomSim(SETTINGS, self.clock, self.members)
        self.status: int | Exception = 200
        self.config = Config(
            database_url=url,
            host="127.0.0.1",
            port=8080,
            public_url="https://bot.example.edu.cn",
            secret_key="s",
            key_file="",
            timezone=ZoneInfo("Asia/Shanghai"),
            log_format="console",
            wecom=SETTINGS,
        )

    def clock(self) -> datetime:
        return self.now

    async def http(self, method: str, url: str, **_: object) -> Answer:
        assert (method, url) == ("GET", f"{self.config.public_url}/healthz")
        if isinstance(self.status, Exception):
            raise self.status
        return Answer(self.status)

    async def findings(self) -> list[Finding]:
        settings = self.config.wecom
        platforms = {Name.WECOM: Wecom(settings, self.sim, self.clock)} if settings else {}
        return [found async for found in examine(Patient(self.config, platforms, self.http, self.clock))]

    async def faults(self) -> list[tuple[Level, str]]:
        found = await self.findings()
        assert all(bool(one.remedy) == (one.level is not GOOD) for one in found)
        return [(one.level, one.what) for one in found if one.level is not GOOD]


async def imported(url: str, tables: list[Table]) -> None:
    async with opening.opened(url):
        assert (await bring_in(tables, NOW)).problems == ()


@pytest_asyncio.fixture
async def clinic(database_url: str) -> AsyncIterator[Clinic]:
    await imported(database_url, a_full_school())
    yield Clinic(database_url)


async def test_a_healthy_bot_has_nothing_to_be_told(clinic: Clinic) -> None:
    assert [(found.level, found.what) for found in await clinic.findings()] == [
        (GOOD, "设置已读取"),
        (GOOD, "企业微信凭证有效"),
        (GOOD, "回调地址可以访问"),
        (GOOD, "数据库可用，结构最新"),
        (GOOD, "该有第一责任人的单位都有"),
        (GOOD, "在职人员都能联系到"),
        (GOOD, "企业微信账号都在可见范围内"),
        (GOOD, "2026 年的放假安排已导入"),
        (GOOD, "没有送不出去的消息"),
    ]


def wrong_secret(clinic: Clinic) -> None:
    clinic.config = replace(clinic.config, wecom=replace(SETTINGS, secret="wrong"))


def away(clinic: Clinic) -> None:
    clinic.sim.faults.down = True


def unreadable(clinic: Clinic) -> None:
    clinic.sim.faults.next_codes.append(48002)


def unasked(clinic: Clinic) -> None:
    clinic.config = replace(clinic.config, secret_key="", unknown=("QUANMEI_PROT",))


def unreachable(clinic: Clinic) -> None:
    clinic.status = ConnectionRefusedError()


def misdirected(clinic: Clinic) -> None:
    clinic.status = 502


def at_home(clinic: Clinic) -> None:
    clinic.config = replace(clinic.config, public_url="http://192.168.1.8:8080")


def in_november(clinic: Clinic) -> None:
    clinic.now = datetime(2026, 11, 1, tzinfo=UTC)


def out_of_scope(clinic: Clinic) -> None:
    del clinic.sim.people["lilaoshi"]


async def test_what_waits_for_a_platform_that_takes_nothing_is_told_with_the_reason(clinic: Clinic) -> None:
    async with opening.opened(clinic.config.database_url):
        at = clinic.now - timedelta(minutes=6)
        letter = Letter(outbox.new_id(at), LetterKind.SEND, Name.WECOM, "2101", "wang", "say", {}, at)
        await outbox.put([letter])
        await db.run("UPDATE letters SET error = '45009 api freq out of limit'")

    waits = "1 条消息在等，最近一次：发得太密，平台要求稍后再发"
    assert await clinic.faults() == [(BAD, f"6月1日（周一）15:54 起企业微信没有收下一条消息（{waits}）")]


async def test_what_was_given_up_is_told_by_reason_and_receiver(clinic: Clinic) -> None:
    async with opening.opened(clinic.config.database_url):
        ids = [outbox.new_id(clinic.now) for _ in range(3)]
        whom = ("100", "100", "101")
        await outbox.put(
            [
                Letter(id_, LetterKind.SEND, Name.WECOM, person, "x", "say", {}, clinic.now)
                for id_, person in zip(ids, whom, strict=True)
            ]
        )
        await db.run("UPDATE letters SET state = 'dead', error = 'receiver: 60111 not found'")
        await db.run("UPDATE letters SET error = 'late: 0 HTTP 502' WHERE id = ?", ids[2])

    told = (
        "有 3 条消息没有送达。企业微信：三天里多次重发，平台都没有收下（李老师）；"
        "企业微信：账号不在应用的可见范围内，或已停用、离职（王书记）"
    )
    assert (NOTE, told) in await clinic.faults()


async def test_a_day_without_a_posted_checkpoint_is_told(clinic: Clinic) -> None:
    async with opening.opened(clinic.config.database_url), db.transaction():
        made = checkpoints.made(await order.tree(), Signer("media.example.edu.cn/quanmei", bytes(32)))
        await published.keep(made, clinic.now)
        await trail.note(TrailEntry("unit:2100", 0, clinic.now, "cli:root", "import"))
    clinic.now += timedelta(days=1, minutes=1)

    assert (NOTE, "一天以上没有公布留痕检查点") in await clinic.faults()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (unasked, [(BAD, "没有设置 QUANMEI_SECRET_KEY"), (NOTE, "不认识设置 QUANMEI_PROT")]),
        (wrong_secret, [(BAD, "企业微信不能用：凭证被拒绝，密钥有误或已更换（40001）")]),
        (away, [(BAD, "企业微信不能用：连接不上（ConnectionRefusedError）")]),
        (unreadable, [(NOTE, "读不到企业微信的可见范围：应用没有这项权限")]),
        (
            unreachable,
            [(BAD, "回调地址 https://bot.example.edu.cn 不通（ConnectionRefusedError）")],
        ),
        (misdirected, [(BAD, "回调地址 https://bot.example.edu.cn 不通（HTTP 502）")]),
        (at_home, [(NOTE, "回调地址 http://192.168.1.8:8080 只在本机或内网可达")]),
        (in_november, [(NOTE, "2027 年还没有官方放假安排")]),
        (out_of_scope, [(BAD, "企业微信可见范围里没有 李老师（LiLaoshi）")]),
    ],
)
async def test_a_fault_is_told_with_what_to_do(
    clinic: Clinic, fault: Callable[[Clinic], None], told: list[tuple[Level, str]]
) -> None:
    fault(clinic)

    assert await clinic.faults() == told


STUCK = "机电学院的发布今天办不下去：第一责任人暂缺，申请会一直等待；全媒体中心暂缺，申请会一直等待"


async def test_who_and_what_is_missing_in_the_directory_is_told(database_url: str) -> None:
    tables = with_cell(school(), U, 3, "第一责任人工号", "")
    await imported(database_url, with_row(tables, P, "104,张老师,2,教职工,,,,ou_zhang,,,"))
    clinic = Clinic(database_url)

    assert await clinic.faults() == [
        (BAD, "没有在职的中心审批人"),
        (NOTE, "没有在职的系统管理员"),
        (NOTE, "机电学院没有在职的第一责任人"),
        (NOTE, "联系不到 陈同学（102）"),
        (NOTE, "张老师（104）只登记了飞书账号，而飞书没有接入"),
        (NOTE, STUCK),
    ]


async def test_who_decides_or_leads_and_is_not_staff_is_told(database_url: str) -> None:
    await imported(database_url, a_full_school())
    async with opening.opened(database_url):
        await db.run("UPDATE people SET identity = '学生' WHERE id = '100'")

    assert await Clinic(database_url).faults() == [
        (BAD, "没有在职的中心审批人"),
        (NOTE, "没有在职的系统管理员"),
        (NOTE, "王书记（100）不是教职工，却有审批或管理的角色"),
        (NOTE, "机电学院没有在职的第一责任人"),
        (NOTE, STUCK),
    ]


async def test_many_names_are_cut(database_url: str) -> None:
    rows = "\n".join(f"2{i:02},学生{i},2,学生" for i in range(7))
    more = table(P, f"工号,姓名,单位代码,身份\n{rows}")
    await imported(database_url, a_full_school())
    await imported(database_url, [more])

    told = "联系不到 学生0（200）、学生1（201）、学生2（202）、学生3（203）、学生4（204） 等 7 个"
    assert await Clinic(database_url).faults() == [(NOTE, told)]


async def test_a_directory_that_is_not_read_to_its_end_is_told(clinic: Clinic) -> None:
    async with opening.opened(clinic.config.database_url):
        await marks.put("sync:wecom", {"failures": 3, "why": "60011 no privilege"}, NOW)

    told = "企业微信通讯录已连续 3 次没有读完：应用没有这项权限"
    assert await clinic.faults() == [(NOTE, told)]


async def test_an_empty_a_bare_and_an_absent_database_are_told_apart(empty_url: str) -> None:
    clinic = Clinic(empty_url)
    assert await clinic.faults() == [(BAD, "数据库结构不是最新")]
    async with opening.opened(empty_url):
        await opening.migrate()
    assert await clinic.faults() == [(BAD, "系统里还没有人员")]
    clinic.config = replace(clinic.config, database_url="postgres://a:b@127.0.0.1:1/x")
    ((level, what),) = await clinic.faults()
    assert (level, what[:6]) == (BAD, "数据库连不上")


async def test_without_any_platform_only_that_is_told_of_them(clinic: Clinic) -> None:
    clinic.config = replace(clinic.config, wecom=None)

    assert await clinic.faults() == [(BAD, "没有接入任何平台")]


async def test_feishus_long_connection_needs_no_address(clinic: Clinic) -> None:
    feishu = FeishuSettings("cli_1", "s", "e", "v", transport="websocket")
    clinic.config = replace(clinic.config, wecom=None, feishu=feishu)
    patient = Patient(
        clinic.config, {Name.FEISHU: Wecom(SETTINGS, clinic.sim, clinic.clock)}, clinic.http, clinic.clock
    )

    assert Finding(GOOD, "飞书用长连接，不需要公网地址") in [found async for found in examine(patient)]


async def test_an_app_that_is_disabled_is_told(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    async def disabled(_: Wecom) -> Scope:
        return Scope(frozenset(), closed=True)

    monkeypatch.setattr(Wecom, "scope", disabled)

    assert await clinic.faults() == [(BAD, "应用在企业微信中被停用")]


PAGES: Mapping[tuple[str, str], object] = {
    ("gettoken", ""): {"access_token": "t", "expires_in": 7200},
    ("agent/get", "7"): {
        "allow_userinfos": {"user": [{"userid": "Wang"}]},
        "allow_partys": {"partyid": [2]},
        "allow_tags": {"tagid": [5]},
        "close": 0,
    },
    ("tag/get", "5"): {"userlist": [{"userid": "sun", "name": "孙"}], "partylist": [4]},
    ("department/simplelist", "2"): {"department_id": [{"id": 2}, {"id": 3}]},
    ("department/simplelist", "4"): {"department_id": [{"id": 4}]},
    ("user/simplelist", "2"): {"userlist": [{"userid": "LiLaoshi"}]},
    ("user/simplelist", "3"): {"userlist": [{"userid": "chen"}, {"userid": "wang"}]},
    ("user/simplelist", "4"): {"userlist": []},
}


async def corp(method: str, url: str, *, params: Mapping[str, str] | None = None, **_: object) -> Answer:
    """A corp whose app is open to a person, a department with one below it, and a tag."""
    names = ("agentid", "tagid", "id", "department_id")
    asked = next((value for name, value in (params or {}).items() if name in names), "")
    assert method == "GET"
    return Answer(body=orjson.dumps(PAGES[url.partition("/cgi-bin/")[2], asked]))


async def test_the_visible_scope_is_people_departments_with_those_below_and_tags() -> None:
    scope = await visible(Api(SETTINGS, corp, lambda: NOW), 7)

    assert scope == Scope(frozenset({"wang", "sun", "lilaoshi", "chen"}))
    assert scope.lacks(["WANG", "zhao"]) == ["zhao"]
