"""The words behind the command of a register: what is meant, and which page of it."""

import re

_PAGE = re.compile(r"(.*?)\s*第?([0-9]{1,3})页?")


def asked(words: str) -> tuple[str, int]:
    """全校 2 -> (全校, 2); the first page where none is named."""
    found = _PAGE.fullmatch(words.strip())
    return (found[1], max(1, int(found[2]))) if found and found[1] else (words.strip(), 1)
