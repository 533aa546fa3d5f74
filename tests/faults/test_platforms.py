"""Platforms that are down, busy, forgetful or wrongly set up: letters wait, none is lost, none doubled."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest

from bot import metrics, platform_state
from bot.platforms.base import Passing, Sent
from bot.platforms.feishu import Feishu
from bot.sandbox.sim import Sim
from cards.card import Card
from handlers.composing import compose
from handlers.composing.letterhead import Letterhead
from handlers.letters import notify
from storage import db, marks, outbox, people
from storage.letters import Letter, LetterState
from storage.records import Platform
from tests.faults.acts import handed_in, pass_time, shown_twice
from tests.world import World, words

FEISHU_SENDS = ("POST", "/open-apis/im/v1/messages")


async def told(world: World, *names: str, who: str = "王书记") -> None:
    """Notices to one person, one event after another."""
    person = (await people.called(who))[0]
    for name in names:
        world.step()
        await world.machine.writer.do(partial(notify.tell, [person], "say", {"text": name}, world.now))


async def waiting() -> int:
    counts = await outbox.counts()
    return counts.get("queued", 0) + counts.get("sending", 0)


def seen(world: World, name: str, on: str = "") -> list[str]:
    """The words of everything the bot sent to somebody."""
    return [words(shown) for shown in world.screen(name, on) if not shown.mine]


async def test_after_an_hour_without_a_platform_each_letter_arrives_once_and_in_order(world: World) -> None:
    world.feishu.faults.down = True
    for number in range(12):
        await told(world, f"第{number:02d}封", who="王书记" if number % 3 else "孙老师")
        await pass_time(world, 300)
    assert await waiting() == 12

    world.feishu.faults.down = False
    await pass_time(world, 400)

    assert await waiting() == 0
    for name, mine in (("王书记", lambda n: n % 3), ("孙老师", lambda n: not n % 3)):
        found = [int(text.partition("第")[2][:2]) for text in seen(world, name)]
        assert found == [n for n in range(12) if mine(n)]


async def test_a_platform_that_is_down_is_asked_now_and_then_and_no_more(world: World) -> None:
    world.feishu.faults.down = True
    for number in range(40):
        await told(world, f"第{number:02d}封", who="王书记" if number % 2 else "孙老师")

    await pass_time(world, 3600, step=2)

    assert 20 < world.feishu.calls.count(FEISHU_SENDS) < 100


async def test_one_platform_down_does_not_hold_up_the_other(world: World) -> None:
    world.feishu.faults.down = True
    await handed_in(world)

    assert "FB-2026-0001" in world.titles("李老师")[-1]
    assert world.titles("孙老师") == []


@pytest.mark.parametrize(
    ("platform", "code", "wait"),
    [("feishu", 230020, 1), ("feishu", 99991400, 3), ("wecom", 45009, 60)],
)
async def test_a_platform_that_says_wait_is_left_alone_as_long_as_it_says(
    world: World, platform: str, code: int, wait: int
) -> None:
    sim: Sim = getattr(world, platform)
    who = "王书记" if platform == "feishu" else "李老师"
    await told(world, "先发一封", who=who)
    await world.settle()
    sim.faults.next_codes.append(code)
    before = len(sim.calls)
    await told(world, "再发一封", who=who)
    await world.settle()
    assert len(sim.calls) == before + 1

    world.step(wait - 0.5)
    await world.settle()
    assert len(sim.calls) == before + 1

    world.step(0.5)
    await world.settle()
    assert ["再发一封" in text for text in seen(world, who)] == [False, True]


async def test_429_of_feishu_holds_every_letter_until_its_reset(world: World) -> None:
    world.feishu.faults.limited = True
    await told(world, "一", who="王书记")
    await told(world, "二", who="孙老师")
    await world.settle()
    world.feishu.faults.limited = False
    before = len(world.feishu.calls)

    world.step(2)
    await world.settle()
    assert len(world.feishu.calls) == before

    world.step(1)
    await world.settle()
    assert (len(world.titles("王书记")), len(world.titles("孙老师"))) == (1, 1)


@pytest.mark.parametrize(("platform", "stale"), [("feishu", 99991663), ("wecom", 42001)])
async def test_a_token_that_ends_in_the_middle_is_replaced_and_nobody_notices(
    world: World, platform: str, stale: int
) -> None:
    sim: Sim = getattr(world, platform)
    who = "王书记" if platform == "feishu" else "李老师"
    await told(world, "一", who=who)
    await world.settle()
    sim.faults.next_codes.append(stale)

    await told(world, "二", who=who)
    await world.settle()

    assert len(world.titles(who)) == 2
    assert await waiting() == 0


@pytest.mark.parametrize("platform", ["feishu", "wecom"])
async def test_lost_answers_double_nothing_on_any_screen(world: World, platform: str) -> None:
    sim: Sim = getattr(world, platform)
    sim.faults.lost = True
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：学院更名\n正文：特此公告。")
    await pass_time(world, 20)
    sim.faults.lost = False
    await pass_time(world, 60)
    await world.click("李老师", "确认提交")
    sim.faults.lost = True
    await pass_time(world, 20)
    sim.faults.lost = False
    await pass_time(world, 60)
    await world.click("孙老师", "审查通过")
    await pass_time(world, 60)

    assert await waiting() == 0
    assert len(world.titles("王书记")) == 1
    assert [shown_twice(world, name) for name in ("李老师", "孙老师", "王书记")] == [[], [], []]


@pytest.mark.parametrize(
    ("used", "other", "code"),
    [(Platform.FEISHU, Platform.WECOM, 230013), (Platform.WECOM, Platform.FEISHU, 81013)],
)
async def test_a_notice_that_one_platform_refuses_goes_by_the_other(
    world: World, used: Platform, other: Platform, code: int
) -> None:
    person = replace((await people.called("林书记"))[0], last_platform=used)
    sim: Sim = getattr(world, used)
    sim.faults.next_codes.append(code)
    await world.machine.writer.do(lambda: notify.tell([person], "say", {"text": "一"}, world.now))
    await world.settle()

    assert (len(seen(world, "林书记", on=other)), seen(world, "林书记", on=used)) == (1, [])


async def test_wrong_settings_hold_the_platform_and_lose_nothing(world: World) -> None:
    await told(world, "零", who="王书记")
    await world.settle()
    world.feishu.faults.next_codes.extend([99991672] * 10)
    await told(world, "一", "二", who="王书记")
    await told(world, "三", who="孙老师")
    await pass_time(world, 1200)

    assert await waiting() == 0
    assert (len(world.titles("王书记")), len(world.titles("孙老师"))) == (3, 1)
    assert await outbox.dead() == []


async def test_after_a_refusal_of_our_settings_the_platform_is_left_alone_for_a_minute(world: World) -> None:
    await told(world, "零", who="王书记")
    await world.settle()
    world.feishu.faults.next_codes.append(99991672)
    await told(world, "一", who="王书记")
    await world.settle()
    before = len(world.feishu.calls)

    await told(world, "二", who="孙老师")
    await pass_time(world, 50)
    assert len(world.feishu.calls) == before

    await pass_time(world, 10)
    assert (len(world.titles("王书记")), len(world.titles("孙老师"))) == (2, 1)


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the card of one text impossible to compose."""
    say = compose._COMPOSERS["say"]

    def crash(text: str) -> None:
        async def composed(head: Letterhead) -> Card | None:
            if head.args["text"] == text:
                raise ZeroDivisionError
            return await say(head)

        monkeypatch.setitem(compose._COMPOSERS, "say", composed)

    return crash


