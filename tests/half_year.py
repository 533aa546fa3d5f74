"""A half-year in which Articles 11 and 15 bite: what people do, and, worked out from the Measures in the
plainest way, every letter that must go out in it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, takewhile

from tests.year import CENTRE, LEADS, YEAR, allowed, morning, on_systems, told_of_step, weeks
from tests.year import Step as Waits
from tests.year_days import DAY, GUESSED, SHANGHAI, at

BEGINS, ENDS = at("2026-06-01 00:00"), at("2027-01-01 00:00")
NEWCOMERS = "2300", "航天学院党委", "2301", "罗书记", "luo"
"""A unit without media: its code and name, and its first-responsible person with their account."""
HEADS = {"2100": "2101", "2200": "2201", "2300": "2301"}

MD1, MD2, MD3, MD4 = (f"MD-2026-000{n}" for n in (1, 2, 3, 4))
ZX1, ZX2, ZG1, ZG2, FB = "ZX-2026-0001", "ZX-2026-0002", "ZG-2026-0001", "ZG-2026-0002", "FB-2026-0001"
MY, WG = "MY-2026-0001", "WG-2026-0001"


@dataclass(frozen=True)
class Act:
    """Somebody writes a line; `picture` where one goes with it, `confirm` where a preview follows, which
    they submit. `tells` is who hears of it at that moment, and with which letter."""

    when: str
    who: str
    text: str
    tells: tuple[str, ...] = ()
    confirm: bool = False
    picture: bool = False


def _notice(medium: str, *lines: str) -> str:
    return "\n".join(("/整改", f"媒体：{medium}", "问题：仍用旧校名", "要求：更正校名", *lines))


def _ending(medium: str, day: str) -> str:
    return f"/注销\n媒体：{medium}\n方式：注销\n原因：不再使用\n已归档：是\n计划日期：{day}"


def _proof(number: str, day: str) -> str:
    return f"/上传证明 {number}\n办结日期：{day}\n证明：平台页面已显示账号不存在"


def _reply(number: str, day: str) -> str:
    return f"/回复整改 {number}\n整改情况：已更正\n前后证据：旧页已下线\n完成日期：{day}"


def _of_centre(number: str) -> tuple[str, ...]:
    return f"1101 asked {number}", f"1102 asked {number}"


_INVENTORY = (
    Act(
        "2026-06-09 10:10", "1101", "/摸底 开始 06-09 06-26",
        (f"2104 asked {MD1}", f"2105 asked {MD1}", f"2202 asked {MD2}", f"2301 asked {MD3}"), confirm=True,
    ),
    Act("2026-06-11 09:10", "2301", f"/同意 {MD3}"),
    Act("2026-06-12 14:20", "2104", "/摸底\n无变化：全部", (f"2101 asked {MD1}",), confirm=True),
    Act("2026-06-15 09:40", "2101", f"/同意 {MD1}"),
    Act("2026-07-02 10:10", "2202", "/摸底\n无变化：全部", (f"2201 asked {MD2}",), confirm=True),
    Act("2026-07-07 11:20", "2201", f"/同意 {MD2}"),
    Act(
        "2026-12-08 10:10", "1102", "/摸底 开始 12-08 12-31 计算学部党委", (f"2202 asked {MD4}",),
        confirm=True,
    ),
    Act("2026-12-10 10:20", "2202", "/摸底\n无变化：全部", (f"2201 asked {MD4}",), confirm=True),
    Act("2026-12-11 10:10", "2201", f"/同意 {MD4}"),
)  # fmt: skip
_ENDED = (
    Act("2026-07-08 10:10", "2105", _ending("机电旧刊", "2026-07-20"), (f"2101 asked {ZX1}",), confirm=True),
    Act("2026-07-09 09:10", "2101", f"/同意 {ZX1}", (*_of_centre(ZX1), f"2105 status {ZX1}")),
    Act("2026-07-09 15:10", "1102", f"/同意 {ZX1}", (f"2105 asked {ZX1}",)),
    Act("2026-07-16 10:10", "2105", _proof(ZX1, "2026-07-15"), (f"2105 status {ZX1}",), confirm=True),
    Act(
        "2026-07-20 10:10", "2104", _ending("机电学院网站", "2026-07-27"), (f"2101 asked {ZX2}",),
        confirm=True,
    ),
    Act("2026-07-20 11:10", "2101", f"/同意 {ZX2}", (*_of_centre(ZX2), f"2104 status {ZX2}")),
    Act("2026-07-20 14:10", "1101", f"/同意 {ZX2}", (f"2104 asked {ZX2}",)),
    Act("2026-08-04 10:10", "2104", _proof(ZX2, "2026-08-03"), (f"2104 status {ZX2}",), confirm=True),
)  # fmt: skip
_RECTIFIED = (
    Act(
        "2026-09-14 10:10", "1102", _notice("计算人", "限期：2026-10-10"),
        (f"2201 asked {ZG1}", f"2202 copied {ZG1}"), confirm=True,
    ),
    Act("2026-09-16 10:10", "2201", f"/收到 {ZG1}"),
    Act(
        "2026-10-13 10:10", "2201", _reply(ZG1, "2026-10-12"),
        _of_centre(ZG1), confirm=True,
    ),
    Act(
        "2026-10-14 09:40", "1101", f"/退回 {ZG1} 栏目页还有旧校名，10月23日前改完",
        (f"2201 asked {ZG1}", f"1102 status {ZG1}"),
    ),
    Act(
        "2026-10-21 10:10", "2201", _reply(ZG1, "2026-10-20"),
        _of_centre(ZG1), confirm=True,
    ),
    Act(
        "2026-10-22 09:40", "1102", f"/同意 {ZG1}",
        (f"2201 told 整改已通过 {ZG1}", f"2202 told 整改已通过 {ZG1}", f"1102 status {ZG1}"),
    ),
    Act("2026-11-24 10:10", "1101", f"/复查无问题 {ZG1}"),
)  # fmt: skip
_STOPPED = (
    Act(
        "2026-11-04 10:10", "2104",
        "/发布\n媒体：机电之声\n标题：学院更名\n正文：今日更名。\n发布时间：11月6日 10:00",
        (f"2103 asked {FB}",), confirm=True,
    ),
    Act("2026-11-04 11:10", "2103", f"/同意 {FB}", (f"2101 asked {FB}", f"2104 status {FB}")),
    Act("2026-11-04 14:10", "2101", f"/同意 {FB}", (f"2104 status {FB}",)),
    Act(
        "2026-11-05 10:10", "1101", _notice("机电之声", "措施：责令停止运行"),
        (f"2101 asked {ZG2}", f"2104 copied {ZG2}", "2104 told 发布已暂停"), confirm=True,
    ),
    Act(
        "2026-11-09 10:10", "2101", _reply(ZG2, "2026-11-09"),
        _of_centre(ZG2), confirm=True,
    ),
    Act(
        "2026-11-10 09:40", "1102", f"/同意 {ZG2}",
        (
            f"2101 told 整改已通过 {ZG2}", f"2104 told 整改已通过 {ZG2}", "2104 told 可以继续办理",
            f"1101 status {ZG2}",
        ),
    ),
    Act("2026-11-11 10:10", "2104", f"/回执 {FB} https://mp.weixin.qq.com/s/1"),
    Act("2026-12-10 10:10", "1101", f"/复查无问题 {ZG2}"),
)  # fmt: skip
_IMPERSONATED = (
    Act(
        "2026-09-02 10:10", "2202",
        "/冒用\n账号名称：机电表白墙\n平台：微博\n被冒用：机电学院\n行为：盗用校名校徽\n后果：一般",
        (*_of_centre(MY), f"2101 asked {MY}"), confirm=True, picture=True,
    ),
    Act(
        "2026-09-04 09:40", "2101", f"/确认 {MY}\n认定：不是本单位的\n说明：已问过学生会",
        _of_centre(MY), confirm=True,
    ),
    Act(
        "2026-09-04 10:10", "1102", f"/同意 {MY}",
        (*_of_centre(MY), f"2101 told 冒用上报 {MY}", f"2202 status {MY}", f"1101 told 声明草稿 {MY}"),
    ),
    Act(
        "2026-09-04 14:20", "1101", f"/平台投诉 {MY}\n投诉编号：WB1\n投诉日期：2026-09-04",
        _of_centre(MY), confirm=True,
    ),
    Act(
        "2026-09-15 10:10", "1102", f"/结案 {MY}\n结果：平台已处置\n平台答复：已封禁\n办结日期：2026-09-15",
        (f"2101 told 冒用上报 {MY}", f"2202 status {MY}"), confirm=True,
    ),
)  # fmt: skip
"""Somebody of another unit reports it; the unit itself answers only after its 24 hours."""
_VIOLATED = (
    Act(
        "2026-10-19 10:10", "2202",
        "/违规\n对象类型：师生个人\n人员：何老师\n媒体：机电学院网站\n条款：14-3\n事实：报名日期与通知不一致\n"
        "发现日期：2026-10-16\n证据：页面已改",
        _of_centre(WG), confirm=True,
    ),
    Act(
        "2026-10-20 10:10", "1102", f"/同意 {WG}",
        (f"2105 allegation {WG}", f"2101 allegation {WG}", f"2202 status {WG}", *_of_centre(WG)),
    ),
    Act("2026-10-21 10:10", "2105", f"/申辩 {WG} 当天已更正", _of_centre(WG), confirm=True),
    Act(
        "2026-10-26 11:20", "1101", f"/处理 {WG}\n认定：属实\n情节：轻微\n措施：约谈\n理由：日期有误，已更正",
        (f"2105 disposed {WG}", f"2101 disposed {WG}", f"2202 status {WG}"),
        confirm=True,
    ),
)  # fmt: skip
"""One of the two concerned answers, the other is silent until the third working day has ended."""

ACTS = tuple(
    sorted(
        (*_INVENTORY, *_ENDED, *_RECTIFIED, *_STOPPED, *_IMPERSONATED, *_VIOLATED), key=lambda act: act.when
    )
)

OPEN = (
    ("2100", "2026-06-09 10:10", "2026-06-15 09:40"), ("2200", "2026-06-09 10:10", "2026-07-07 11:20"),
    ("2300", "2026-06-09 10:10", "2026-06-11 09:10"), ("2100", "2026-07-08 10:10", "2026-07-16 10:10"),
    ("2100", "2026-07-20 10:10", "2026-08-04 10:10"),
    ("2100", "2026-11-04 10:10", "2026-11-04 14:10"), ("2200", "2026-12-08 10:10", "2026-12-11 10:10"),
)  # fmt: skip
"""When something of a unit waited for a decision: its head gets the Monday digest then. A notice is for those
it names, and has its own ladder: the digest of a unit does not count it."""

Rung = tuple[datetime, frozenset[str]]
"""When a reminder is due, and who hears it."""


def people(*numbers: str) -> frozenset[str]:
    return frozenset(numbers)


def by_day(due: date, whose: frozenset[str], head: str) -> Iterator[Rung]:
    """Three working days before, on the day, and every working morning after, then the head and the centre
    too (contract: ladder of a term)."""
    early, left = due, 3
    while left:
        early -= DAY
        left -= GUESSED.worked(early)
    yield morning(early), whose
    yield morning(due), whose
    for n in count(1):
        yield morning(GUESSED.after(due, n)), whose | CENTRE | people(*filter(None, (head,)))


def by_rule(since: datetime, whose: frozenset[str], head: str = "") -> Iterator[Rung]:
    """Four working hours, then each working morning; from the third on the centre too, and the head of the
    unit whose step it is."""
    for rung in told_of_step(YEAR, Waits(since, "2100", since), GUESSED):
        also = CENTRE | ({head} if head else set()) if len(rung.hears) > 1 else frozenset()
        yield allowed(rung.due, GUESSED), whose | also


def each_morning(first: date, whose: frozenset[str]) -> Iterator[Rung]:
    """Every working morning from that day on, the day included."""
    for n in count(1):
        yield morning(GUESSED.after(first - DAY, n)), whose


def weekly(first: date, whose: frozenset[str]) -> Iterator[Rung]:
    return ((rung.due, rung.hears) for rung in weeks(first, GUESSED, whose))


def _within(what: str, since: str, until: str, ladder: Callable[[datetime], Iterator[Rung]]) -> Iterator[str]:
    """The reminders of what is owed from `since` until `until`."""
    begins, ends = at(since), at(until)
    for when, hears in takewhile(lambda rung: rung[0] < ends, ladder(begins)):
        if when > begins:
            yield from (_line(when, f"{person} reminded {what}") for person in hears)


def _term(number: str, due: str, whose: frozenset[str], head: str, since: str, until: str) -> Iterator[str]:
    day = date.fromisoformat(due)
    return _within(f"term:{number}", since, until, lambda _: by_day(day, whose, head))


def _step(number: str, whose: frozenset[str], since: str, until: str, head: str = "") -> Iterator[str]:
    return _within(f"decide:{number}", since, until, lambda begins: by_rule(begins, whose, head))


def _asked(number: str, whose: frozenset[str], since: str, due: str, until: str) -> Iterator[str]:
    """Each working morning; once it is late the centre hears too."""
    for when, hears in takewhile(
        lambda rung: rung[0] < at(until), each_morning(date.fromisoformat(since[:10]) + DAY, whose)
    ):
        yield from (
            _line(when, f"{person} reminded asked:{number}")
            for person in hears | (CENTRE if when > at(due) else frozenset())
        )


def _hearing(number: str, whose: frozenset[str], last: str, since: str, until: str) -> Iterator[str]:
    """The morning of the last day; and the first working one after it, on which the centre hears too."""
    day = date.fromisoformat(last)
    rungs = ((morning(day), whose), (morning(GUESSED.after(day, 1)), whose | CENTRE))
    return _within(f"hearing:{number}", since, until, lambda _: iter(rungs))


def _mornings(what: str, whose: frozenset[str], since: str, until: str, first: str = "") -> Iterator[str]:
    day = date.fromisoformat(first or since[:10]) + (timedelta() if first else DAY)
    return _within(what, since, until, lambda _: each_morning(day, whose))


def _weeks(what: str, first: str, until: str, since: str) -> Iterator[str]:
    return _within(what, since, until, lambda _: weekly(date.fromisoformat(first), CENTRE))


def _reminders() -> Iterator[str]:
    """Everything that is owed in the half-year, a line each; the days are counted on a paper calendar."""
    end = "2027-01-01 00:00"
    yield from _weeks("round:2026-06", "2026-06-01", "2026-06-09 10:10", "2026-06-01 07:07")
    yield from _term(
        MD1, "2026-06-26", people("2104", "2105"), "2101", "2026-06-09 10:10", "2026-06-12 14:20"
    )
    yield from _term(MD1, "2026-06-26", people("2101"), "2101", "2026-06-12 14:20", "2026-06-15 09:40")
    yield from _term(MD2, "2026-06-26", people("2202"), "2201", "2026-06-09 10:10", "2026-07-02 10:10")
    yield from _term(MD2, "2026-06-26", people("2201"), "2201", "2026-07-02 10:10", "2026-07-07 11:20")
    yield from _term(MD3, "2026-06-26", people("2301"), "2301", "2026-06-09 10:10", "2026-06-11 09:10")

    yield from _step(ZX1, people("2101"), "2026-07-08 10:10", "2026-07-09 09:10", "2101")
    yield from _step(ZX1, CENTRE, "2026-07-09 09:10", "2026-07-09 15:10")
    # seven working days from Wednesday 8 July end on the 17th; planned for the 20th
    yield from _term(ZX1, "2026-07-20", people("2105"), "2101", "2026-07-09 15:10", "2026-07-16 10:10")
    yield from _step(ZX2, people("2101"), "2026-07-20 10:10", "2026-07-20 11:10", "2101")
    yield from _step(ZX2, CENTRE, "2026-07-20 11:10", "2026-07-20 14:10")
    # planned for the 27th; seven working days from Monday 20 July end on the 29th
    yield from _term(ZX2, "2026-07-29", people("2104"), "2101", "2026-07-20 14:10", "2026-08-04 10:10")

    yield from _mornings(f"receive:{ZG1}", people("2201"), "2026-09-14 10:10", "2026-09-16 10:10")
    yield from _term(ZG1, "2026-10-10", people("2201"), "2201", "2026-09-14 10:10", "2026-10-13 10:10")
    yield from _step(ZG1, CENTRE, "2026-10-13 10:10", "2026-10-14 09:40")
    yield from _term(ZG1, "2026-10-23", people("2201"), "2201", "2026-10-14 09:40", "2026-10-21 10:10")
    yield from _step(ZG1, CENTRE, "2026-10-21 10:10", "2026-10-22 09:40")
    # thirty days after 22 October is Saturday 21 November
    yield from _mornings(f"look_again:{ZG1}", CENTRE, "2026-10-22 09:40", "2026-11-24 10:10", "2026-11-23")

    yield from _step(MY, CENTRE, "2026-09-02 10:10", "2026-09-04 10:10")
    yield from _asked(MY, people("2101"), "2026-09-02 10:10", "2026-09-03 10:10", "2026-09-04 09:40")
    yield from _step(MY, CENTRE, "2026-09-04 10:10", "2026-09-04 14:20")
    # a platform has seven days from the complaint on Friday 4 September
    yield from _term(MY, "2026-09-11", CENTRE, "", "2026-09-04 14:20", "2026-09-15 10:10")

    yield from _step(WG, CENTRE, "2026-10-19 10:10", "2026-10-20 10:10")
    # three working days from Tuesday 20 October end with Friday the 23rd
    yield from _hearing(WG, people("2101"), "2026-10-23", "2026-10-20 10:10", "2026-10-26 11:20")
    # silence ends the wait at midnight; the four working hours of the centre begin on Monday morning
    yield from _step(WG, CENTRE, "2026-10-26 08:30", "2026-10-26 11:20")

    yield from _step(FB, people("2103"), "2026-11-04 10:10", "2026-11-04 11:10", "2101")
    yield from _step(FB, people("2101"), "2026-11-04 11:10", "2026-11-04 14:10", "2101")
    # on Monday the 9th it is reminded of by its last day, whose card has 收到
    yield from _mornings(f"receive:{ZG2}", people("2101"), "2026-11-05 10:10", "2026-11-09 00:00")
    # five working days from Thursday 5 November
    yield from _term(ZG2, "2026-11-12", people("2101"), "2101", "2026-11-05 10:10", "2026-11-09 10:10")
    yield from _step(ZG2, CENTRE, "2026-11-09 10:10", "2026-11-10 09:40")
    # a day after the planned time the receipt is due; nobody hears of it before the order is lifted
    yield from _mornings(f"receipt:{FB}", people("2104"), "2026-11-10 09:40", "2026-11-11 10:10")
    yield from _mornings(f"look_again:{ZG2}", CENTRE, "2026-11-10 09:40", "2026-12-10 10:10", "2026-12-10")

    yield from _weeks("calendar:2027", "2026-11-01", end, "2026-11-01 07:07")
    yield from _weeks("account:2026", "2026-11-16", end, "2026-11-15 07:07")
    yield from _weeks("round:2026-12", "2026-12-01", "2026-12-08 10:10", "2026-12-01 07:07")
    yield from _term(MD4, "2026-12-31", people("2202"), "2201", "2026-12-08 10:10", "2026-12-10 10:20")
    yield from _term(MD4, "2026-12-31", people("2201"), "2201", "2026-12-10 10:20", "2026-12-11 10:10")
    for rung in on_systems(2026, GUESSED):
        if rung.due > BEGINS:
            owed = ((leader, f"systems:2026:{unit}") for unit, leader in LEADS.items())
            yield from (_line(rung.due, f"{leader} reminded {name}") for leader, name in owed)
    yield from _digests()


def _digests() -> Iterator[str]:
    """The first working morning of every week: the centre, and the head of a unit with something open."""
    for when, hears in takewhile(lambda rung: rung[0] < ENDS, weekly(date(2026, 6, 8), CENTRE)):
        busy = {HEADS[unit] for unit, since, until in OPEN if at(since) <= when < at(until)}
        yield from (_line(when, f"{person} reminded week") for person in hears | busy)


def _line(when: datetime, what: str) -> str:
    return f"{when.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {what}"


def expected(acts: Iterable[Act] = ACTS) -> list[str]:
    """Every letter of the half-year, a line each: when, who, which, of what."""
    told = (f"{act.when} {line}" for act in acts for line in act.tells)
    return sorted((*told, *_reminders()))
