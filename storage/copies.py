"""Consistent copies of an SQLite database: taken beside a running bot, and looked at before they are used."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from tortoise.backends.base.config_generator import expand_db_url

from storage.engine_sqlite import OWNER_ONLY

TOGETHER = ("", "-wal", "-shm")
"""What the files of one database end in."""


class NoCopy(Exception):
    """Why a file cannot be what it should be, in words."""


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None where it is another, or in memory."""
    path = expand_db_url(url)["credentials"].get("file_path", ":memory:")
    return None if path == ":memory:" else Path(path)


def copy(database: Path, to: Path) -> None:
    """All that is committed, as of one moment; others go on writing. Raises sqlite3.Error or OSError."""
    to.touch(mode=OWNER_ONLY)
    with closing(_reading(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def alone(file: Path) -> None:
    """Make it one file, whole by itself, that can be read where nobody may write."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = DELETE")


def looked_at(file: Path) -> list[str]:
    """The migrations that a database knows; raises NoCopy where it is none of ours, or damaged."""
    try:  # nobody writes to a copy: nothing is laid beside it, and it may lie where nobody may write
        with closing(_reading(file, "&immutable=1")) as database:
            if (said := database.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise NoCopy(f"文件已损坏（{said}）")
            rows = database.execute("SELECT name FROM tortoise_migrations WHERE app = 'quanmei'")
            return sorted(name for (name,) in rows)
    except sqlite3.Error as why:
        raise NoCopy(f"不是本系统的数据库（{why}）") from None


def set_aside(database: Path, stamp: str) -> Path | None:
    """Move a database out of the way, all its files; where to, or None where there was none."""
    if not database.exists():
        return None
    aside = database.with_name(f"{database.name}.before-{stamp}")
    for end in TOGETHER:
        file = database.with_name(database.name + end)
        if file.exists():
            file.rename(aside.with_name(aside.name + end))
    return aside


def _reading(file: Path, more: str = "") -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro{more}", uri=True)
