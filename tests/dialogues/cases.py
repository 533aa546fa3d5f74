"""Cases that dialogues begin with: how they are reported, accepted and decided."""

from tests.world import World

NUMBER = "WG-2026-0001"
ABOUT = {
    "对象类型": "师生个人",
    "人员": "何老师",
    "媒体": "机电之声",
    "条款": "14-3",
    "事实": "11月20日推送的报名日期与学校通知不一致",
    "发现日期": "2026-11-20",
    "证据": "页面已改，没有截图",
}
STOPPED = {
    "认定": "属实",
    "情节": "一般",
    "措施": "提醒、责令停止运行",
    "问题": "报名日期与学校通知不一致",
    "要求": "更正并排查",
    "理由": "经核对原文与学校通知，日期有误",
}


def lines(command: str, fields: dict[str, str]) -> str:
    return "\n".join([command, *(f"{name}：{text}" for name, text in fields.items() if text)])


async def reported(world: World, who: str = "唐老师", **fields: str) -> None:
    """Somebody reports what was seen of 机电之声 and 何老师."""
    await world.say(who, lines("/违规", ABOUT | fields))
    await world.click(who, "确认提交")


async def accepted(world: World, **fields: str) -> None:
    await reported(world, **fields)
    await world.click("钱主任", "立案")


async def pleads(world: World, who: str, words: str = "当天已更正", number: str = NUMBER) -> None:
    await world.say(who, f"/申辩 {number} {words}")
    await world.click(who, "确认提交")


async def heard(world: World, **fields: str) -> None:
    """A case in which both concerned have answered."""
    await accepted(world, **fields)
    await pleads(world, "何老师")
    await pleads(world, "王书记", "已要求更正")


async def decides(world: World, who: str = "钱主任", number: str = NUMBER, **fields: str) -> str:
    """Somebody of the centre decides it; returns the toast."""
    await world.say(who, lines(f"/处理 {number}", STOPPED | fields))
    return await world.click(who, "确认提交")


async def reviews(world: World, result: str, who: str = "赵老师", **fields: str) -> None:
    await world.say(who, lines(f"/复核 {NUMBER}", {"结论": result, "理由": "重新核对了材料", **fields}))
    await world.click(who, "确认提交")
