"""The key of a WeCom button: what a click brings back of the button it was made for."""

import re

from cards.card import Button

_KEY = re.compile(r"([^|]+)\|([^|]*)\|([\w.-]{0,20})\|([0-9]{1,4})")


def button_key(button: Button) -> str:
    """`act|ref|step|version`."""
    return f"{button.act}|{button.ref}|{button.step}|{button.version}"


def parse_key(key: str) -> tuple[str, str, str, int]:
    """`act`, `ref`, `step`, `version`; of a key in another form, the key as the act.

    Digits are as many as any version's column takes on both databases.
    """
    if found := _KEY.fullmatch(key):
        act, ref, step, version = found.groups()
        return act, ref, step, int(version)
    return key, "", "", 0
