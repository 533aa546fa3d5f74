"""The stage of the sandbox: its clock put forward, with the bot and both platforms on loopback."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from structlog.testing import capture_logs

from bot.sandbox.stage import Stage
from bot.sandbox.staging import staged
from bot.sandbox.story import POST, Story
from bot.sandbox.telling import StoryFailed, Teller, title
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.workdays import Calendar
from storage import media, outbox, people

CARD = "变更待备案 机电之声"


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-24 04:46", "2026-11-24 09:35"),
        ("2026-11-24 09:00", "2026-11-25 09:35"),
        ("2026-11-24 22:10", "2026-11-25 09:35"),
        ("2026-11-27 09:00", "2026-11-30 09:35"),
        ("2026-11-28 04:46", "2026-11-30 09:35"),
    ],
)
def test_the_next_morning_is_the_first_working_one_that_has_not_begun(now: str, morning: str) -> None:
    at = datetime.fromisoformat(f"{now}+08:00")
    stage = Stage(machine=None, sims={}, clock=lambda: at, page="")  # type: ignore[arg-type]

    assert stage.next_morning() == datetime.fromisoformat(f"{morning}+08:00")


@pytest.fixture(autouse=True)
def _migrated(sqlite_migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage finds its database where it would lay it out, which takes longer than a play."""
    monkeypatch.setattr("bot.sandbox.staging.TemporaryDirectory", lambda **_: nullcontext(tmp_path))


async def test_reminders_of_several_days_reach_people_on_their_own_days() -> None:
    async with staged(0) as stage:
        today = stage.now().astimezone(SHANGHAI).date()
        await stage.sims["feishu"].leaves("ou_helaoshi")
        await stage.machine.read_directories()
        await stage.advance(14 * 24 * 60)

        cards = [shown for shown in stage.sims["wecom"].screens["lilaoshi"] if title(shown) == CARD]
        days = [shown.at.astimezone(SHANGHAI).date() for shown in cards]
        due = [Calendar.default().add(today, number) for number in (3, 5, 6, 7)]

        assert days[:5] == [today, *due]
        assert not await outbox.leaving(stage.now())


async def test_who_left_wecom_is_missed_after_two_nights_and_is_back_after_another() -> None:
    async with staged(0) as stage:
        wecom, noticed = stage.sims["wecom"], []
        for change in (wecom.leaves, None, wecom.returns):
            if change:
                await change("lilaoshi")
            await stage.advance(24 * 60)
            person = await people.get("2008001")
            assert person is not None
            noticed.append(person.left_on is not None)

        assert noticed == [False, True, False]


async def test_the_clock_goes_on_where_a_platform_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.stage.GLANCES", 3)
    async with staged(0) as stage:
        stage.sims["wecom"].faults.limited = True
        before = stage.now()
        await stage.sims["feishu"].leaves("ou_helaoshi")
        await stage.machine.read_directories()
        await stage.advance(8 * 24 * 60)

        assert stage.now() - before >= timedelta(days=8)


async def test_the_story_happens_to_its_end_and_the_books_follow() -> None:
    console = Console(record=True, quiet=True)
    with capture_logs() as logs:
        async with staged(0) as stage:
            await Story(stage, console).play()
            medium = (await media.several(["QM-0001"]))[0]

    assert medium.admins == ("2008001",)
    assert [log["event"] for log in logs if log["log_level"] in ("warning", "error")] == []


async def test_cards_too_old_to_be_repainted_raise_no_warning() -> None:
    with capture_logs() as logs:
        async with staged(0) as stage:
            teller = Teller(stage, Console(quiet=True))
            await teller.say("李老师", POST)
            await teller.sees("李老师", "请确认")
            await teller.click("李老师", "确认提交", "请确认")
            await teller.sees("孙老师", "待审查")
            await stage.advance(15 * 24 * 60)
            await teller.click("孙老师", "审查通过", "待审查")
            await teller.sees("王书记", "待审批")
            await stage.advance(1)

    refused = [log["log_level"] for log in logs if log["event"] in ("letter_refused", "feishu.call_failed")]
    assert set(refused) == {"info"}


async def test_a_step_that_does_not_happen_fails_the_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.telling.PATIENCE", 0.2)
    async with staged(0) as stage:
        stage.sims["wecom"].faults.limited = True

        with pytest.raises(StoryFailed, match="李老师 should have seen '请确认'"):
            await Story(stage, Console(quiet=True)).play()
