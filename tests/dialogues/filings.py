"""Filings and changes that dialogues begin with: how they are written, submitted and passed."""

from tests.world import World

FILING = {
    "媒体名称": "机电青春",
    "平台类型": "视频号",
    "运营负责人": "李老师",
    "管理员": "李老师、何老师",
    "定位": "发布学院学生活动的短视频，服务师生和校友。",
}
CHANGE = {"媒体": "机电之声", "变更日期": "2026-11-20", "管理员": "李老师、何老师"}


def filing(**fields: str) -> str:
    """/备案 with the usual fields, changed or added to as `fields` say (an empty one is left out)."""
    return _lines("备案", FILING | fields)


def change(**fields: str) -> str:
    """/变更 with the usual fields, changed or added to as `fields` say (an empty one is left out)."""
    return _lines("变更", CHANGE | fields)


def _lines(command: str, fields: dict[str, str]) -> str:
    return "\n".join([f"/{command}", *(f"{name}：{text}" for name, text in fields.items() if text)])


async def file(world: World, who: str = "李老师", **fields: str) -> None:
    """Somebody writes a filing and confirms it."""
    await world.say(who, filing(**fields))
    await world.click(who, "确认提交")


async def file_change(world: World, who: str = "李老师", **fields: str) -> None:
    """Somebody writes a change and confirms it."""
    await world.say(who, change(**fields))
    await world.click(who, "确认提交")


async def pass_filing(world: World, **fields: str) -> None:
    """A filing of 李老师's, passed by both."""
    await file(world, **fields)
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")
