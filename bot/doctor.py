"""What stands in the way of the bot, looked at one thing after another, with what to do about it."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot import console, platform_state
from bot.app import connect
from bot.clock import utc_now
from bot.config import Config
from bot.findings import Finding, Level
from bot.http import SessionHttp
from bot.platforms.base import Clock, Http, Passing, Permanent, Platform
from bot.platforms.wecom import Wecom
from cards import troubles
from cards.delivery import PLATFORMS
from cards.times import when
from handlers.letters import alarms, checkpoints
from handlers.people import readiness
from handlers.rules.alarms import Alarm
from handlers.rules.checkpoints import READERS, late
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_checks import LED, has_left
from handlers.rules.permits import FOR_STAFF
from handlers.workyear import current
from storage import media, opening, outbox, people, published
from storage.records import Identity, Person, Role
from storage.records import Platform as Name

SHOWN = 5
LOOKED_AT = 100
"""The latest letters that were given up, of which the reasons are told."""

NOVEMBER = 11  # the State Council's notice for a year comes in the November or December before
MARKS = {Level.GOOD: ("✓", "green"), Level.NOTE: ("!", "yellow"), Level.BAD: ("✗", "red")}


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined; the database is opened by the examination."""

    config: Config
    platforms: Mapping[Name, Platform]
    http: Http
    clock: Clock


async def examine(patient: Patient) -> AsyncGenerator[Finding, None]:
    """Every finding, as it is made."""
    for finding in _settings(patient.config):
        yield finding
    ready = set()
    for name, platform in patient.platforms.items():
        finding = await _token(name, platform)
        ready |= {name} if finding.level is Level.GOOD else set()
        yield finding
    if patient.platforms:
        yield await _callback(patient)
    try:
        async with opening.opened(opening.untouched(patient.config.database_url)):
            async for finding in _database(patient, ready):
                yield finding
    except console.UNREACHABLE as error:
        remedy = "核对 QUANMEI_DATABASE_URL，确认数据库已启动、账号可用、目录可写。"
        yield Finding(Level.BAD, f"数据库连不上（{type(error).__name__}）", remedy)


def _settings(config: Config) -> Iterator[Finding]:
    if not config.secret_key:
        yield Finding(
            Level.BAD, "没有设置 QUANMEI_SECRET_KEY", "设为一串随机字符；没有它，quanmei serve 不会启动。"
        )
    if not (config.feishu or config.wecom):
        remedy = "飞书设全四项 QUANMEI_FEISHU_…，企业微信设全五项 QUANMEI_WECOM_…，至少一家。"
        yield Finding(Level.BAD, "没有接入任何平台", remedy)
    for name in config.unknown:
        yield Finding(Level.NOTE, f"不认识设置 {name}", "可能拼写有误，程序不会读取它。")
    yield Finding(Level.GOOD, "设置已读取")


async def _token(name: Name, platform: Platform) -> Finding:
    title, kept = PLATFORMS[name], await platform_state.token(platform)
    if not kept:
        return Finding(Level.GOOD, f"{title}凭证有效")
    why, said = troubles.why(kept), kept.removeprefix("config: ").partition(" ")[0]
    return Finding(Level.BAD, f"{title}不能用：{why}（{said}）", platform_state.remedy(name, why))


async def _callback(patient: Patient) -> Finding:
    config = patient.config
    if not config.wecom and (not config.feishu or config.feishu.transport == "websocket"):
        return Finding(Level.GOOD, "飞书用长连接，不需要公网地址")
    try:
        answer = await patient.http("GET", f"{config.public_url}/healthz")
        status = f"HTTP {answer.status}" if answer.status != 200 else ""
    except (OSError, TimeoutError) as error:
        status = type(error).__name__
    if status:
        remedy = f"确认 quanmei serve 正在运行，反向代理把它转到 {config.host}:{config.port}。"
        return Finding(Level.BAD, f"回调地址 {config.public_url} 不通（{status}）", remedy)
    if _private(config.public_url):
        remedy = "平台从公网回调：请把 QUANMEI_PUBLIC_URL 设为公网能访问的地址；飞书也可改用 websocket。"
        return Finding(Level.NOTE, f"回调地址 {config.public_url} 只在本机或内网可达", remedy)
    return Finding(Level.GOOD, "回调地址可以访问")


