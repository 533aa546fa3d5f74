"""After the story: nothing fails any more, what was not taken comes again, and everything leaves."""

import asyncio
from datetime import timedelta

from storage import db
from tests.simulation.town import Town

ROUNDS = 30
STEP = timedelta(minutes=4)
"""Longer than any wait before the next try is, but for letters that several tries have failed."""


async def down(town: Town) -> list[str]:
    """Everything that was on its way has arrived; letters that have not after hours are faults."""
    _healed(town)
    for _ in range(ROUNDS):
        await town.feishu.redeliver()
        await town.wecom.redeliver()
        town.machine.wake()
        await asyncio.sleep(2)
        if not _due(town):
            return []
        town.now += STEP
    return [f"not quiet: {row}" for row in _due(town)]


def _healed(town: Town) -> None:
    town.fates.clear()
    town.out.clear()
    town.store.dies_in = 0
    for sim in (town.feishu, town.wecom):
        sim.faults.down = sim.faults.limited = sim.faults.lost = False


def _due(town: Town) -> list[str]:
    soon = db.to_ms(town.clock() + timedelta(minutes=10))
    sql = (
        "SELECT id, kind, person, template, state, error FROM letters"
        " WHERE state IN ('queued', 'sending') AND next_at <= ? ORDER BY id"
    )
    return [str(row) for row in town.store.look(sql, soon)] if not town.dying else ["dying"]
