"""`quanmei demo`: the whole product on loopback, its main job played, then a page to try it on."""

import asyncio
import logging
import signal

from rich.console import Console

from bot.logs import set_up
from bot.sandbox.stage import Stage
from bot.sandbox.staging import staged
from bot.sandbox.story import Story
from bot.sandbox.telling import StoryFailed

USUAL_PORT = 8090


def run(*, once: bool, port: int | None) -> int:
    """Play the story; with `once` end then, else serve the page until Ctrl-C. Returns the exit code."""
    import uvloop

    set_up("console", level=logging.WARNING)
    return uvloop.run(_run(once, port))


async def _run(once: bool, port: int | None) -> int:
    console = Console(highlight=False)
    try:
        return await _perform(console, once, 0 if once and port is None else port or USUAL_PORT)
    except OSError as taken:
        console.print(f"[red]端口不能用：{taken.strerror or taken}。请换一个：quanmei demo --port 8091[/red]")
        return 1


async def _perform(console: Console, once: bool, port: int) -> int:
    async with staged(port) as stage:
        try:
            await Story(stage, console).play()
        except StoryFailed as failed:
            console.print(f"[red]The story stopped: {failed}[/red]")
            return 1
        console.print(
            "[green]故事演完：一份稿件从提交到发布登记，一次漏报的变更从提醒到备案，"
            "跨企业微信和飞书走完了第六条。[/green]"
        )
        if not once:
            await _serve(console, stage)
    return 0


async def _serve(console: Console, stage: Stage) -> None:
    console.print(f"\n四个人的聊天窗口在这里：[bold]{stage.page}[/bold]   按 Ctrl-C 结束。")
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    await told.wait()