async def test_a_letter_that_cannot_be_composed_is_given_up_and_the_next_arrive(
    any_world: World, crashing: Callable[[str], None]
) -> None:
    world = any_world
    crashing("坏信")
    await told(world, "坏信", "好信", who="王书记")
    await pass_time(world, 20, step=20)
    assert [("好信" in text) for text in seen(world, "王书记")] == [True]  # they wait for no repair of ours

    await pass_time(world, 600, step=20)
    assert [("好信" in text) for text in seen(world, "王书记")] == [True]
    assert [letter.args["text"] for letter in await outbox.dead()] == ["坏信"]
    assert set(world.errors) == {"letter_failed"}


async def test_whoever_cannot_be_reached_is_reported_once_a_day(world: World) -> None:
    for day in range(2):
        for number in range(3):
            world.feishu.faults.next_codes.append(230013)
            await told(world, f"{day}-{number}", who="王书记")
            await world.settle()
        world.step(86_400)

    alarms = [text for text in seen(world, "赵老师") if "王书记" in text]
    assert len(alarms) == 2
    assert len(await outbox.dead()) == 6


async def test_a_dead_letter_can_be_sent_again(world: World) -> None:
    world.feishu.faults.next_codes.append(230013)
    await told(world, "要紧的话", who="王书记")
    await world.settle()
    dead = (await outbox.dead())[0]

    assert await world.machine.writer.do(lambda: outbox.resend(dead.id, world.now))
    await world.settle()

    assert len(world.titles("王书记")) == 1
    assert not await world.machine.writer.do(lambda: outbox.resend(dead.id, world.now))


async def leased_elsewhere(world: World) -> list[Letter]:
    """Another replica took the letters and died."""
    names = list(world.machine.platforms)
    letters, _ = await world.machine.writer.do(lambda: outbox.take(world.now, names, 10))
    return letters


