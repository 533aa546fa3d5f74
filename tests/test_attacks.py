"""Whoever has the database bends the trail of a played half-year: the check that an attack names catches it.

The table is that of docs/operations.md. What an attack leaves out shows that it is one: `verify` alone finds
nothing of what only a kept checkpoint can find.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from handlers import audit
from storage import checkpoints, db, opening, published, trail
from storage.checkpoints import Checkpoint
from storage.merkle import Frontier, leaf
from storage.notes import Signer
from storage.places import ORDER, Break
from storage.records import TrailEntry
from tests.half_year import FB, ZG1
from tests.test_half_year import Player, newcomers
from tests.year_days import at

SIGNER = Signer("media.example.edu.cn/quanmei", bytes(range(32)))
HALF_WAY = at("2026-09-15 00:00")
STATE = "申请的状态、环节或版本与留痕不一致"
VERSIONS = "各版本的内容与留痕不一致"
DECISIONS = "审批意见与留痕不一致"


class Played:
    """The files of a half-year, as it was at its end and half-way, and what people have kept of it."""

    def __init__(self, full: Path, backup: Path, kept: list[Checkpoint]) -> None:
        self.full, self.backup, self.kept = full, backup, kept


@pytest.fixture(scope="module")
def played(_sqlite_founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("attacked")
    full, backup = Path(shutil.copy(_sqlite_founded, folder / "full.db")), folder / "backup.db"

    async def play() -> list[Checkpoint]:
        async with opening.opened(f"sqlite://{full}?synchronous=OFF"):
            await newcomers()
            player = Player(SIGNER)
            await player.play(HALF_WAY)
            with closing(sqlite3.connect(full)) as from_, closing(sqlite3.connect(backup)) as to:
                from_.backup(to)
            await player.play()
            return [checkpoints.within(made.note)[0] for made in await published.every()]

    with ThreadPoolExecutor(1) as thread:
        kept = thread.submit(asyncio.run, play()).result()
    return Played(full, backup, kept)


@pytest.fixture
def copy(played: Played, tmp_path: Path) -> Path:
    return Path(shutil.copy(played.full, tmp_path / "copy.db"))


async def found(file: Path, told: Sequence[Checkpoint] = ()) -> Break | None:
    """What `quanmei audit verify` finds, with the checkpoints that were kept."""
    async with opening.opened(f"sqlite://{file}"):
        return await audit.verify(told=told, keys=[SIGNER.verifier])


class Attacker:
    """Writes to the file what is needed for all hashes, heads, places and the tree to fit again."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def forge(self, matter: str, seq: int, note: str) -> None:
        """Change what an entry says, and seal it and all behind it anew."""
        async with opening.opened(f"sqlite://{self.file}?synchronous=OFF"):
            entries = await trail.of(matter)
            prev, sealed = "", list[TrailEntry]()
            for entry in entries:
                bent = replace(entry, note=note) if entry.seq == seq else entry
                sealed.append(trail.sealed(replace(bent, prev=prev)))
                prev = sealed[-1].hash
            async with db.transaction():
                for one in sealed:
                    sql = "UPDATE trail SET note = ?, prev = ?, hash = ? WHERE matter = ? AND seq = ?"
                    await db.run(sql, one.note, one.prev, one.hash, matter, one.seq)
                await db.run("UPDATE requests SET trail_hash = ? WHERE number = ?", prev, matter)
            await self._made_fit()

    async def remove(self, number: str) -> None:
        """Take a matter away with its trail, and close the gap; its number was the last of its series."""
        async with opening.opened(f"sqlite://{self.file}?synchronous=OFF"):
            async with db.transaction():
                for table in ("versions", "decisions", "holders"):
                    await db.run(
                        f"DELETE FROM {table} WHERE request = (SELECT id FROM requests WHERE number = ?)",
                        number,
                    )
                await db.run("DELETE FROM requests WHERE number = ?", number)
                await db.run("DELETE FROM trail WHERE matter = ?", number)
                await db.run("UPDATE counters SET value = value - 1 WHERE name = ?", number[:7])
                await db.run("UPDATE trail SET idx = -1 - idx")
                await db.run(
                    "UPDATE trail SET idx = n.idx FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY idx DESC) - 1"
                    " AS idx FROM trail) n WHERE n.id = trail.id"
                )
            await self._made_fit()

    async def _made_fit(self) -> None:
        """The tree over what stands there now; checkpoints of before are no longer known here."""
        rows = await db.rows("SELECT hash FROM trail ORDER BY idx")
        tree = Frontier().grown(leaf(bytes.fromhex(row["hash"])) for row in rows)
        await db.run("UPDATE trail_tree SET size = ?, peaks = ?", tree.size, tree.packed())
        await db.run("DELETE FROM checkpoints")

    async def signed(self) -> Checkpoint:
        """A checkpoint of this history with the very key."""
        async with opening.opened(f"sqlite://{self.file}"):
            rows = await db.rows("SELECT hash FROM trail ORDER BY idx")
            tree = Frontier().grown(leaf(bytes.fromhex(row["hash"])) for row in rows)
            return checkpoints.made(tree, SIGNER)


