"""What the fault tests have people do, and what they look at afterwards."""

from collections import Counter

from bot.platforms.base import Answer, Raw
from bot.sandbox.sim import Sim
from storage import audit
from storage.records import Platform
from tests.world import World, title


def post(name: str) -> str:
    return f"/发布\n媒体：机电之声\n标题：{name}\n正文：经学校批准，特此公告。"


async def handed_in(world: World, name: str = "学院更名") -> None:
    """李老师 has handed a post in, and it waits for 孙老师."""
    await world.say("李老师", post(name))
    await world.click("李老师", "确认提交", of=name)


async def pass_time(world: World, seconds: float, step: float = 5) -> None:
    """Let the time go by, the courier looking in every few seconds."""
    until = world.now.timestamp() + seconds
    while world.now.timestamp() < until:
        world.step(step)
        await world.settle()


def shown_twice(world: World, name: str) -> list[str]:
    """Titles of cards that stand more than once on somebody's screen."""
    counts = Counter(title(s) for s in world.screen(name) if s.native is not None and not s.recalled)
    return [text for text, number in counts.items() if number > 1]


async def trail_is_whole() -> bool:
    return await audit.verify() is None


class Wiretap:
    """Keeps what a platform sends to the bot, to send it again."""

    def __init__(self, world: World, sim: Sim, platform: Platform) -> None:
        assert sim.deliver is not None
        self.world, self.platform = world, platform
        self.heard: list[Raw] = []
        self._deliver = sim.deliver
        sim.deliver = self

    async def __call__(self, raw: Raw) -> Answer:
        self.heard.append(raw)
        return await self._deliver(raw)

    async def again(self, raw: Raw) -> Answer:
        """The same bytes once more, to whichever process runs now."""
        machine = self.world.machine
        return await machine.platforms[self.platform].receive(raw, machine.dispatch, machine.clock())
