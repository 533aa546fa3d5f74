"""`quanmei letters`: letters that could not be delivered, and sending them again."""

from rich.table import Table

from bot import console
from bot.clock import utc_now
from cards import troubles
from cards.times import when
from storage import outbox, people
from storage.letters import Letter
from storage.records import Person

ALL = 100_000
LISTED = 50


def show() -> None:
    """The latest dead letters: to whom, what and why."""
    config = console.configured()

    async def work() -> tuple[list[Letter], dict[str, Person]]:
        async with console.database(config):
            letters = await outbox.dead(LISTED)
            return letters, await people.several([letter.person for letter in letters])

    letters, known = console.run(work())
    if not letters:
        console.say("没有未送达的消息。", "green")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("ID", "时间", "收件人", "平台", "内容", "原因"):
        table.add_column(title, no_wrap=title == "ID", overflow="fold")
    for letter in letters:
        name = known[letter.person].name if letter.person in known else letter.account
        at = when(letter.created_at, utc_now())
        table.add_row(letter.id, at, name, letter.platform, letter.template, _why(letter))
    console.screen().print(table)


def _why(letter: Letter) -> str:
    """In words, and what was kept of the platform's answer where they do not hold it."""
    words, kept = troubles.why(letter.error), letter.error.partition(": ")[2] or letter.error
    return words if kept in words else f"{words}（{kept}）"


def resend(letter: str) -> None:
    """Queue one dead letter again, or all where `letter` is empty; exit code 1 where it is not dead."""
    config = console.configured()

    async def work() -> int:
        async with console.database(config):
            ids = [letter] if letter else [dead.id for dead in await outbox.dead(ALL)]
            return sum([await outbox.resend(one, utc_now()) for one in ids])

    count = console.run(work())
    if letter and not count:
        console.fail(f"没有 ID 为 {letter} 的未送达消息。")
    console.say(f"{count} 条消息已排队重发。", "green")
