"""Forms with files (multipart/form-data) as the played platforms receive them."""

import re
from collections.abc import Mapping

from bot.platforms.multipart import BINARY, Attached

_BOUNDARY = re.compile(r'boundary="?([^";]+)')
_NAMED = re.compile(r'\bname="([^"]*)"')
_FILE = re.compile(r'\bfilename="([^"]*)"')
_TYPE = re.compile(r"content-type:\s*([^\r\n]+)", re.IGNORECASE)


def is_form(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").startswith("multipart/form-data")


def parts(headers: Mapping[str, str], body: bytes) -> dict[str, str | Attached]:
    """What the form holds by name, fields as text; empty where it cannot be read."""
    boundary = _BOUNDARY.search(headers.get("content-type", ""))
    if not boundary:
        return {}
    mark = b"\r\n--" + boundary[1].encode()
    found = [_part(part) for part in (b"\r\n" + body).split(mark)[1:-1]]
    return {name: value for name, value in found if name}


def _part(part: bytes) -> tuple[str, str | Attached]:
    raw, _, content = part.partition(b"\r\n\r\n")
    head = raw.decode(errors="replace")
    name, file, media_type = _NAMED.search(head), _FILE.search(head), _TYPE.search(head)
    if name is None:
        return "", ""
    if file is None:
        return name[1], content.decode(errors="replace")
    called = file[1].replace("%22", '"')
    return name[1], Attached(name[1], called, content, media_type[1].strip() if media_type else BINARY)
