"""Notices that dialogues begin with: how they are written, issued, answered and passed."""

from storage import media
from tests.world import World

NUMBER, NOTICE = "ZG-2026-0001", "全媒体改〔2026〕1号"
FIELDS = {"媒体": "机电之声", "问题": "首页仍在使用旧校名", "要求": "更正校名，排查同类页面"}


def notice(**fields: str) -> str:
    """/整改 with the usual fields, changed or added to as `fields` say (an empty one is left out)."""
    return "\n".join(["/整改", *(f"{name}：{text}" for name, text in (FIELDS | fields).items() if text)])


async def issue(world: World, who: str = "钱主任", **fields: str) -> None:
    """The centre notifies the unit."""
    await world.say(who, notice(**fields))
    await world.click(who, "确认提交", of="整改通知")


async def reply(world: World, number: str = NUMBER) -> None:
    """The first-responsible person of 机电学院 answers."""
    day = f"{world.now:%Y-%m-%d}"
    await world.say(
        "王书记", f"/回复整改 {number}\n整改情况：已更正校名\n前后证据：旧页已下线\n完成日期：{day}"
    )
    await world.click("王书记", "确认提交", of=f"{NOTICE[:-2]}{int(number[-4:])}号")


async def state_of(name: str) -> str:
    return str((await media.called(name))[0].state)
