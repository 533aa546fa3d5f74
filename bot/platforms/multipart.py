"""A form with one file in it, as both platforms take uploads (multipart/form-data, RFC 7578)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

BINARY = "application/octet-stream"


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


def encode(fields: Mapping[str, str], file: Attached) -> Multipart:
    """The fields in their order, then the file; names are UTF-8."""
    boundary = secrets.token_hex(16)
    parts = [_part(boundary, f'name="{name}"', "", text.encode()) for name, text in fields.items()]
    said = f'name="{file.field}"; filename="{_quoted(file.name)}"'
    parts.append(_part(boundary, said, file.media_type or BINARY, file.content))
    return Multipart(
        b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"
    )


def _part(boundary: str, disposition: str, media_type: str, content: bytes) -> bytes:
    typed = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{typed}\r\n"
    return b"".join((head.encode(), content, b"\r\n"))


def _quoted(name: str) -> str:
    """What would end the name or its line is written as HTML's forms write it."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
