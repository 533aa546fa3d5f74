"""What a file is by its first bytes: its name may be 图片 and its media type that of any bytes."""

from pathlib import PurePosixPath

MB = 1024 * 1024
PICTURES = frozenset({"jpg", "png", "gif", "webp"})

_MARKS = (
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF8", "gif"),
    (8, b"WEBP", "webp"),
    (4, b"ftypiso", "mp4"),
    (4, b"ftypmp4", "mp4"),
    (4, b"ftypavc1", "mp4"),
    (4, b"ftypM4V", "mp4"),
)


def found(content: bytes) -> str:
    """`jpg`, `png`, `gif`, `webp` or `mp4`; empty for everything else."""
    return next((kind for at, mark, kind in _MARKS if content.startswith(mark, at)), "")


def ending(name: str) -> str:
    """The name's own ending, in lower case and without its dot."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def named(name: str, content: bytes) -> str:
    """The name with an ending that opens it, where it has none and the content says which."""
    kind = found(content)
    return f"{name}.{kind}" if kind and not ending(name) else name
