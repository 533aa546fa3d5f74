"""`quanmei audit`: the trail verified, and exported."""

from pathlib import Path

from bot import console
from storage import audit
from storage.audit import Break

EVERY = 1000
"""Entries between two signs of progress."""


def verify() -> None:
    """Exit code 1 and the first broken entry, or how many were found whole."""
    config, total = console.configured(), 0

    with console.working("正在核对留痕…") as status:

        def seen(count: int) -> None:
            nonlocal total
            total = count
            if count % EVERY == 0:
                status.update(f"正在核对留痕…已核对 {count} 条")

        async def work() -> Break | None:
            async with console.database(config):
                return await audit.verify(seen)

        broken = console.run(work())
    if broken:
        console.say(f"留痕有损：{broken.matter} 第 {broken.seq} 条，{broken.why}。", "red")
        console.end()
    console.say(f"共 {total} 条留痕，完整无缺。", "green")


def export(file: Path) -> None:
    """The file appears once it is whole."""
    config = console.configured()
    unfinished = file.with_name(f".{file.name}.part")

    async def work() -> int:
        count = 0
        async with console.database(config):
            with unfinished.open("w", encoding="utf-8") as out:
                async for line in audit.lines():
                    out.write(f"{line}\n")
                    count += 1
        return count

    try:
        with console.working("正在导出留痕…"):
            count = console.run(work())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    console.say(f"已导出 {count} 条到 {file}。", "green")
