"""Two bots on one PostgreSQL: what comes goes to one and to the other, at one moment where a test says so."""

import asyncio
import random
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from bot.machine import Machine
from bot.platforms.base import Answer, Raw
from storage import db, requests
from storage.records import Platform, Request
from tests.world import World

ROUNDS = 4
LONGEST_PAUSE = 0.004
"""Seconds a statement may wait for its turn: long enough for the other replica's to come between."""


class Pair:
    """A university with two bots: what comes goes to one and to the other in turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        first, second = world.machine, world.assemble()
        self.machines, self._turns = (first, second), cycle((first, second))
        world.wecom.deliver = self._delivery(Platform.WECOM)
        world.feishu.deliver = self._delivery(Platform.FEISHU)

    def _delivery(self, name: Platform) -> Callable[[Raw], Any]:
        async def deliver(raw: Raw) -> Answer:
            machine: Machine = next(self._turns)
            return await machine.platforms[name].receive(raw, machine.dispatch, machine.clock())

        return deliver

    async def press(self, name: str, button: str, of: str = "") -> None:
        """Press without waiting for what follows."""
        sim, account = self.world.where(name)
        shown = self.world.card(name, button, of)
        await sim.click(account, shown.id, button)

    async def write(self, name: str, text: str) -> None:
        sim, account = self.world.where(name)
        await sim.say(account, text)

    async def at_once(self, *acts: Any) -> None:
        """All of it at the same moment, statement between statement, and then every letter."""
        self.world.step()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("rows", "run"):
                patch.setattr(db, name, _hesitant(getattr(db, name)))
            await asyncio.gather(*acts)
        await self.world.settle()


CHANCE = random.Random(20261123)


def _hesitant(statement: Callable[..., Any]) -> Callable[..., Any]:
    async def after_a_moment(sql: str, *args: Any) -> Any:
        await asyncio.sleep(CHANCE.uniform(0, LONGEST_PAUSE))
        return await statement(sql, *args)

    return after_a_moment


async def count(table: str) -> int:
    return int((await db.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"])


async def of_number(number: str) -> Request:
    found = await requests.get(number)
    assert found is not None, number
    return found
