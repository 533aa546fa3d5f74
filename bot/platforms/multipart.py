"""A form with one file in it, as both platforms take uploads (multipart/form-data, RFC 7578)."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from aiohttp import MultipartWriter
from aiohttp.hdrs import CONTENT_DISPOSITION, CONTENT_TYPE

BINARY = "application/octet-stream"

_QUOTED = {code: f"%{code:02X}" for code in (*range(0x20), 0x7F, ord('"'))}
"""What would end a name or its line is written as HTML's forms write it."""


@dataclass(frozen=True, slots=True)
class Multipart:
    """A body, and the content type that tells where its parts end."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The file of a form: the form's name for it, its own name, its content."""

    field: str
    name: str
    content: bytes
    media_type: str = BINARY


async def encode(fields: Mapping[str, str], file: Attached) -> Multipart:
    """The fields in their order, then the file; names are UTF-8."""
    form = MultipartWriter("form-data")
    for name, text in fields.items():
        _add(form, text, f'name="{name}"')
    said = f'name="{file.field}"; filename="{file.name.translate(_QUOTED)}"'
    _add(form, BytesIO(file.content), said, file.media_type or BINARY)  # of bytes themselves aiohttp warns
    return Multipart(await form.as_bytes(), form.content_type)


def _add(form: MultipartWriter, content: str | BytesIO, said: str, media_type: str = "") -> None:
    """aiohttp's own headers give a field a type, a Chinese name in percents, a backslash twice."""
    headers = form.append(content).headers
    headers.clear()
    headers[CONTENT_DISPOSITION] = f"form-data; {said}"
    if media_type:
        headers[CONTENT_TYPE] = media_type
