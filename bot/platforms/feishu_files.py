"""Files out to Feishu: uploaded first (pages im-v1/image/create, im-v1/file/create), shown by their key."""

from collections.abc import Mapping

from bot.platforms import feishu_json
from bot.platforms.base import Fault, Passing, Permanent, TooLarge
from bot.platforms.feishu_api import Api
from bot.platforms.file_kinds import MB, PICTURES, ending, found, named
from bot.platforms.multipart import Attached, encode

IMAGES = "/open-apis/im/v1/images"
FILES = "/open-apis/im/v1/files"
LARGEST_IMAGE, LARGEST_FILE = 10 * MB, 30 * MB
TOO_LARGE = 234006

TYPES = {"pdf": "pdf", "doc": "doc", "docx": "doc", "xls": "xls", "xlsx": "xls", "ppt": "ppt", "pptx": "ppt"}
"""Endings that have a file_type of their own. A video is a `stream` too: uploaded as `mp4` it could
not be sent as a file (error 230055)."""


async def upload(api: Api, name: str, content: bytes, media_type: str) -> tuple[str, Mapping[str, str]]:
    """The msg_type and content of the message that shows the file.

    An upload that is refused is this file's own fault (`Fault.CARD`): an app without the scope
    im:resource still sends its cards.
    """
    if len(content) > LARGEST_FILE:
        raise TooLarge(TOO_LARGE, len(content))
    await api.token()
    try:
        if found(content) in PICTURES and len(content) <= LARGEST_IMAGE:
            return "image", {"image_key": await _image(api, name, content, media_type)}
        return "file", {"file_key": await _file(api, name, content, media_type)}
    except Permanent as refused:
        if refused.code == TOO_LARGE:
            raise TooLarge(refused.code, len(content)) from refused
        raise Permanent(Fault.CARD, refused.code, "file refused") from refused


async def _image(api: Api, name: str, content: bytes, media_type: str) -> str:
    picture = Attached("image", named(name, content), content, media_type)
    answer = await api.upload(IMAGES, await encode({"image_type": "message"}, picture))
    return _key(feishu_json.text(answer, "data", "image_key"))


async def _file(api: Api, name: str, content: bytes, media_type: str) -> str:
    shown = named(name, content)
    fields = {"file_type": TYPES.get(ending(shown), "stream"), "file_name": shown}
    answer = await api.upload(FILES, await encode(fields, Attached("file", shown, content, media_type)))
    return _key(feishu_json.text(answer, "data", "file_key"))


def _key(key: str) -> str:
    if not key:
        raise Passing("no key in the answer")
    return key
