"""WeCom as a platform: callbacks come in, messages and repaints go out through a self-built app."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from email.message import Message as Headers
from typing import Any
from zlib import crc32

import structlog

from bot.platforms.base import (
    Answer,
    Clock,
    Directory,
    Download,
    Fault,
    Http,
    Passing,
    Permanent,
    Raw,
    Sent,
    Submit,
)
from bot.platforms.settings import WecomSettings
from bot.platforms.wecom_api import Api
from bot.platforms.wecom_crypto import Crypto
from bot.platforms.wecom_directory import WecomDirectory
from bot.platforms.wecom_errors import BAD_RECEIVER, GONE_CODE, TASK_KNOWN
from bot.platforms.wecom_media import Media
from bot.platforms.wecom_pace import Pace
from bot.platforms.wecom_scope import Scope, visible
from bot.platforms.wecom_wire import MENU, decode, open_callback, open_url_check
from cards.card import Card
from cards.wecom import Outgoing, render, render_update
from handlers.events import FileRef
from storage import records

log = structlog.get_logger()

_DOUBTFUL = 1000
_SHORTEST, _LONGEST = 1800, 14400
_TITLE = 128
"""Bytes of a video's title."""


class Wecom:
    """A `Platform`: one self-built app of one corp."""

    name = records.Platform.WECOM

    def __init__(self, settings: WecomSettings, http: Http, clock: Clock) -> None:
        self._settings = settings
        self._crypto = Crypto(settings.token, settings.encoding_aes_key, settings.corp_id)
        self._api = Api(settings, http, clock)
        self.directory: Directory = WecomDirectory(self._api)
        self._media = Media(self._api)
        self._pace = Pace(clock)
        self._doubtful: OrderedDict[str, None] = OrderedDict()

    async def receive(self, raw: Raw, submit: Submit, now: datetime) -> Answer:
        """Answer a callback with an empty 200 (the address check with its echo), or raise `Refused`.

        What the person sees comes later by `send` and `update`: WeCom's passive answers change only
        the presser's card, and not reliably. 503 where the event could not be taken, so it comes again.
        """
        if raw.method == "GET":
            return Answer(body=open_url_check(self._crypto, raw), headers={"content-type": "text/plain"})
        event = decode(open_callback(self._crypto, raw), self._settings.agent_id, now)
        if event is None:
            return Answer()
        try:
            await submit(event)
        except Exception as error:  # whatever it was, WeCom delivers again what is not answered 200
            log.warning("wecom.callback_not_taken", key=event.key, error=type(error).__name__)
            return Answer(503)
        return Answer()

    async def send(self, account: str, card: Card, key: str) -> Sent:
        """Send `card`; of several messages, `Sent` is the one that can be repainted, else the first."""
        sent = [await self._send(account, part, key) for part in render(card, key)]
        return next((one for one in sent if one.response_code), sent[0])

    async def send_file(self, account: str, name: str, content: bytes, media_type: str, key: str) -> Sent:
        """Upload and send (WeCom pages 90253, 90236); a JPG or PNG, or an MP4, is shown as what it is."""
        kind, media_id = await self._media.upload(name, content, media_type, key)
        title = {"title": name.encode()[:_TITLE].decode(errors="ignore")} if kind == "video" else {}
        try:
            sent = await self._send(account, Outgoing(kind, {"media_id": media_id, **title}), key)
        except Permanent:
            self._media.forget(key)
            raise
        self._media.forget(key)
        return sent

    async def _send(self, account: str, part: Outgoing, key: str) -> Sent:
        """The same request on every try: WeCom tells a repetition by the whole JSON.

        The interval differs from letter to letter, so that equal texts of two letters both arrive.
        """
        if not account or account == "@all" or "|" in account:
            raise Permanent(Fault.RECEIVER, BAD_RECEIVER, "not the id of one member")
        self._pace.take(account)
        body = {
            "touser": account,
            "msgtype": part.msgtype,
            "agentid": self._settings.agent_id,
            part.msgtype: part.body,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _SHORTEST + crc32(key.encode()) % (_LONGEST - _SHORTEST),
        }
        try:
            answer = await self._api.post("message/send", body)
        except Permanent as error:
            if error.code == TASK_KNOWN:  # a try whose answer was lost had sent it
                return Sent("")
            raise
        if answer.get("invaliduser") or answer.get("unlicenseduser"):
            raise Permanent(Fault.RECEIVER, BAD_RECEIVER, "not in the app's scope, or without a licence")
        return Sent(str(answer.get("msgid", "")), str(answer.get("response_code", "")))

    async def update(self, account: str, sent: Sent, card: Card, key: str) -> None:  # noqa: ARG002
        """Repaint a card: once per response_code, within 72 hours (WeCom page 94888)."""
        if not sent.response_code:
            raise Permanent(Fault.GONE, GONE_CODE, "no response_code")
        body = {
            "userids": [account],
            "agentid": self._settings.agent_id,
            "response_code": sent.response_code,
            "template_card": render_update(card),
        }
        answer = await self._spend(sent.response_code, body)
        if answer.get("invaliduser"):
            raise Permanent(Fault.RECEIVER, BAD_RECEIVER, "not a receiver of that card")

    async def _spend(self, code: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A code that is gone after a try without an answer was spent by that try."""
        try:
            return await self._api.post("message/update_template_card", body)
        except Passing as error:
            if isinstance(error.__cause__, TimeoutError):
                self._doubt(code)
            raise
        except Permanent as error:
            if error.code == GONE_CODE and code in self._doubtful:
                return {}
            raise

    def _doubt(self, code: str) -> None:
        self._doubtful[code] = None
        if len(self._doubtful) > _DOUBTFUL:
            self._doubtful.popitem(last=False)

    async def say_in_group(self, chat: str, message_id: str, text: str, key: str) -> None:  # noqa: ARG002
        """A self-built app takes no part in group chats."""
        raise Permanent(Fault.RECEIVER, 0, "no group chats in WeCom")

    async def recall(self, sent: Sent) -> None:
        """Take a message back, within 24 hours (WeCom page 94867)."""
        if not sent.message_id:
            raise Permanent(Fault.GONE, 0, "no msgid")
        await self._api.post("message/recall", {"msgid": sent.message_id})

    async def fetch(self, file: FileRef) -> Download:
        """Bring a picture or video, within three days (WeCom page 90254)."""
        answer = await self._api.download("media/get", media_id=file.key)
        headers = Headers()
        headers["content-disposition"] = answer.headers.get("content-disposition", "")
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        return Download(answer.body, media_type, headers.get_filename() or file.name)

    async def ready(self) -> None:
        await self._api.token()

    async def start(self, submit: Submit) -> None:
        """Nothing has to be known before the first event."""

    async def stop(self) -> None:
        """Nothing is held open."""

    async def scope(self) -> Scope:
        """Who may use the app; takes a call for each department of its visible scope."""
        return await visible(self._api, self._settings.agent_id)

    async def create_menu(self) -> None:
        """Put 待办, 发布, 我的 and 帮助 under the conversation (three at the top is all WeCom has)."""
        more = {"name": "更多", "sub_button": [_entry("mine"), _entry("help")]}
        menu = {"button": [_entry("inbox"), _entry("publish"), more]}
        await self._api.post("menu/create", menu, agentid=str(self._settings.agent_id))


def _entry(name: str) -> dict[str, str]:
    return {"type": "click", "name": MENU[name].removeprefix("/"), "key": f"menu.{name}"}
