"""The main job, played by four people: each step is printed as what that person sees."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.sandbox.scene import Actor
from bot.sandbox.sim import Shown
from bot.sandbox.stage import CAST, Stage

PATIENCE = 15.0
POST = """/发布
媒体：机电之声
标题：研究生国家奖学金评审结果公示
正文：经学院评审委员会评议，现将拟推荐名单予以公示，公示期五个工作日。
类别：通知公告"""
_CHAT = {"wecom": "企业微信", "feishu": "飞书"}
_COLOURS = {"wecom": "green", "feishu": "blue"}
_SAID = ("content", "title", "desc", "text", "sub_title_text", "replace_text")
_UNSEEN = ("config", "behaviors", "option_list", "options", "placeholder")


class StoryFailed(Exception):
    """A step of the story did not happen in time: who should have seen what."""


class Story:
    """Plays the story on a stage and prints it."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self._stage, self._console = stage, console
        self._actors = {actor.name: actor for actor in CAST}
        self._steps = 0

    async def play(self) -> None:
        """From /发布 to the receipt; raises StoryFailed at the first step that does not happen."""
        await self._say("李老师", POST)
        await self._sees("李老师", "请确认")
        await self._click("李老师", "确认提交", "请确认")
        await self._sees("李老师", "审批中 FB-")
        await self._sees("孙老师", "待审查 FB-")
        await self._click("孙老师", "审查通过", "待审查")
        await self._sees("王书记", "待审批 FB-")
        await self._click("王书记", "同意并报中心", "待审批")
        card = await self._sees("赵老师", "待审批 FB-")
        await self._click("赵老师", "同意", "待审批")
        await self._sees("李老师", "可发布 FB-")
        number = title(card).split()[1]
        await self._say("李老师", f"/回执 {number} https://mp.weixin.qq.com/s/jidianzhisheng")
        await self._sees("李老师", "已发布 FB-")

    async def _say(self, name: str, text: str) -> None:
        actor = self._actors[name]
        self._announce(actor, "发送")
        self._console.print(Panel(Text(text), border_style="dim", width=72))
        await self._stage.sims[actor.platform].say(actor.account, text)

    async def _click(self, name: str, button: str, of: str) -> None:
        actor = self._actors[name]
        shown = self._find(actor, of)
        if shown is None:
            raise StoryFailed(f"{name} has no card {of!r} to press {button!r} on")
        self._announce(actor, f"按下“{button}”")
        await self._stage.sims[actor.platform].click(actor.account, shown.id, button)

    async def _sees(self, name: str, start: str) -> Shown:
        """Wait until that person's screen shows a message that begins so, and print it."""
        actor = self._actors[name]
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while (shown := self._find(actor, start)) is None:
            if asyncio.get_running_loop().time() > deadline:
                raise StoryFailed(f"{name} should have seen {start!r}")
            await asyncio.sleep(0.02)
        self._announce(actor, "看到")
        body = Text("\n".join(texts(shown.native)) if shown.native else shown.text)
        self._console.print(Panel(body, border_style=_COLOURS[actor.platform], width=72))
        return shown

    def _find(self, actor: Actor, start: str) -> Shown | None:
        screen = self._stage.sims[actor.platform].screens.get(actor.account, [])
        for shown in reversed(screen):
            if not shown.mine and not shown.recalled and title(shown).startswith(start):
                return shown
        return None

    def _announce(self, actor: Actor, what: str) -> None:
        self._steps += 1
        who = f"[bold]{actor.name}[/bold] [dim]{_CHAT[actor.platform]} · {actor.title}[/dim]"
        self._console.print(f"{self._steps:>2}. {who}  {what}")


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
