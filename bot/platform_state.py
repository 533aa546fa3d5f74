"""How each platform stands towards this app, in words: its token, its directory, and what to do about it."""

import asyncio
from collections.abc import Mapping

import structlog

from bot import metrics
from bot.platforms.base import Passing, Permanent, Platform
from cards import troubles
from cards.delivery import PLATFORMS
from cards.troubles import Trouble
from storage import db, marks
from storage.records import Platform as Name

log = structlog.get_logger(__name__)

PATIENCE = 10.0
"""Seconds that a platform is given for a token."""

CREDENTIALS = {
    Name.WECOM: "核对 QUANMEI_WECOM_CORP_ID、QUANMEI_WECOM_AGENT_ID、QUANMEI_WECOM_SECRET。",
    Name.FEISHU: (
        "核对 QUANMEI_FEISHU_APP_ID、QUANMEI_FEISHU_APP_SECRET；"
        "在飞书开放平台确认应用已发布，并已添加“机器人”能力。"
    ),
}
SCRAPED_WITHIN = 3.0
"""Seconds that it is given while somebody reads the metrics."""

NETWORK = "确认本机能访问{name}的接口地址，防火墙或代理没有拦截；稍后再试。"
_REMEDIES: Mapping[Trouble, str] = {
    Trouble.ADDRESS: "在{name}后台该应用的可信 IP（白名单）中加入本机的出口地址。",
    Trouble.DISABLED: "在{name}后台启用该应用，并确认已发布。",
    Trouble.PERMISSION: "在{name}后台给该应用补上权限；飞书还要发布一个新版本。",
    Trouble.SPENT: "请学校的{name}管理员增加调用额度，或等到下月。",
    Trouble.FAST: "平台限速，稍后会放行；一直不好，请在{name}后台看应用的调用额度。",
    Trouble.CALLBACK: "serve 运行时，在{name}后台保存回调地址。",
    Trouble.AWAY: NETWORK,
    Trouble.SILENT: NETWORK,
    Trouble.BROKEN: "等{name}恢复；长时间不好，请看它的公告。",
}


def remedy(name: Name, why: str) -> str:
    """What to do where a platform gives this reason, in the words of `Trouble`; else its credentials."""
    known = next((said for trouble, said in _REMEDIES.items() if trouble == why), CREDENTIALS[name])
    return known.format(name=PLATFORMS[name])


async def token(platform: Platform, patience: float = PATIENCE) -> str:
    """Why no token can be had, as `kept` would be of a letter; empty where one can."""
    try:
        await asyncio.wait_for(platform.ready(), patience)
    except Permanent as refused:
        return f"config: {refused}"
    except Passing as away:
        return away.why
    except TimeoutError as late:
        return type(late).__name__
    return ""


async def directory(name: Name) -> tuple[int, str]:
    """How often in a row the directory could not be read to its end, and why not the last time, in words."""
    mark = await marks.get(f"sync:{name}")
    value = mark.value if mark else {}
    said = str(value.get("why", ""))
    return int(value.get("failures", 0)), troubles.answer(said) or f"平台回答 {said.partition(' ')[0]}"


async def measure(platforms: Mapping[Name, Platform]) -> None:
    """What is wrong with each platform now, for whoever reads the metrics."""
    kept = await asyncio.gather(*(token(platform, SCRAPED_WITHIN) for platform in platforms.values()))
    found = {(name, "token"): troubles.why(said) for name, said in zip(platforms, kept, strict=True)}
    try:
        for name in platforms:
            failures, why = await directory(name)
            found[name, "directory"] = why if failures else ""
    except db.DatabaseError as failure:
        log.info("directory_unknown", why=type(failure).__name__)
    metrics.TROUBLE.clear()
    for (name, part), why in found.items():
        if why:
            metrics.TROUBLE.labels(name, part, why).set(1)
