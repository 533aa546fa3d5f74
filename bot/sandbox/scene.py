"""What the sandbox page shows: the people, their screens, the clock and the switches."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.platforms.file_kinds import PICTURES, found
from bot.sandbox.sim import Shown, Sim

FAULTS = ("down", "slow", "limited", "lost")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on the page: `platform` is feishu or wecom, `account` that person's id there."""

    name: str
    title: str
    platform: str
    account: str


class Moves(Protocol):
    """What the bot's side lets the page see and do."""

    def now(self) -> datetime:
        """The sandbox's time, aware."""
        ...

    def next_morning(self) -> datetime:
        """The next working day's morning, late enough that its reminders are due."""
        ...

    async def read_directories(self) -> None:
        """Let the bot look at what the directories have told it, and read what is due."""
        ...

    async def advance(self, minutes: int) -> None:
        """Move the clock and let everything happen that falls due on the way."""
        ...

    async def picture(self, number: str, width: int) -> str | None:
        """The way of a request through its chain as SVG, so many pixels wide; None where there is none."""
        ...

    def status(self) -> Mapping[str, int]:
        """How many letters wait and how many are given up: `queued` and `dead`."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is on the page: at first the `cast` are seen, and the `others` can be chosen;
    `example` is a first message to try."""

    sims: Mapping[str, Sim]
    cast: Sequence[Actor]
    others: Sequence[Actor]
    moves: Moves
    example: str

    @property
    def people(self) -> tuple[Actor, ...]:
        return (*self.cast, *self.others)

    def group(self, platform: str) -> str:
        """The platform's group chat with the bot; empty where it has none."""
        return next(iter(self.sims[platform].groups), "")

    def left(self) -> list[str]:
        """The accounts of those whom their platform's directory has no more."""
        return [actor.account for actor in self.people if self.sims[actor.platform].has_left(actor.account)]

    def screen(self, actor: Actor) -> list[Shown]:
        return self.sims[actor.platform].screens.get(actor.account, [])

    def frame(self) -> dict[str, Any]:
        """All but the messages; the time is cut to minutes, so a running clock is quiet."""
        return {
            "now": self.moves.now().replace(second=0, microsecond=0),
            "status": dict(self.moves.status()),
            "faults": {name: switches(sim) for name, sim in self.sims.items()},
            "left": self.left(),
        }


class Viewer:
    """One open page, and what it has been told so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.frame: dict[str, Any] = {}
        self.marks: dict[tuple[str, int], tuple[int, bool]] = {}

    def everything(self) -> dict[str, Any]:
        """The whole page, as a page that has just been opened needs it."""
        scene = self.scene
        standing = {
            "cast": [asdict(actor) for actor in scene.cast],
            "others": [asdict(actor) for actor in scene.others],
            "groups": {platform: scene.group(platform) for platform in scene.sims},
            "example": scene.example,
        }
        return standing | self.news()

    def news(self) -> dict[str, Any]:
        """What has changed since the last call; empty where nothing has."""
        now = self.scene.frame()
        changed = {name: value for name, value in now.items() if self.frame.get(name) != value}
        self.frame = now
        if messages := self._messages():
            changed["messages"] = messages
        return changed

    def _messages(self) -> list[dict[str, Any]]:
        found = []
        for actor in self.scene.people:
            for place, shown in enumerate(self.scene.screen(actor)):
                mark = (shown.version, shown.recalled)
                if self.marks.get((actor.account, place)) != mark:
                    self.marks[actor.account, place] = mark
                    found.append(message(place, shown))
        return found


def switches(sim: Sim) -> dict[str, bool]:
    return {name: bool(getattr(sim.faults, name)) for name in FAULTS}


def message(place: int, shown: Shown) -> dict[str, Any]:
    """A message as the page gets it; `place` is its index on its person's screen.

    Of a file it gets the name and whether it is a picture; the content is fetched by itself.
    """
    names = ("id", "account", "at", "native", "text", "mine", "recalled", "version", "chat", "sender")
    said = {"place": place} | {name: getattr(shown, name) for name in names}
    if shown.file is None:
        return said
    return said | {"file": {"name": shown.file.name, "picture": found(shown.file.content) in PICTURES}}
