"""What a licence says of a day: a hint to author and reviewer, never a refusal (Article 9)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_NUMBER = re.compile(r"BQ-\d{4}-\d{4,}", re.ASCII)


def numbers(text: str) -> list[str]:
    """The licences that 授权证明 names, each once."""
    return list(dict.fromkeys(_NUMBER.findall(text.upper())))


def on(form: Mapping[str, Any] | None, day: date, *, own: bool, stands: bool) -> str:
    """图片，当日有效: of which asset it is, and what it is worth on that day; the last day counts.

    `form` is None where there is no such licence, `own` whether it is the unit's, `stands` whether it is
    still on the register.
    """
    if form is None:
        return "查无此号"
    if not own:
        return "不是本单位登记的"
    kind = str(form["kind"])
    if not stands:
        return f"{kind}，已注销登记"
    if day < date.fromisoformat(str(form["valid_from"])):
        return f"{kind}，当日尚未生效"
    return f"{kind}，当日{'有效' if day <= date.fromisoformat(str(form['until'])) else '已过期'}"
