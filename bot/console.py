"""What the command line prints, and how it ends: 0 done, 1 failed, 2 wrong use."""

import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

import handlers.processes.all  # noqa: F401 (a command has no front desk that would enter the processes)
from bot import reasons
from bot.config import Config, ConfigError, not_read
from handlers.rules.import_cells import Problem
from storage import db, opening
from storage.records import COMMAND_LINE

T = TypeVar("T")
UNREACHABLE = (db.DatabaseError, OSError)
FAILED, WRONG_USE = 1, 2
_ACTOR = 40
"""Characters that the trail has for whoever acts."""

PIPE = 10_000
"""The width where nobody looks: lines are cut by whoever reads them."""


def screen(*, stderr: bool = False) -> Console:
    """Where results go (stdout), or progress and failures."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPE, highlight=False, soft_wrap=True)


def say(text: str, style: str = "") -> None:
    screen().print(escape(text), style=style or None)


def fail(*lines: str, code: int = FAILED) -> NoReturn:
    """End with the reason on stderr."""
    for line in lines:
        screen(stderr=True).print(escape(line), style="red")
    raise typer.Exit(code)


def warn(text: str) -> None:
    """On stderr, and go on."""
    screen(stderr=True).print(escape(text), style="yellow")


def end() -> NoReturn:
    """The reason has been printed already."""
    raise typer.Exit(FAILED)


def operator() -> str:
    """Who runs this, for the trail: the system account, as `cli:<login name>`."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        name = str(os.getuid())
    return f"{COMMAND_LINE}{name}"[:_ACTOR]


def source(file: str, sha256: str) -> str:
    """A file that was read, for the trail: its name and its hash."""
    return f"{file} sha256 {sha256}" if sha256 else file


def configured(*, need_secret: bool = False) -> Config:
    """The settings; what is wrong with them is named at once, and ends the program. A name that means
    nothing is named on stderr: with it misspelt, another database might be meant."""
    try:
        config = Config.load(need_secret=need_secret)
    except ConfigError as error:
        fail(*error.problems, code=WRONG_USE)
    for name in config.unknown:
        warn(not_read(name))
    return config


def run(work: Coroutine[Any, Any, T]) -> T:
    """Carry out work on the database; where that cannot be, one line says why and ends the program."""
    with guarded():
        return asyncio.run(work)
    raise AssertionError("guarded ends the program")


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what an operator can mend into one line and exit code 1."""
    try:
        yield
    except ConfigError as error:
        fail(*error.problems, code=WRONG_USE)
    except opening.NotMigrated as pending:
        fail(f"数据库结构不是最新，请先运行 quanmei migrate（待执行：{'、'.join(map(str, pending.args))}）。")
    except UNREACHABLE as error:
        if isinstance(error, OSError) and error.errno in (EADDRINUSE, EADDRNOTAVAIL, EACCES):
            fail(f"无法打开：{error.strerror or reasons.said(error)}。")
        fail(f"数据库不可用：{reasons.said(error)}。请核对 QUANMEI_DATABASE_URL，或运行 quanmei doctor。")


@asynccontextmanager
async def database(config: Config, *, prepare: bool = False, dry_run: bool = False) -> AsyncIterator[None]:
    """The database held open; pending migrations are applied (`prepare`, SQLite) or refused.

    With `dry_run` a missing SQLite file is not created.
    """
    async with opening.opened(opening.untouched(config.database_url) if dry_run else config.database_url):
        if prepare:
            await opening.prepare()
        elif pending := await opening.pending_migrations():
            raise opening.NotMigrated(*pending)
        yield


def readable(path: Path, *, folder: bool = False) -> None:
    """Ends the program where this is no file (or `folder`) that can be read."""
    if not path.exists():
        fail(f"没有这个文件：{path}。", code=WRONG_USE)
    if path.is_dir() and not folder:
        fail(f"{path} 是一个目录，请给一个文件。", code=WRONG_USE)
    if not os.access(path, os.R_OK):
        fail(f"没有权限读取 {path}。", code=WRONG_USE)


def working(what: str) -> Status:
    """A line on stderr that moves while something takes long."""
    return screen(stderr=True).status(what)


def show_problems(title: str, problems: Sequence[Problem], style: str) -> None:
    """File, row, column and reason of each."""
    table = Table(title=title, title_justify="left", title_style=style, box=None, pad_edge=False)
    table.add_column("文件")
    table.add_column("行", justify="right")
    table.add_column("列")
    table.add_column("原因", overflow="fold")
    for problem in problems:
        row = str(problem.row or "")
        table.add_row(escape(problem.file), row, escape(problem.column), escape(problem.reason))
    screen().print(table)
