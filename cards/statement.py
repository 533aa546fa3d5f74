"""The draft of a public statement on an account that uses the name of the school or a unit; plain text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cards.form_impersonation import PERSON
from storage.records import Medium

_SHOWN = 12
"""Accounts that a statement lists; the rest stand behind /官方吗."""


def draft(form: Mapping[str, Any], unit: str, official: Sequence[Medium], today: date) -> str:
    """What may be published once somebody has looked it over and had it approved; nobody is named."""
    whose = "我校师生" if form.get("target") == PERSON else f"“{form.get('impersonated', '')}”"
    known = f"（ID：{form['account_id']}）" if form.get("account_id") else ""
    did = "、".join(one for one in form.get("behaviour") or () if one != "其他")
    acted = f"对外活动（{did}）" if did else "对外活动"
    lines = [
        "声明（草稿）",
        f"近日发现，{form.get('platform', '')}账号“{form.get('fake_name', '')}”{known}以{whose}名义{acted}。",
        f"该账号不是{unit}开设或授权的账号，其发布的内容与{unit}无关。",
    ]
    if official:
        lines.append(f"{unit}在册的账号有：")
        lines += [f"· {medium.name}（{medium.platform_type}）" for medium in official[:_SHOWN]]
    lines += [
        "请注意辨别，不要向该账号提供个人信息或转账；已受损失的，请及时报警。",
        unit,
        f"{today.year}年{today.month}月{today.day}日",
    ]
    return "\n".join(lines)


def told(number: str, text: str) -> str:
    """The draft with what it is: nothing goes out by itself."""
    return f"{number} 的声明草稿，供修改，不会自动发布；要发布请走 /发布 审批（第六条（三）1）。\n\n{text}"
