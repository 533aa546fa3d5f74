"""`quanmei audit`: the trail verified, and exported."""

from pathlib import Path

from bot import console
from handlers import audit as requests_against
from storage import audit, db, opening
from storage.audit import Break
from storage.trail import Unreadable

EVERY = 1000
"""Entries between two signs of progress."""


def verify() -> None:
    """Exit code 1 and the first broken entry, or how many were found whole."""
    config, total = console.configured(), 0
    if opening.absent(config.database_url):
        console.fail("还没有数据库，也就没有留痕。请核对 QUANMEI_DATABASE_URL，或运行 quanmei migrate。")

    with console.working("正在核对留痕…") as status:

        def seen(count: int) -> None:
            nonlocal total
            total = count
            if count % EVERY == 0:
                status.update(f"正在核对留痕…已核对 {count} 条")

        async def work() -> Break | None:
            async with console.database(config), db.reading():  # all of it as it is at one moment
                return await audit.verify(seen) or await requests_against.verify()

        broken = console.run(work())
    if broken:
        place = f"{broken.matter} 第 {broken.seq} 条" if broken.seq else broken.matter
        console.say(f"留痕有损：{place}，{broken.why}。", "red")
        console.end()
    console.say(f"共 {total} 条留痕，完整无缺，与申请一致。", "green")


def export(file: Path) -> None:
    """The file appears once it is whole."""
    config = console.configured()
    unfinished = file.with_name(f".{file.name}.part")
    try:
        out = unfinished.open("w", encoding="utf-8")
    except OSError as why:
        console.fail(f"不能写入 {file}：{why.strerror}。")

    async def work() -> int:
        count = 0
        async with console.database(config):
            async for line in audit.lines():
                out.write(f"{line}\n")
                count += 1
        return count

    try:
        with out, console.working("正在导出留痕…"):
            count = console.run(work())
        unfinished.replace(file)
    except Unreadable as entry:
        console.fail(f"{entry.matter} 第 {entry.seq} 条无法读取，请运行 quanmei audit verify。")
    finally:
        unfinished.unlink(missing_ok=True)
    console.say(f"已导出 {count} 条到 {file}。", "green")
