"""Files out to WeCom: uploaded first (page 90253), then sent by their media_id, good for three days."""

from collections import OrderedDict

from bot.platforms.base import Passing, Permanent, TooLarge
from bot.platforms.file_kinds import MB, found, named
from bot.platforms.multipart import Attached, encode
from bot.platforms.wecom_api import Api

KINDS = {"jpg": "image", "png": "image", "mp4": "video"}
LARGEST_SHOWN, LARGEST_FILE = 10 * MB, 20 * MB
TOO_LARGE = 45001
_REMEMBERED = 1000


class Media:
    """What was uploaded for which letter.

    A try that is repeated must send the same media_id: WeCom tells a repetition by the whole JSON.
    """

    def __init__(self, api: Api) -> None:
        self._api = api
        self._uploaded: OrderedDict[str, tuple[str, str]] = OrderedDict()

    async def upload(self, name: str, content: bytes, media_type: str, key: str) -> tuple[str, str]:
        """The msgtype (image, video, file) and media_id of a file, uploaded once for each `key`."""
        if key not in self._uploaded:
            self._uploaded[key] = await self._upload(named(name, content), content, media_type)
            if len(self._uploaded) > _REMEMBERED:
                self._uploaded.popitem(last=False)
        return self._uploaded[key]

    def forget(self, key: str) -> None:
        """This letter is not tried again."""
        self._uploaded.pop(key, None)

    async def _upload(self, name: str, content: bytes, media_type: str) -> tuple[str, str]:
        if len(content) > LARGEST_FILE:
            raise TooLarge(TOO_LARGE, len(content))
        kind = KINDS.get(found(content), "file") if len(content) <= LARGEST_SHOWN else "file"
        form = await encode({}, Attached("media", name, content, media_type))
        try:
            answer = await self._api.upload("media/upload", form, type=kind)
        except Permanent as refused:
            if refused.code == TOO_LARGE:
                raise TooLarge(refused.code, len(content)) from refused
            raise
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise Passing("no media_id in the answer")
        return kind, media_id
