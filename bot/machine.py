"""The running parts of the program, started and stopped together."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.alarming import EVERY as ALARM_EVERY
from bot.alarming import Alarms
from bot.checkpointing import EVERY as CHECKPOINT_EVERY
from bot.checkpointing import Checkpoints
from bot.courier import Courier
from bot.directory import EVERY, Directories
from bot.dispatch import Compose, Dispatch, Handle
from bot.platforms.base import Clock, Platform
from bot.reads import EVERY as READ_EVERY
from bot.reads import Reads
from bot.ticks import Ticks
from bot.writer import Writer
from storage import db, outbox
from storage.notes import Signer
from storage.records import Platform as Name

STOP_WITHIN = 7.0
"""Seconds for the machine, after two for the web server: ten is what supervisors give."""


@dataclass(slots=True)
class Machine:
    """The running parts: who writes, who carries, who ticks."""

    writer: Writer
    dispatch: Dispatch
    courier: Courier
    ticks: Ticks
    directories: Directories
    reads: Reads
    checkpoints: Checkpoints
    alarms: Alarms
    platforms: Mapping[Name, Platform]
    clock: Clock

    @classmethod
    def assemble(
        cls,
        platforms: Mapping[Name, Platform],
        handle: Handle,
        compose: Compose,
        clock: Clock,
        signer: Signer | None = None,
    ) -> "Machine":
        """`signer` signs the heads of the trail; without it none are made."""
        writer = Writer()
        dispatch = Dispatch(writer, handle, compose, lambda: courier.wake())
        courier = Courier(platforms, writer, dispatch, compose, clock)
        ticks = Ticks(dispatch, clock)
        directories = Directories(platforms, writer, dispatch, clock)
        ticks.also(directories.look, EVERY)
        reads = Reads(platforms, writer, dispatch, clock)
        ticks.also(reads.look, READ_EVERY)
        checkpoints = Checkpoints(signer, writer, clock)
        ticks.also(checkpoints.look, CHECKPOINT_EVERY)
        alarms = Alarms(platforms, writer, clock)
        ticks.also(alarms.look, ALARM_EVERY)
        return cls(
            writer, dispatch, courier, ticks, directories, reads, checkpoints, alarms, platforms, clock
        )

    async def start(self, *, alone: bool = True) -> None:
        """`alone`: no other process shares the database, so leases of a crashed one are void."""
        self.writer.start()
        if alone and not db.is_postgres():
            await self.writer.do(outbox.release_all)
        for platform in self.platforms.values():
            await platform.start(self.dispatch)
        self.courier.start()
        self.ticks.start()

    async def remind(self) -> None:
        """Queue the reminders that are due now."""
        await self.ticks.tick("remind")

    async def read_directories(self) -> None:
        await self.directories.look()

    def wake(self) -> None:
        """Deliver what was queued by others."""
        self.courier.wake()

    async def stop(self) -> None:
        """Stop taking, finish what was accepted, leave the rest in the outbox."""
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN):
                await self.ticks.stop()
                platforms = [platform.stop() for platform in self.platforms.values()]
                await asyncio.gather(self.courier.stop(), *platforms)
                await self.writer.stop()
