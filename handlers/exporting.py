"""/导出: the requests of one process and year as a workbook, for the centre; each asking is on the trail."""

from handlers.cases import record
from handlers.commands import Line
from handlers.composing import exported
from handlers.digits import whole_number
from handlers.events import Message, Reply
from handlers.kinds.process import PROCESSES, Process
from handlers.letters import documents
from handlers.people import whose
from handlers.rules.articles import ART_5_1
from handlers.rules.permits import SHANGHAI
from storage.records import Person


def _offered() -> dict[str, Process]:
    """Processes by the word of their command; what is private is nobody's to take away in bulk."""
    return {one.form.command: one for one in PROCESSES.values() if one.private is None}


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/导出 违规 [年]`."""
    if not await whose.of_centre(person, event.at):
        return Reply(f"导出由全媒体中心办理（{ART_5_1}）。", ok=False)
    word, _, rest = line.words.partition(" ")
    process, this = _offered().get(word.lstrip("/")), event.at.astimezone(SHANGHAI).year
    year = whole_number(rest.strip(" 年")) if rest.strip() else this
    if process is None or year is None or not 2019 <= year <= this:
        known = "、".join(_offered())
        told = f"请写类别，可加年份，例如：/导出 违规 {this}。类别有：{known}"
        return Reply(told, ok=False, title="还差类别")
    count = len(await exported.of_year(process.kind, year))
    if not count:
        return Reply(f"{year} 年没有{process.form.command}，没有可导出的。", ok=False)
    by, name = record.By.event(event, person.id), f"{process.form.command} {year}"
    await record.noted(f"export:{person.id}", "export", by, ART_5_1, f"{name}，{count} 件")
    args = {"kind": process.kind, "year": year}
    await documents.send(event, person, exported.DOCUMENT, f"{name}.xlsx", args)
    most = f"（只列最近 {exported.MOST} 件）" if count == exported.MOST else ""
    return Reply(f"{name} 年的表格正在发给您，{count} 件{most}。本次导出已留痕，请妥善保管，不要外传。")
