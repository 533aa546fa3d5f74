"""How a story is told: people write, press and see, and each step is printed as what that person sees."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeVar

from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.sandbox.scene import Actor
from bot.sandbox.sim import Shown
from bot.sandbox.stage import CAST, Stage

T = TypeVar("T")
PATIENCE = 15.0
WIDTH = 72
_CHAT = {"wecom": "企业微信", "feishu": "飞书"}
_COLOURS = {"wecom": "green", "feishu": "blue"}
_SAID = ("content", "title", "desc", "text", "sub_title_text", "replace_text")
_UNSEEN = ("config", "behaviors", "option_list", "options", "placeholder")


class StoryFailed(Exception):
    """A step of the story did not happen in time: who should have seen what."""


class Teller:
    """Makes the cast act on a stage, and prints it; what stood on a screen before `later` is past."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self.stage, self._console = stage, console
        self._actors = {actor.name: actor for actor in CAST}
        self._past: dict[str, int] = {}
        self._steps = 0

    async def say(self, name: str, text: str) -> None:
        actor = self._actors[name]
        self._announce(actor, "发送")
        self._console.print(Panel(Text(text), border_style="dim", width=WIDTH))
        await self.stage.sims[actor.platform].say(actor.account, text)

    async def click(self, name: str, button: str, of: str) -> None:
        """Press a button of the newest card whose title begins with `of`."""
        actor = self._actors[name]
        shown = self.find(name, of)
        if shown is None:
            raise StoryFailed(f"{name} has no card {of!r} to press {button!r} on")
        self._announce(actor, f"按下“{button}”")
        await self.stage.sims[actor.platform].click(actor.account, shown.id, button)

    async def sees(self, name: str, start: str | re.Pattern[str], having: str = "") -> Shown:
        """Wait until that person's screen shows a message that begins so and has those words; print it."""

        async def look() -> Shown | None:
            return self.find(name, start, having)

        shown = await until(look, f"{name} should have seen {getattr(start, 'pattern', start)!r}")
        self.show(name, shown)
        return shown

    def show(self, name: str, shown: Shown) -> None:
        """Print a message as that person sees it."""
        actor = self._actors[name]
        self._announce(actor, "看到")
        body = Text("\n".join(words(shown)))
        self._console.print(Panel(body, border_style=_COLOURS[actor.platform], width=WIDTH))

    def find(self, name: str, start: str | re.Pattern[str], having: str = "") -> Shown | None:
        """The newest such message on that person's screen; `start` is a pattern or the very words."""
        begins = re.compile(re.escape(start)) if isinstance(start, str) else start
        for shown in reversed(self.news(name)):
            if begins.match(title(shown)) and having in "\n".join(words(shown)):
                return shown
        return None

    def news(self, name: str) -> list[Shown]:
        """What that person was sent since `later`, oldest first."""
        actor = self._actors[name]
        screen = self.stage.sims[actor.platform].screens.get(actor.account, [])
        return [s for s in screen[self._past.get(name, 0) :] if not s.mine and not s.recalled]

    def later(self, what: str) -> None:
        """Begin a new scene under that heading."""
        for name, actor in self._actors.items():
            self._past[name] = len(self.stage.sims[actor.platform].screens.get(actor.account, []))
        self._console.print(Rule(what, align="left", style="yellow"), width=WIDTH)

    def _announce(self, actor: Actor, what: str) -> None:
        self._steps += 1
        who = f"[bold]{actor.name}[/bold] [dim]{_CHAT[actor.platform]} · {actor.title}[/dim]"
        self._console.print(f"{self._steps:>2}. {who}  {what}")


async def until(look: Callable[[], Awaitable[T | None]], otherwise: str) -> T:
    """What `look` finds in the end; raises StoryFailed with `otherwise` where it finds nothing."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (found := await look()) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise StoryFailed(otherwise)
        await asyncio.sleep(0.02)
    return found


def words(shown: Shown) -> list[str]:
    """What a message says, line by line."""
    return texts(shown.native) if shown.native else [shown.text]


def title(shown: Shown) -> str:
    """A card's title or a text's first line."""
    if shown.native is None:
        return shown.text.split("\n", 1)[0].strip("【】")
    if "main_title" in shown.native:
        return str(shown.native["main_title"].get("title", ""))
    return str(shown.native["header"]["title"]["content"])


def texts(native: Mapping[str, Any] | None) -> list[str]:
    """The words of a card in the order they stand, each once."""
    return list(dict.fromkeys(filter(None, _words(native or {}))))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "keyname" in node:
            yield f"{node['keyname']}：{node.get('value', '')}"
            return
        for name, value in node.items():
            if isinstance(value, str) and name in _SAID:
                yield value
            elif name not in _UNSEEN:
                yield from _words(value)
    elif isinstance(node, list):
        for part in node:
            yield from _words(part)
