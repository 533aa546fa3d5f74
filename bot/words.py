"""`quanmei words import`: the school's own list of words, of which posts are given hints."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot import console, sheets, workbook
from bot.clock import utc_now
from bot.workbook import Row, UnreadableError
from handlers.cases import record
from handlers.rules.articles import ART_8
from handlers.rules.import_cells import Problem, tidy
from storage import db, house_words
from storage.house_words import ADVICE, WHY, WORD, HouseWord

COLUMNS = {"词": WORD, "建议": ADVICE, "说明": WHY}
"""Characters of each column; the first alone is needed."""

MOST = 20_000
LEAST = 2
"""Characters of a word: one alone would stand in every text."""

SHOWN = 20


def bring_in(file: Path, *, dry_run: bool) -> None:
    """The list as the file has it, or every bad row and exit code 1."""
    config = console.configured()
    try:
        content = sheets.content_of(file)
        words, problems = read(file.name, _rows(file, content))
    except UnreadableError as why:
        console.fail(f"{file.name}：{why}。")
    if problems:
        console.show_problems(f"有 {len(problems)} 处要改，什么也没有导入", problems, "red")
        console.end()
    source = console.source(file.name, hashlib.sha256(content).hexdigest())

    async def work() -> Sequence[HouseWord]:
        async with console.database(config, prepare=True, dry_run=dry_run), db.transaction():
            before = await house_words.everything()
            if not dry_run:
                await house_words.replace(words)
                by = record.By(console.operator(), utc_now())
                note = f"{len(words)} 个词；{source}"
                await record.noted("words", "import", by, ART_8, note)
            return before

    _report(console.run(work()), words, dry_run=dry_run)


def _rows(file: Path, content: bytes) -> Iterator[Row]:
    if file.suffix.lower() == ".csv":
        return sheets.csv_rows(content)
    book = workbook.opened(content)
    return book.rows(book.titles[0])


def read(file: str, rows: Iterator[Row]) -> tuple[list[HouseWord], list[Problem]]:
    """The words in their order, and the rows that cannot stand. Raises UnreadableError where there is no
    header."""
    header = next((row for row in rows if "词" in map(tidy, row.cells)), None)
    if header is None:
        raise UnreadableError("没有找到表头，应有一列：词；还可以有：建议、说明")
    at = {name: place for place, cell in enumerate(header.cells) if (name := tidy(cell)) in COLUMNS}
    words: dict[str, HouseWord] = {}
    problems: list[Problem] = []
    for row in rows:
        said = {name: tidy(row.cells[place]) for name, place in at.items() if place < len(row.cells)}
        if not any(said.values()):
            continue
        if fault := _fault(said, words):
            problems.append(Problem(file, row.number, *fault))
        else:
            words[said["词"].lower()] = HouseWord(said["词"], said.get("建议", ""), said.get("说明", ""))
    if len(words) > MOST:
        raise UnreadableError(f"有 {len(words)} 个词，最多 {MOST} 个")
    return list(words.values()), problems


def _fault(said: Mapping[str, str], known: Mapping[str, HouseWord]) -> tuple[str, str] | None:
    """The column that cannot stand, and why."""
    word = said.get("词", "")
    if len(word) < LEAST:
        return "词", f"至少 {LEAST} 个字"
    if word.lower() in known:
        return "词", f"“{word}”写了不止一行"
    long = next((name for name, text in said.items() if len(text) > COLUMNS[name]), "")
    return (long, f"最多 {COLUMNS[long]} 字") if long else None


def _report(before: Sequence[HouseWord], after: Sequence[HouseWord], *, dry_run: bool) -> None:
    old, new = ({one.word: one for one in words} for words in (before, after))
    added = [word for word in new if word not in old]
    gone = [word for word in old if word not in new]
    changed = [word for word in new if word in old and new[word] != old[word]]
    for what, words in (("新增", added), ("变更", changed), ("去掉", gone)):
        if words:
            more = f" 等 {len(words)} 个" if words[SHOWN:] else ""
            console.say(f"{what}：{'、'.join(words[:SHOWN])}{more}")
    console.say(f"词表：{len(after)} 个词，新增 {len(added)}，变更 {len(changed)}，去掉 {len(gone)}")
    console.say("试运行，没有写入。" if dry_run else "导入完成。", "green")