async def test_what_nobody_bent_is_whole(played: Played) -> None:
    assert len(played.kept) > 20
    assert await found(played.full, played.kept) is None
    assert await found(played.backup, played.kept[:3]) is None


async def test_b_an_entry_that_was_edited_and_resealed(played: Played, copy: Path) -> None:
    await Attacker(copy).forge(ZG1, 1, "改过")

    assert await found(copy) is None  # nothing of this shows by itself
    broken = await found(copy, played.kept)
    assert broken
    assert (broken.matter, "与当时公布的检查点不符" in broken.why) == (ORDER, True)


async def test_a_the_end_cut_off_or_an_old_backup_put_back(played: Played) -> None:
    assert await found(played.backup) is None
    broken = await found(played.backup, played.kept[-1:])
    assert broken
    assert "末尾被删去，或恢复过旧的备份" in broken.why


async def test_c_a_matter_taken_away_with_its_trail(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as file, file:
        file.execute("DELETE FROM trail WHERE matter = ?", [FB])
        file.execute("DELETE FROM requests WHERE number = ?", [FB])
    broken = await found(copy)
    assert broken
    assert (broken.matter, broken.why[:4], broken.why[-6:]) == (ORDER, "idx ", "的一条不见了")


async def test_b_and_c_a_matter_taken_away_and_the_gap_closed(played: Played, copy: Path) -> None:
    await Attacker(copy).remove(FB)

    assert await found(copy) is None
    broken = await found(copy, played.kept)
    assert broken
    assert broken.matter == ORDER


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("UPDATE versions SET form = replace(form, '仍用', '从未用') WHERE form LIKE '%仍用%'", VERSIONS),
        ("UPDATE decisions SET reason = '另有原因' WHERE act = 'approve'", DECISIONS),
        ("UPDATE decisions SET actor = '1101' WHERE actor = '1102'", DECISIONS),
        (f"UPDATE requests SET state = 'withdrawn' WHERE number = '{FB}'", STATE),
    ],
)  # fmt: skip
async def test_e_something_changed_beside_the_trail(copy: Path, sql: str, why: str) -> None:
    with closing(sqlite3.connect(copy)) as file, file:
        assert file.execute(sql).rowcount

    broken = await found(copy)
    assert broken
    assert broken.why == why


async def test_b_a_stolen_key_signs_another_history(played: Played, copy: Path) -> None:
    await Attacker(copy).forge(ZG1, 1, "另一段历史")
    theirs = await Attacker(copy).signed()

    assert checkpoints.signed_by(theirs, [SIGNER.verifier])
    assert await found(copy, [theirs]) is None
    assert await found(copy, [theirs, played.kept[-1]]) is not None


async def test_two_histories_shown_to_two_people(played: Played, copy: Path) -> None:
    await Attacker(copy).forge(ZG1, 1, "改过")
    [one, another] = [await Attacker(file).signed() for file in (played.full, copy)]

    assert one.size == another.size
    for file in (played.full, copy):
        assert await found(file, [one, another]) is not None


async def test_d_a_checkpoint_that_somebody_made_up(played: Played) -> None:
    made_up = checkpoints.made(Frontier(), Signer(SIGNER.name, bytes(32)))
    broken = await found(played.full, [made_up])
    assert broken
    assert "不是用已知的密钥签名的" in broken.why
