"""Two dispatchers on one PostgreSQL, the same clicks at one moment: the record stays whole."""

from collections.abc import Awaitable
from contextlib import suppress
from random import Random

from storage import db
from tests.dialogues import fitting, owing, replaying
from tests.faults.acts import post
from tests.faults.pair import Pair, count
from tests.world import buttons

ROUNDS = 6
PEOPLE = ("李老师", "何老师", "孙老师", "王书记", "赵老师", "钱主任")
LINES = (
    "/撤回 {}",
    "/催办 {}",
    "/转办 {} 吴副书记 出差",
    "/回执 {} https://mp.weixin.qq.com/s/1",
    "/同意 {}",
)


async def test_whatever_two_replicas_are_told_at_once_the_record_stays_whole(pair: Pair) -> None:
    random = Random(11)
    for number in range(1, ROUNDS + 1):
        author = random.choice(("李老师", "何老师"))
        await pair.world.say(author, post(f"第{number}号稿"))
        await pair.at_once(*(_tried(pair.press(author, "确认提交")) for _ in range(2)))
        for _ in range(3):
            matter = f"FB-2026-{random.randint(1, number):04d}"
            await pair.at_once(*_presses(pair, random), _tried(_line(pair, random, matter)))

    assert await count("requests") == ROUNDS
    assert await _decided_twice() == []
    assert await _told_twice() == []
    assert [*await owing.faults(), *await replaying.faults(), *await fitting.faults()] == []


def _presses(pair: Pair, random: Random) -> list[Awaitable[None]]:
    """One person's press, twice, and another's, of what their cards of this moment offer first."""
    first, second = random.sample(PEOPLE, 2)
    return [
        _tried(pair.press(who, button)) for who in (first, first, second) if (button := _offered(pair, who))
    ]


def _offered(pair: Pair, who: str) -> str:
    found = [buttons(shown) for shown in pair.world.screen(who) if shown.native and not shown.recalled]
    return next((offered[0] for offered in reversed(found) if offered), "")


def _line(pair: Pair, random: Random, matter: str) -> Awaitable[None]:
    return pair.write(random.choice(PEOPLE), random.choice(LINES).format(matter))


async def _tried(act: Awaitable[None]) -> None:
    """What is no more on the screen by then is not pressed."""
    with suppress(LookupError):
        await act


async def _decided_twice() -> list[str]:
    """Places of one version for which two decisions of one person count."""
    sql = (
        "SELECT request, step, version, actor, principal, act, at, count(*) AS n FROM decisions"
        " GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING count(*) > 1"
    )
    return [str(row) for row in await db.rows(sql)]


async def _told_twice() -> list[str]:
    """What somebody was told in two letters of one moment."""
    sql = (
        "SELECT person, platform, template, args, created_at, count(*) AS n FROM letters WHERE kind = 'send'"
        " AND template IN ('approval', 'status', 'outcome', 'cc') GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1"
    )
    return [str(row) for row in await db.rows(sql)]