async def test_letters_of_a_replica_that_died_are_taken_over_when_their_lease_ends(any_world: World) -> None:
    world = any_world
    await told(world, "一", "二", who="王书记")
    assert len(await leased_elsewhere(world)) == 1

    await pass_time(world, 2, step=1)
    assert world.titles("王书记") == []

    await pass_time(world, 3, step=1)
    assert [name in text for name, text in zip("一二", seen(world, "王书记"), strict=True)] == [True, True]


@pytest.mark.parametrize("who", ["王书记", "李老师"])
async def test_a_letter_sent_and_not_marked_is_repeated_under_its_key_and_shown_once(
    any_world: World, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    world = any_world
    sent: Callable[..., Awaitable[None]] = outbox.sent
    failures = [db.Unreachable("gone")]

    async def forgetful(*args: object) -> None:
        if failures:
            raise failures.pop()
        await sent(*args)

    monkeypatch.setattr(outbox, "sent", forgetful)
    await told(world, "一", who=who)
    await pass_time(world, 90)

    assert len(world.titles(who)) == 1
    assert await waiting() == 0


async def test_two_couriers_share_the_outbox_and_nobody_gets_anything_twice(any_world: World) -> None:
    world = any_world
    first = world.machine
    second = world.assemble()
    second.writer.start()
    for number in range(6):
        await told(world, f"第{number}封", who="王书记")
        await told(world, f"第{number}封", who="李老师")
    for _ in range(12):
        await first.courier._take()
        await second.courier._take()
        for courier in (first.courier, second.courier):
            for task in list(courier._under_way):
                await task
    await second.writer.stop()

    for who in ("王书记", "李老师"):
        assert [f"第{n}封" in text for n, text in enumerate(seen(world, who))] == [True] * 6


async def test_a_passing_failure_of_one_letter_lets_others_go_first_after_five_tries(world: World) -> None:
    send = Feishu.send

    async def picky(self: Feishu, account: str, card: Card, key: str) -> Sent:
        if "坏" in str(card):
            raise Passing("of this card alone")
        return await send(self, account, card, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Feishu, "send", picky)
        await told(world, "坏", who="王书记")
        for number in range(12):
            await told(world, f"好{number}", who="孙老师")
            await pass_time(world, 6, step=2)
        await told(world, "好", who="王书记")
        await pass_time(world, 120)
        assert ["好" in text for text in seen(world, "王书记")] == [True]
    assert len(world.titles("孙老师")) == 12


async def test_a_slow_replica_undoes_nothing_that_another_has_sent(any_world: World) -> None:
    world = any_world
    await told(world, "一", who="王书记")
    (slow,) = await leased_elsewhere(world)
    world.step(61)
    await world.settle()

    write = world.machine.writer.do
    await write(partial(outbox.later, slow.id, world.now, "slow", tried=True))
    await write(partial(outbox.done, slow.id, LetterState.SKIPPED, world.now))

    kept = await outbox.get(slow.id)
    assert kept is not None
    assert (kept.state, bool(kept.message_id)) == (LetterState.SENT, True)


async def test_the_metrics_say_in_words_what_is_wrong_with_a_platform(world: World) -> None:
    world.step(3 * 3600)  # tokens last two hours
    world.feishu.faults.down = True
    await world.machine.writer.do(
        partial(marks.put, "sync:wecom", {"failures": 2, "why": "60011 no privilege"}, world.now)
    )
    await platform_state.measure(world.machine.platforms)

    told = [
        (label["platform"], label["part"], label["why"])
        for measured in metrics.TROUBLE.collect()
        for _, label, value, *_ in measured.samples
        if value
    ]
    assert sorted(told) == [("feishu", "token", "连接不上"), ("wecom", "directory", "应用没有这项权限")]
    world.feishu.faults.down = False
    await world.machine.writer.do(partial(marks.put, "sync:wecom", {"failures": 0, "why": ""}, world.now))
    await platform_state.measure(world.machine.platforms)
    assert [one.samples for one in metrics.TROUBLE.collect()] == [[]]


async def test_a_machine_that_slept_takes_nothing_that_is_under_way(world: World) -> None:
    courier, writer = world.machine.courier, world.machine.writer
    await told(world, "一")
    (letter,), _ = await writer.do(partial(courier._lease, world.now, 9))
    world.step(3600)
    await writer.do(partial(courier._renew, world.now))  # before the courier has it in its hands
    courier._under_way[asyncio.ensure_future(asyncio.sleep(0))] = letter.id

    assert await writer.do(partial(courier._lease, world.now, 9)) == ([], 0)

    courier._under_way.clear()
