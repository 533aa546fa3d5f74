"""What an app uploads to the played Feishu, and the messages that show it, by the documented limits."""

from collections.abc import Mapping
from typing import Any

from bot.platforms.file_kinds import MB, PICTURES, found
from bot.platforms.multipart import Attached

IMAGES = "/open-apis/im/v1/images"
FILES = "/open-apis/im/v1/files"
TYPES = frozenset({"opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"})
SHOWN_AS = {"opus": "audio", "mp4": "media"}
"""The msg_type that a file_type can be sent as, where it is not `file`."""


class NotTaken(Exception):
    """An upload or its message is refused, with the platform's code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Uploads:
    """Files by their key, each with the msg_type it may be sent as."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Attached]] = {}

    def image(self, form: Mapping[str, Any]) -> dict[str, str]:
        """im-v1/image/create: a picture of at most 10 MB."""
        file = form.get("image")
        if form.get("image_type") != "message" or not isinstance(file, Attached):
            raise NotTaken(234001)
        _measure(file, 10 * MB)
        if found(file.content) not in PICTURES:
            raise NotTaken(234011)
        return {"image_key": self._keep("img_v3", "image", file)}

    def file(self, form: Mapping[str, Any]) -> dict[str, str]:
        """im-v1/file/create: anything that is not empty, of at most 30 MB."""
        file, kind, name = form.get("file"), form.get("file_type"), form.get("file_name")
        if kind not in TYPES or not name or not isinstance(file, Attached):
            raise NotTaken(234001)
        _measure(file, 30 * MB)
        named = Attached("file", str(name), file.content, file.media_type)
        return {"file_key": self._keep("file_v3", SHOWN_AS.get(str(kind), "file"), named)}

    def shown(self, msg_type: str, content: Mapping[str, Any]) -> Attached:
        """The file a message is about; the two must fit each other."""
        key = content.get("image_key" if msg_type == "image" else "file_key")
        kind, file = self._kept.get(str(key), ("", None))
        if file is None:
            raise NotTaken(230001)
        if kind != msg_type:
            raise NotTaken(230055)
        return file

    def _keep(self, prefix: str, kind: str, file: Attached) -> str:
        key = f"{prefix}_{len(self._kept) + 1:08x}"
        self._kept[key] = (kind, file)
        return key


def _measure(file: Attached, most: int) -> None:
    if len(file.content) > most:
        raise NotTaken(234006)
    if not file.content:
        raise NotTaken(234010)