def _private(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host


async def _database(patient: Patient, ready: Collection[Name]) -> AsyncIterator[Finding]:
    if await opening.pending_migrations():
        yield Finding(Level.BAD, "数据库结构不是最新", "运行 quanmei migrate。")
        return
    yield Finding(Level.GOOD, "数据库可用，结构最新")
    today = patient.clock().astimezone(SHANGHAI).date()
    serving = [person for person in await people.everybody() if not has_left(person, today)]
    if not serving:
        yield Finding(Level.BAD, "系统里还没有人员", "运行 quanmei import 导入单位、人员和台账。")
        return
    for finding in _roles(serving):
        yield finding
    yield await _first_responsible(serving)
    if patient.platforms:
        for finding in _reach(serving, patient.platforms):
            yield finding
    wecom = patient.platforms.get(Name.WECOM)
    if isinstance(wecom, Wecom) and Name.WECOM in ready:
        yield await _scope(wecom, serving)
    for name in patient.platforms:
        if unread := await _directory(name):
            yield unread
    for unit in await readiness.of_units(await media.ledger(), patient.clock()):
        if unit.wrong:
            remedy = "在单位表、人员表中补上或改正账号并重新导入；/台账 关注 列出每个单位由谁审批。"
            yield Finding(Level.NOTE, f"{unit.unit}的发布今天办不下去：{'；'.join(unit.wrong)}", remedy)
    for waiting in await _queues(patient):
        yield waiting
    yield await _next_year(today)
    yield await _dead_letters()
    if unposted := await _checkpoints(patient.clock()):
        yield unposted


def _roles(serving: Sequence[Person]) -> Iterator[Finding]:
    staff = [person for person in serving if person.identity is Identity.STAFF]
    held = {role for person in staff for role in person.roles}
    if Role.CENTER_APPROVER not in held:
        remedy = "在人员表的“角色”中写明并重新导入；没有人时，报到中心的审批会一直等待。"
        yield Finding(Level.BAD, "没有在职的中心审批人", remedy)
    if Role.ADMIN not in held:
        yield Finding(Level.NOTE, "没有在职的系统管理员", "在人员表的“角色”中写明并重新导入。")
    if others := [_named(one) for one in serving if one not in staff and one.roles & FOR_STAFF]:
        remedy = "审批和管理的角色须由教职工担任，这些人的角色不起作用；请改正人员表并重新导入。"
        yield Finding(Level.NOTE, f"{_some(others)}不是教职工，却有审批或管理的角色", remedy)


async def _first_responsible(serving: Sequence[Person]) -> Finding:
    ids = {person.id for person in serving if person.identity is Identity.STAFF}
    vacant = [
        unit.name
        for unit in await people.all_units()
        if unit.kind in LED and unit.first_responsible not in ids
    ]
    if vacant:
        remedy = "在单位表中填写“第一责任人工号”并重新导入；此前该单位的审批会一直等待。"
        return Finding(Level.NOTE, f"{_some(vacant)}没有在职的第一责任人", remedy)
    return Finding(Level.GOOD, "该有第一责任人的单位都有")


def _named(person: Person) -> str:
    return f"{person.name}（{person.id}）"


def _reach(serving: Sequence[Person], platforms: Mapping[Name, Platform]) -> Iterator[Finding]:
    """Who hears nothing: on no platform, or only on one that is switched off."""
    lost = [p for p in serving if not any(name in platforms for name, _ in p.accounts())]
    if not lost:
        yield Finding(Level.GOOD, "在职人员都能联系到")
    remedy = "在人员表中补上已接入平台的账号并重新导入；此前他们收不到任何消息。"
    if nowhere := [_named(person) for person in lost if not person.accounts()]:
        yield Finding(Level.NOTE, f"联系不到 {_some(nowhere)}", remedy)
    for name in Name:
        if bound := [_named(person) for person in lost if person.account(name)]:
            told = f"{_some(bound)}只登记了{PLATFORMS[name]}账号，而{PLATFORMS[name]}没有接入"
            yield Finding(Level.NOTE, told, f"接入{PLATFORMS[name]}，或{remedy}")


async def _scope(wecom: Wecom, serving: Sequence[Person]) -> Finding:
    try:
        scope = await wecom.scope()
    except (Passing, Permanent) as failure:
        why = troubles.answer(str(failure)) or failure.why
        return Finding(Level.NOTE, f"读不到企业微信的可见范围：{why}", platform_state.remedy(Name.WECOM, why))
    if scope.closed:
        return Finding(Level.BAD, "应用在企业微信中被停用", "在企业微信管理后台启用该应用。")
    bound = {person.wecom: person for person in serving if person.wecom}
    if outside := [f"{bound[account].name}（{account}）" for account in scope.lacks(bound)]:
        remedy = "在企业微信管理后台该应用的“可见范围”中加入他们或所在部门；若账号写错，改正后重新导入。"
        return Finding(Level.BAD, f"企业微信可见范围里没有 {_some(outside)}", remedy)
    return Finding(Level.GOOD, "企业微信账号都在可见范围内")


async def _directory(name: Name) -> Finding | None:
    """A directory that could not be read to its end the last times."""
    failures, why = await platform_state.directory(name)
    if not failures:
        return None
    what = f"{PLATFORMS[name]}通讯录已连续 {failures} 次没有读完：{why}"
    remedy = "核对应用的通讯录权限和范围，改好后运行 quanmei directory sync；此前调动和离职要靠导入。"
    return Finding(Level.NOTE, what, remedy)


async def _next_year(today: date) -> Finding:
    known = await current()
    year = today.year + (today.month >= NOVEMBER)
    if known.is_official(year):
        return Finding(Level.GOOD, f"{year} 年的放假安排已导入")
    remedy = "国务院通知公布后，运行 quanmei calendar import 导入；此前跨年的期限标“暂定”。"
    return Finding(Level.NOTE, f"{year} 年还没有官方放假安排", remedy)


async def _queues(patient: Patient) -> list[Finding]:
    """Platforms that take nothing, or too slowly, by what waits for them."""
    now, found = patient.clock(), []
    for state in await alarms.states(list(patient.platforms), now):
        since = f"{when(state.since, now)} 起" if state.since else ""
        waits = f"{state.letters} 条消息在等" + (f"，最近一次：{state.why}" if state.why else "")
        if state.alarm is Alarm.DOWN:
            remedy = f"{platform_state.remedy(state.platform, state.why)}等着的消息会自动补发，不必重启。"
            found.append(
                Finding(Level.BAD, f"{since}{PLATFORMS[state.platform]}没有收下一条消息（{waits}）", remedy)
            )
        elif state.alarm is Alarm.SLOW:
            remedy = "确认 serve 在运行；发得太密时平台会限速，等它排完即可。"
            found.append(
                Finding(Level.NOTE, f"{PLATFORMS[state.platform]}的消息排队太久（{since}，{waits}）", remedy)
            )
    return found


async def _dead_letters() -> Finding:
    """How many were given up, and of the latest why and to whom."""
    dead = (await outbox.counts()).get("dead", 0)
    if not dead:
        return Finding(Level.GOOD, "没有送不出去的消息")
    latest = await outbox.dead(LOOKED_AT)
    known = await people.several([letter.person for letter in latest])
    whom: dict[str, dict[str, None]] = {}
    for letter in latest:
        name = known[letter.person].name if letter.person in known else letter.account
        whom.setdefault(f"{PLATFORMS[letter.platform]}：{troubles.why(letter.error)}", {})[name] = None
    told = "；".join(f"{why}（{_some(list(names))}）" for why, names in whom.items())
    remedy = "处理后用 quanmei letters resend 重发；quanmei letters dead 逐条列出。"
    return Finding(Level.NOTE, f"有 {dead} 条消息没有送达。{told}", remedy)


async def _checkpoints(now: datetime) -> Finding | None:
    """Where the bot runs: what no posted checkpoint covers for over a day, and whether too few read them."""
    if await published.last() is None:
        return None
    if late(await checkpoints.oldest_uncovered(), now):
        remedy = "确认 serve 在运行、收件人收得到消息（quanmei letters dead）；此间的留痕改动事后查不出来。"
        return Finding(Level.NOTE, "一天以上没有公布留痕检查点", remedy)
    if len(await checkpoints.readers(now)) < READERS:
        remedy = "在人员表中写明实名审计员、中心审批人和系统管理员及其账号，并重新导入。"
        return Finding(Level.NOTE, f"能收到留痕检查点的人不足 {READERS} 名", remedy)
    return None


def _some(names: Sequence[str]) -> str:
    shown = "、".join(names[:SHOWN])
    return f"{shown} 等 {len(names)} 个" if len(names) > SHOWN else shown


def command(*, menu: bool) -> None:
    """`quanmei doctor`: every finding with its remedy; exit code 1 where one keeps the bot from work."""
    config = console.configured()

    async def work() -> bool:
        async with ClientSession() as session:
            http = SessionHttp(session)
            patient = Patient(config, connect(config, http, utc_now), http, utc_now)
            async with aclosing(examine(patient)) as findings:
                good = [_shown(finding) async for finding in findings]
            if menu:
                good.append(_shown(await _menu(patient.platforms)))
            return all(good)

    if not console.run(work()):
        console.end()


async def _menu(platforms: Mapping[Name, Platform]) -> Finding:
    wecom = platforms.get(Name.WECOM)
    if not isinstance(wecom, Wecom):
        return Finding(Level.BAD, "没有接入企业微信，不能建立菜单", "先设全五项 QUANMEI_WECOM_…。")
    try:
        await wecom.create_menu()
    except (Passing, Permanent) as failure:
        why = troubles.answer(str(failure)) or failure.why
        return Finding(Level.BAD, f"企业微信菜单没有建成：{why}", platform_state.remedy(Name.WECOM, why))
    return Finding(Level.GOOD, "企业微信菜单已建立")


def _shown(finding: Finding) -> bool:
    """Print a finding; whether the bot can work with it."""
    mark, style = MARKS[finding.level]
    console.say(f"{mark} {finding.what}", style)
    if finding.remedy:
        console.say(f"  → {finding.remedy}")
    return finding.level is not Level.BAD
