"""Posts that dialogues begin with: how they are written, submitted and passed."""

from storage import requests
from storage.records import Request
from tests.world import World

FIELDS = {"媒体": "机电之声", "标题": "学院更名", "正文": "经学校批准，机电学院今日更名。"}


def post(**fields: str) -> str:
    """/发布 with the usual fields, changed or added to as `fields` say (an empty one is left out)."""
    lines = [f"{name}：{text}" for name, text in (FIELDS | fields).items() if text]
    return "\n".join(["/发布", *lines])


async def submit(world: World, who: str = "李老师", **fields: str) -> None:
    """Somebody writes a post and confirms it."""
    await world.say(who, post(**fields))
    await world.click(who, "确认提交")


async def pass_review(world: World, **fields: str) -> None:
    """李老师's post, up to the first-responsible person."""
    await submit(world, **fields)
    await world.click("孙老师", "审查通过")


async def pass_all(world: World, **fields: str) -> None:
    """李老师's post, ready to go out."""
    await pass_review(world, **fields)
    await world.click("王书记", "同意")


async def request(number: str = "FB-2026-0001") -> Request:
    """The request as it is kept; fails where there is none."""
    found = await requests.get(number)
    assert found is not None, number
    return found
