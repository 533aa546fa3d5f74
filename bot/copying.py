"""`quanmei backup` and `quanmei restore`: a copy that is checked before anybody relies on it."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot import audits, console, keys, listening, reasons
from bot.clock import utc_now
from bot.config import Config
from handlers import audit
from handlers.cases.record import By, noted
from handlers.rules.articles import ART_5_2
from storage import copies, db, opening, order, published
from storage.checkpoints import Checkpoint, within
from storage.copies import NoCopy
from storage.places import ORDER, Break


def backup(file: Path) -> None:
    """The file appears once it is whole, checked and on the disk."""
    config = console.configured()
    source = _database(config, "请用 pg_dump --format=custom 备份")
    if file.exists():
        console.fail(f"{file} 已经存在，没有覆盖。", code=console.WRONG_USE)
    if not source.exists():
        console.fail(f"还没有数据库：{source}。")
    part = file.with_name(f".{file.name}.part")
    try:
        with console.working("正在备份…"):
            copies.copy(source, part)
            broken, count = console.run(_checked(part, config, ()))
            copies.alone(part)
            _on_the_disk(part)
        if broken:
            console.fail(f"备份没有通过核对，没有写入：{_said(broken)}。原库也请运行 quanmei audit verify。")
        part.rename(file)
    except (sqlite3.Error, OSError) as why:
        console.fail(f"没有备份成：{reasons.said(why)}。")
    finally:
        _removed(part)
    size = file.stat().st_size
    console.say(f"已备份到 {file}：{size / 1e6:.1f} MB，{count} 条留痕，完整无缺。", "green")
    console.say("签名密钥（QUANMEI_KEY_FILE）不在其中，请另行保管。")


def restore(file: Path, against: Sequence[Path]) -> None:
    """Put a copy in the place of the database, which is moved aside; what it lacks is said."""
    config = console.configured()
    target = _database(config, "请用 pg_restore 恢复")
    told = audits.kept(against)
    _nobody_serves(config)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        _known(copies.looked_at(file))
        target.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)
        shutil.copyfile(file, part)
        with console.working("正在核对…"):
            last = console.run(_last_told(config, told))
            broken, count = console.run(_checked(part, config, last))
        if broken:
            console.fail(f"没有恢复：{_said(broken)}。")
        _on_the_disk(part)
        aside = copies.set_aside(target, f"{utc_now():%Y%m%dT%H%M%SZ}")
        part.rename(target)
    except NoCopy as why:
        console.fail(f"没有恢复，{file} {why}。")
    except OSError as why:
        console.fail(f"没有恢复：{reasons.said(why)}。")
    finally:
        _removed(part)
    lacks = max((one.size for one in last), default=count) - count
    console.run(_noted(config, f"{file.name}; {count} entries; lacks {max(lacks, 0)}"))
    console.say(f"已恢复：{count} 条留痕，完整无缺。", "green")
    if aside:
        console.say(f"原来的数据库移到了 {aside}。")
    if lacks > 0:
        console.say(
            f"公布过的检查点说明缺少其后的 {lacks} 条留痕：须重新办理，并告知收到检查点的人。", "yellow"
        )


def _database(config: Config, otherwise: str) -> Path:
    path = copies.file_of(config.database_url)
    if path is None:
        console.fail(
            f"只用于 SQLite 文件；PostgreSQL {otherwise}（见 docs/operations.md）。", code=console.WRONG_USE
        )
    return path


def _known(migrations: Sequence[str]) -> None:
    known = {file.stem for file in (Path(opening.__file__).parent / "migrations").glob("0*.py")}
    if newer := [name for name in migrations if name not in known]:
        raise NoCopy(f"来自更新的版本（{'、'.join(newer)}），请先升级程序")


def _nobody_serves(config: Config) -> None:
    try:
        listening.bound(config.host, config.port).close()
    except OSError as why:
        console.fail(f"请先停止 quanmei serve：{why.strerror or why}。")


async def _checked(file: Path, config: Config, told: Sequence[Checkpoint]) -> tuple[Break | None, int]:
    """What is broken in a copy, which is brought up to date for that, and how many entries it has; what was
    told of later entries is no break of it."""
    async with opening.opened(f"sqlite://{file}"):
        await opening.prepare()
        async with db.reading():
            size = (await order.tree()).size
            covered = [one for one in told if one.size <= size]
            return await audit.verify(told=covered, keys=keys.verifiers(config)), size


async def _last_told(config: Config, told: Sequence[Checkpoint]) -> list[Checkpoint]:
    """What was kept, and what the database that is replaced has posted, where it can be read."""
    found = list(told)
    with suppress(*console.UNREACHABLE, opening.NotMigrated):
        if not opening.absent(config.database_url):
            async with console.database(config):
                found += [one for made in await published.every() for one in within(made.note)]
    return found


async def _noted(config: Config, note: str) -> None:
    """That something was put back is on the trail of what was put back."""
    now = utc_now()
    async with console.database(config, prepare=True), db.transaction():
        await noted(f"restore:{now:%Y%m%dT%H%M%SZ}", "restore", By(console.operator(), now), ART_5_2, note)


def _said(broken: Break) -> str:
    place = f"{broken.matter} 第 {broken.seq} 条" if broken.seq else broken.matter
    return broken.why if broken.matter == ORDER else f"{place}，{broken.why}"


def _on_the_disk(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _removed(file: Path) -> None:
    for end in copies.TOGETHER:
        file.with_name(file.name + end).unlink(missing_ok=True)
