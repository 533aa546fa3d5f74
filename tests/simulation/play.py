"""A token played: a new file, a town on it, its story, quiet, and what is then not as it must be."""

import gc
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

import detangle
import structlog
from detangle.strategies import make_strategy

from bot import courier, writer
from storage import db, holds, opening, outbox, trail
from tests.conftest import found
from tests.dialogues.test_topic import examiner
from tests.simulation import invariants, quiet
from tests.simulation.store import Store
from tests.simulation.story import Story
from tests.simulation.token import LENGTHS, Token
from tests.simulation.town import Town

IDLE = 3600.0
"""Seconds between two looks of the courier's that nobody asked for: whoever moves the clock asks."""

Found = tuple[list[str], str, frozenset[str]]

WAYS = ("fifo", "random", "pct:2", "pct:3")
"""How the order of what could run next is drawn, by the seed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a token led to: the faults, none where all is well, what was said, and what stood in the end."""

    token: Token
    faults: tuple[str, ...]
    said: tuple[str, ...]
    mark: str = ""
    kinds: frozenset[str] = frozenset()
    """Of what there were requests."""


def drawn(seed: int, lengths: tuple[int, int] = LENGTHS) -> Token:
    """The whole story of a seed."""
    return Token(seed, tuple(range(Random(f"{seed}/length").randint(*lengths))))


class Stage:
    """Where stories are played: a directory with the founded university in it, on a database that has been
    `migrated` where there is one."""

    def __init__(self, directory: str, migrated: Path | None = None) -> None:
        self.founded, self._file = Path(directory) / "founded.db", Path(directory) / "played.db"
        if migrated:
            shutil.copyfile(migrated, self.founded)
        found(f"sqlite://{self.founded}", examiner)

    def play(self, token: Token) -> Outcome:
        for old in self._file.parent.glob("played.db*"):
            old.unlink()
        shutil.copyfile(self.founded, self._file)
        random, said, errors = Random(f"{token.seed}/ids"), list[str](), list[str]()
        strategy = make_strategy(WAYS[token.seed % len(WAYS)], token.seed)
        strategy.start(0)
        with _told(errors), _drawn_from(random):
            result = detangle.execute(
                _played, (str(self._file), token, said, errors), strategy=strategy,
                config=detangle.SimConfig(max_steps=400_000, fail_on_unobserved=False),
            )  # fmt: skip
        faults, mark, kinds = result.value or ([], "", frozenset())
        if result.failure:
            faults = [f"{result.failure.kind}: {result.failure.message}"]
        return Outcome(token, tuple(faults), tuple(said), mark, kinds)


@contextmanager
def stage(migrated: Path | None = None) -> Iterator[Stage]:
    """In memory where the system has a place for it: a file is written some hundred times a story."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as directory:
        yield Stage(directory, migrated)


async def _played(path: str, token: Token, said: list[str], errors: list[str]) -> Found:
    store = Store(path)
    with db.used(store):
        await store.open()
        try:
            async with opening._models(store):
                return await _lived(Town(store), token, said, errors)
        finally:
            await store.close()


async def _lived(town: Town, token: Token, said: list[str], errors: list[str]) -> Found:
    town.errors = errors
    errors_of.append(town)
    await town.open()
    again = detangle.spawn(town.born_again(Random(f"{token.seed}/birth").choice((0.5, 4, 20))))
    story = Story(town, token)
    story.said = said
    await story.told()
    if late := await quiet.down(town):
        return late, "", frozenset()
    again.cancel()
    faults = await invariants.faults(town, story)
    await town.close()
    kinds = frozenset(row["kind"] for row in town.store.look("SELECT DISTINCT kind FROM requests"))
    return faults, invariants.mark(town), kinds


errors_of: list[Town] = []
"""The town whose process logs, as long as one is played."""


@contextmanager
def _told(errors: list[str]) -> Iterator[None]:
    """Error lines of a living process are faults."""

    def catch(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in ("error", "exception", "critical") and not errors_of[-1].dying:
            errors.append(str(event))
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.processors.format_exc_info, catch], cache_logger_on_first_use=False
    )
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    gc.disable()
    try:
        with holds.checked():
            yield
    finally:
        errors_of.clear()
        structlog.reset_defaults()
        gc.enable()


@contextmanager
def _drawn_from(random: Random) -> Iterator[None]:
    """Ids from the seed, and no clock but the loop's."""
    secrets = SimpleNamespace(token_hex=lambda n: f"{random.getrandbits(8 * n):0{2 * n}x}")
    still = SimpleNamespace(perf_counter=lambda: 0.0)
    with (
        patch.object(outbox, "secrets", secrets),
        patch.object(trail, "secrets", secrets),
        patch.object(outbox, "_ticket", count()),
        patch.object(writer, "time", still),
        patch.object(courier, "IDLE", IDLE),
    ):
        yield
