"""How long `audit verify` takes: `make bench ARGS=trail`. A few posts are played, and copied under numbers of
their own, with texts, digests and hashes that are true, until the trail has as many entries as the first
argument says (a million); then a new process verifies it.
"""

import asyncio
import os
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, cycle, zip_longest
from pathlib import Path
from typing import Any

from rich.console import Console

from handlers.chain.digest import digest
from storage import checkpoints, db, opening, trail
from storage.merkle import Frontier, leaf
from storage.notes import Signer
from storage.records import TrailEntry
from storage.rows import dump, load
from tests.bench_past import AT, LARGE, found
from tests.bench_played import Stage

ENTRIES = 1_000_000
PLAYED = 48
"""Posts that are played, of a unit each."""

TOGETHER = 16
"""Requests under way at a time: their entries take turns in the one order."""
PACE = 512
"""Entries between two checkpoints."""
APART = db.to_ms(AT + timedelta(minutes=8)) - db.to_ms(AT)
SIGNER = Signer("bench.example.edu.cn/quanmei", bytes(range(32)))
_TABLES = {"requests": "id", "versions": "request", "decisions": "request"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """A request with all that is kept of it."""

    number: str
    rows: Mapping[str, list[Row]]
    entries: list[TrailEntry]

    def copied(self, n: int, number: str, request: int) -> "Matter":
        """The same under another number, with another title."""
        words, forms = {self.number: number}, {}
        for version in self.rows["versions"]:
            form = load(version["form"]) | {"title": f"第 {n} 次更名公告"}
            kind = self.rows["requests"][0]["kind"]
            words[version["digest"]], forms[version["form"]] = digest(kind, form), dump(form)
        later = n * APART

        def anew(row: Row) -> Row:
            moved = {name: value + later for name, value in row.items() if _when(name) and value}
            said = {name: _said(value, words) for name, value in row.items() if isinstance(value, str)}
            text = {"form": forms[row["form"]]} if "form" in row else {}
            return row | said | moved | text

        rows = {table: [anew(row) for row in rows] for table, rows in self.rows.items()}
        for table, name in _TABLES.items():
            for row in rows[table]:
                row[name] = request
        entries, prev = [], ""
        for entry in self.entries:
            at = entry.at + timedelta(milliseconds=later)
            told = replace(
                entry, matter=number, at=at, digest=words.get(entry.digest, entry.digest),
                data=_said(entry.data, words), salt=secrets.token_hex(16), idx=None,
            )  # fmt: skip
            entries.append(trail.sealed(replace(told, prev=prev)))
            prev = entries[-1].hash
        rows["requests"][0]["trail_hash"] = prev
        return Matter(number, rows, entries)


def _when(name: str) -> bool:
    return name == "at" or name.endswith("_at")


def _said(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


async def played(url: str) -> list[Matter]:
    """A school, and what was played in it."""
    async with opening.opened(url):
        await opening.migrate()
        await found(LARGE)
        async with Stage() as stage:
            for unit in range(PLAYED):
                await (stage.revised if unit % 4 == 3 else stage.published)(unit)
        numbers = [row["number"] for row in await db.rows("SELECT number FROM requests ORDER BY id")]
        return [await _matter(number) for number in numbers]


async def _matter(number: str) -> Matter:
    rows = {}
    for table, name in _TABLES.items():
        sql = f"SELECT * FROM {table} WHERE {name} = (SELECT id FROM requests WHERE number = ?) ORDER BY id"
        rows[table] = [dict(row) for row in await db.rows(sql, number)]
    return Matter(number, rows, await trail.of(number))


class Books:
    """The database file, as one that has grown to its size."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        size, peaks = file.execute("SELECT size, peaks FROM trail_tree").fetchone()
        self.tree = Frontier.unpacked(size, peaks)
        self.series, self.last = file.execute(
            "SELECT name, value FROM counters WHERE name LIKE 'FB-%'"
        ).fetchone()
        self.request = file.execute("SELECT MAX(id) FROM requests").fetchone()[0]

    def grow(self, models: Iterable[Matter], size: int) -> None:
        """Copy the models in turn, until there are so many entries at least."""
        models = cycle(models)
        while self.tree.size < size:
            together = [self._next(next(models)) for _ in range(TOGETHER)]
            for table in _TABLES:
                self._add(table, chain.from_iterable(matter.rows[table] for matter in together))
            turns = chain.from_iterable(zip_longest(*(matter.entries for matter in together)))
            self._place([entry for entry in turns if entry])
        self._file.execute("UPDATE trail_tree SET size = ?, peaks = ?", (self.tree.size, self.tree.packed()))
        self._file.execute("UPDATE counters SET value = ? WHERE name = ?", (self.last, self.series))

    def _next(self, model: Matter) -> Matter:
        self.last += 1
        self.request += 1
        return model.copied(self.last, f"{self.series}-{self.last:04d}", self.request)

    def _add(self, table: str, rows: Iterator[Row]) -> None:
        kept = [row | ({"draft": None} if "draft" in row else {}) for row in rows]
        columns = [name for name in kept[0] if name != "id" or table == "requests"]
        marks = ", ".join(f":{name}" for name in columns)
        self._file.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", kept)

    def _place(self, entries: list[TrailEntry]) -> None:
        names = [name for name in TrailEntry.__slots__ if name != "at"]
        rows = [
            {name: getattr(entry, name) for name in names} | {"at": db.to_ms(entry.at), "idx": idx}
            for idx, entry in enumerate(entries, self.tree.size)
        ]
        self._add("trail", iter(rows))
        before = self.tree.size // PACE
        self.tree = self.tree.grown(leaf(bytes.fromhex(entry.hash)) for entry in entries)
        if self.tree.size // PACE > before:
            at = rows[-1]["at"]
            note = checkpoints.made(self.tree, SIGNER).note
            row = (self.tree.size, note, at, at)
            self._file.execute("INSERT INTO checkpoints VALUES (?, ?, ?, ?)", row)


def verified(folder: Path) -> tuple[float, float, str]:
    """Seconds of processor time, megabytes at the most, and what was said by `quanmei audit verify`."""
    (folder / "key").write_text(f"{SIGNER.written()}\n", encoding="utf-8")
    settings = {
        "QUANMEI_DATABASE_URL": f"sqlite://{folder}/bench.db", "QUANMEI_KEY_FILE": f"{folder}/key"
    }  # fmt: skip
    with (folder / "said").open("w+") as said:
        words = [sys.executable, "-m", "bot", "audit", "verify"]
        process = os.posix_spawn(
            sys.executable, words, os.environ | settings,
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), 1)],
        )  # fmt: skip
        _, _, used = os.wait4(process, 0)
        said.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.read().strip()


def main(entries: int = ENTRIES) -> None:
    with tempfile.TemporaryDirectory(prefix="quanmei-trail-") as name:
        folder = Path(name)
        file = folder / "bench.db"
        began = time.perf_counter()
        models = asyncio.run(played(f"sqlite://{file}"))
        with closing(sqlite3.connect(file)) as connection, connection:
            books = Books(connection)
            books.grow(models, entries)
        size, built = file.stat().st_size / 1e6, time.perf_counter() - began
        began = time.perf_counter()
        worked, megabytes, said = verified(folder)
        spent = time.perf_counter() - began
    Console().print(
        f"{books.tree.size} entries of {books.last} posts, {size:.0f} MB, built in {built:.0f} s\n{said}\n"
        f"{worked:.1f} s of processor time ({spent:.1f} s by the clock, load {os.getloadavg()[0]:.1f}),"
        f" {megabytes:.0f} MB at the most, {books.tree.size / worked:.0f} entries a second"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
