"""`quanmei audit`: the trail verified, and exported."""

from collections.abc import Sequence
from pathlib import Path

from bot import console, keys, reasons
from handlers import audit as whole
from storage import audit, checkpoints, db, opening, order, published
from storage.checkpoints import Checkpoint
from storage.notes import Verifier
from storage.places import Break
from storage.trail import Unreadable


class Foreign(Exception):
    """A checkpoint of another log than this one, each by its name."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(f"检查点是 {theirs} 的，不是本系统（{ours}）的：没有核对。请给本系统发出的检查点。")


def foreign(told: Sequence[Checkpoint], known: Sequence[Verifier]) -> str:
    """Of which log, that none of the known keys is of, the first of these checkpoints is; empty where all
    are ours, or nothing is known."""
    ours = {key.name for key in known}
    return next((one.origin for one in told if ours and one.origin not in ours), "")


def verify(against: Sequence[Path]) -> None:
    """Exit code 1 and the first broken entry, or how many were found whole. `against` are files in which
    somebody has kept what was posted."""
    config, total = console.configured(), 0
    told = kept(against)
    if told and (trouble := keys.trouble(config)):
        console.warn(f"{trouble}：只用留痕里记下的公钥核对。")
    if opening.absent(config.database_url):
        console.fail("还没有数据库，也就没有留痕。请核对 QUANMEI_DATABASE_URL，或运行 quanmei migrate。")

    with console.working("正在核对留痕…") as status:

        def seen(count: int) -> None:
            nonlocal total
            total = count
            status.update(f"正在核对留痕…已核对 {count} 条")

        async def work() -> Break | None:
            async with console.database(config), db.reading():  # all of it as it is at one moment
                known = [*keys.verifiers(config), *await published.keys()]
                if strange := foreign(told, known):
                    raise Foreign(strange, known[0].name)
                return await whole.verify(seen, told, known)

        try:
            broken = console.run(work())
        except Foreign as why:
            console.fail(str(why), code=console.WRONG_USE)
    if broken:
        place = f"{broken.matter} 第 {broken.seq} 条" if broken.seq else broken.matter
        console.say(f"留痕有损：{place}，{broken.why}。", "red")
        console.end()
    same = f"，与 {len(told)} 个留存的检查点相符" if told else ""
    console.say(f"共 {total} 条留痕，完整无缺，与申请一致{same}。", "green")


def kept(files: Sequence[Path]) -> list[Checkpoint]:
    """The checkpoints in these files; one without any ends the program."""
    found: list[Checkpoint] = []
    for file in files:
        try:
            here = checkpoints.within(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            here = []
        if not here:
            console.fail(f"{file} 里没有检查点：请把收到的整条消息原样存成文本。", code=console.WRONG_USE)
        found += here
    return found


def checkpoint(out: Path | None) -> None:
    """The head as it is now, signed; it is posted to nobody."""
    config = console.configured()
    with console.guarded():
        signer = keys.signer(config)
    if signer is None:
        console.fail("没有签名密钥：请设置 QUANMEI_KEY_FILE 或 QUANMEI_SECRET_KEY。", code=console.WRONG_USE)

    async def work() -> Checkpoint:
        async with console.database(config):
            return checkpoints.made(await order.tree(), signer)

    made = console.run(work())
    if out is None:
        console.say(made.note.rstrip())
        return
    try:
        out.write_text(made.note, encoding="utf-8")
    except OSError as why:
        console.fail(f"不能写入 {out}：{reasons.said(why)}。")
    console.say(f"{made.size} 条留痕的检查点已写入 {out}；公钥 {signer.verifier}", "green")


def export(file: Path) -> None:
    """The file appears once it is whole."""
    config = console.configured()
    unfinished = file.with_name(f".{file.name}.part")
    try:
        out = unfinished.open("w", encoding="utf-8")
    except OSError as why:
        console.fail(f"不能写入 {file}：{reasons.said(why)}。")

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
