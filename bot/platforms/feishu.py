"""Feishu as a platform: callbacks come in and are answered, cards go out and are repainted."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime
from email.message import Message as Headers
from typing import Any, TypeVar
from urllib.parse import quote

import orjson
import structlog

from bot import metrics
from bot.platforms import feishu_files, feishu_json, feishu_wire
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
from bot.platforms.feishu_api import Api
from bot.platforms.feishu_directory import FeishuDirectory
from bot.platforms.feishu_pace import Pace, Timing
from bot.platforms.feishu_socket import Socket
from bot.platforms.settings import FeishuSettings
from cards import feishu as drawing
from cards import notices
from cards.card import Card
from handlers.events import Click, FileRef, Reply
from storage import records

log = structlog.get_logger()
T = TypeVar("T")

MESSAGES = "/open-apis/im/v1/messages"
BOT_INFO = "/open-apis/bot/v3/info"
JSON = {"content-type": "application/json; charset=utf-8"}
RECALLED = 230011
LATE = "正在处理，稍后更新卡片"
BUSY = "系统繁忙，没有记录您的操作，请稍后再点一次。"
LAST_WORDS = 5.0


class Feishu:
    """A `Platform`: one self-built app of one tenant."""

    name = records.Platform.FEISHU

    def __init__(
        self, settings: FeishuSettings, http: Http, clock: Clock, timing: Timing | None = None
    ) -> None:
        self._settings, self._clock = settings, clock
        self._timing = timing or Timing()
        self._api = Api(settings, http, clock)
        self._pace = Pace(self._timing)
        self.directory: Directory = FeishuDirectory(self._api, self._pace)
        self._bot = ""
        self._tasks: set[asyncio.Future[Any]] = set()
        self._pressed: dict[str, str] = {}
        self._socket: Socket | None = None

    async def receive(self, raw: Raw, submit: Submit, now: datetime) -> Answer:
        """Answer an event with an empty 200 and a click with its toast and card, or raise `Refused`.

        503 where an event could not be taken, so that it comes again; a click never comes again.
        """
        opened = feishu_wire.open_(raw, self._settings)
        if isinstance(opened, feishu_wire.Challenge):
            return _json(opened.body())
        return await self.take(opened, submit, now)

    async def take(self, envelope: Mapping[str, Any], submit: Submit, now: datetime) -> Answer:
        """Hand over what a believed envelope means, and say what answers it; raises `Refused`."""
        event = feishu_wire.decode(envelope, self._bot, now)
        if event is None:
            return self._ignored(feishu_wire.kind(envelope))
        if isinstance(event, Click):
            return await self._click(event, submit)
        try:
            await submit(event)
        except Exception as error:  # whatever it was, Feishu delivers again what is not answered 200
            log.warning("feishu.event_not_taken", event_id=event.key, error=type(error).__name__)
            return Answer(503)
        return _json(b"{}")

    async def send(self, account: str, card: Card, key: str) -> Sent:
        """Send `card`; the platform drops a repetition of `key` for an hour."""
        if card.bare:
            return await self._post(account, "text", orjson.dumps({"text": card.plain()}).decode(), key)
        sent = await self._post(account, "interactive", _drawn(card, key), key)
        if card.urgent:
            await self._call_upon(account, sent)
        return sent

    async def _call_upon(self, account: str, sent: Sent) -> None:
        """Call upon the reader of a card that was sent (page im-v1/message/urgent_app). The card is there
        already: where this is refused (230023: 200 such are unread), it stays at the card."""
        await self._pace.wait()
        path = f"{_message(sent.message_id)}/urgent_app"
        try:
            await self._api.call(
                "PATCH", path, {"user_id_list": [account]}, {"user_id_type": _id_type(account)}
            )
        except (Passing, Permanent) as error:
            log.warning("feishu.not_urged", message_id=sent.message_id, why=str(error))

    async def send_file(self, account: str, name: str, content: bytes, media_type: str, key: str) -> Sent:
        """Upload and send; a repetition uploads again, and its message is dropped under the same `key`."""
        await self._pace.wait()
        kind, shown = await feishu_files.upload(self._api, name, content, media_type)
        return await self._post(account, kind, orjson.dumps(shown).decode(), key)

    async def _post(self, account: str, kind: str, content: str, key: str) -> Sent:
        if not account:
            raise Permanent(Fault.RECEIVER, 0, "no account")
        await self._pace.wait(account)
        body = {"receive_id": account, "msg_type": kind, "content": content, "uuid": key}
        answer = await self._api.call("POST", MESSAGES, body, {"receive_id_type": _id_type(account)})
        return Sent(_message_id(answer))

    async def update(self, account: str, sent: Sent, card: Card, key: str) -> None:  # noqa: ARG002
        """Repaint a card for everybody who sees it, within 14 days (page im-v1/message/patch)."""
        await self._pace.wait(sent.message_id)
        await self._api.call("PATCH", _message(sent.message_id), {"content": _drawn(card, key)})

    async def say_in_group(self, chat: str, message_id: str, text: str, key: str) -> None:
        """A line under a message; what looks like a mention of everybody in it stays text."""
        words = orjson.dumps({"text": text.replace("<", "＜")}).decode()
        await self._pace.wait(chat)
        body = {"content": words, "msg_type": "text", "uuid": key}
        await self._api.call("POST", f"{_message(message_id)}/reply", body)

    async def recall(self, sent: Sent) -> None:
        """Take a message back; one that is gone already is fine."""
        await self._pace.wait()
        try:
            await self._api.call("DELETE", _message(sent.message_id))
        except Permanent as error:
            if error.code != RECALLED:
                raise

    async def readers(self, account: str, message: str) -> Sequence[tuple[str, datetime]]:
        """Who has read the app's own message, at most 7 days old (page im-v1/message/read_users): one page,
        for a message of ours has one reader."""
        await self._pace.wait()
        params = {"user_id_type": _id_type(account), "page_size": "100"}
        answer = await self._api.call("GET", f"{_message(message)}/read_users", None, params)
        return feishu_wire.readers(answer)

    async def fetch(self, file: FileRef) -> Download:
        """Bring a file out of the message it was sent with (page im-v1/message-resource/get)."""
        kind = "image" if file.kind == "image" else "file"
        path = f"{_message(file.message)}/resources/{quote(file.key, safe='')}"
        await self._pace.wait()
        answer = await self._api.download(path, {"type": kind})
        headers = Headers()
        headers["content-disposition"] = answer.headers.get("content-disposition", "")
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        return Download(answer.body, media_type, headers.get_filename() or file.name)

    async def ready(self) -> None:
        await self._api.token()
        await self._learn_name()

    async def start(self, submit: Submit) -> None:
        """Learn the bot's own id (later, where the platform is down), and open the long connection."""
        await self._try_to_learn_name()
        if self._settings.transport == "websocket":
            self._socket = Socket(self._settings, self.take, self._clock)
            await self._socket.start(submit)

    async def stop(self) -> None:
        """Let clicks that are being worked on finish, then leave."""
        if self._socket:
            await self._socket.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=LAST_WORDS)
            for task in late:
                task.cancel()

    async def _click(self, event: Click, submit: Submit) -> Answer:
        """Of two presses on one card that are worked on at once the later's answer alone brings the card:
        whichever arrives last, nothing older is drawn over it."""
        self._pressed[event.message] = event.key
        try:
            work = self._keep(submit(event))
            done, _ = await asyncio.wait({work}, timeout=self._timing.answer_within)
            if not done:
                self._keep(self._repaint_late(event, work))
                return _json(feishu_wire.toast("info", LATE))
            reply, card = await self._outcome(event, work)
            last = self._pressed.get(event.message) == event.key
            return _json(feishu_wire.encode(reply, card if last else None, event.card))
        finally:
            if self._pressed.get(event.message) == event.key:
                del self._pressed[event.message]

    async def _repaint_late(self, event: Click, work: Awaitable[tuple[Reply, Card | None]]) -> None:
        """Repaint the clicked card once its slow work is done and its answer has surely arrived.

        `LATE` promised an outcome: where nothing was done, that is said in a message.
        """
        try:
            reply, card = await self._outcome(event, work)
            if card is not None:
                await asyncio.sleep(self._timing.settle)
                await self.update(event.accounts[0], Sent(event.message), card, event.card)
            if reply.toast and not reply.ok:
                await self.send(event.accounts[0], notices.refused(reply.toast), event.key)
        except Exception as error:  # nobody waits for this any more, so the log is the one place for it
            log.warning("feishu.late_click_failed", event_id=event.key, error=type(error).__name__)

    async def _outcome(
        self, event: Click, work: Awaitable[tuple[Reply, Card | None]]
    ) -> tuple[Reply, Card | None]:
        try:
            return await work
        except Exception as error:  # the person must be told, whatever it was
            log.warning("feishu.click_not_taken", event_id=event.key, error=type(error).__name__)
            return Reply(BUSY, ok=False), None

    def _ignored(self, kind: str) -> Answer:
        log.info("feishu.event_ignored", kind=kind)
        metrics.EVENTS.labels(self.name, "ignored").inc()
        if not self._bot and kind == feishu_wire.MESSAGE:
            self._keep(self._try_to_learn_name())
        return _json(b"{}")

    async def _learn_name(self) -> None:
        if not self._bot:
            answer = await self._api.call("GET", BOT_INFO)
            self._bot = feishu_json.text(answer, "bot", "open_id")

    async def _try_to_learn_name(self) -> None:
        """Until it is known, mentions in groups cannot be told apart and are ignored."""
        try:
            await self._learn_name()
        except (Passing, Permanent) as error:
            log.warning("feishu.bot_unknown", why=str(error))

    def _keep(self, work: Awaitable[T]) -> asyncio.Future[T]:
        """A task that is referenced until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _json(body: bytes) -> Answer:
    return Answer(body=body, headers=JSON)


def _drawn(card: Card, key: str) -> str:
    """The card as the string that the API wants inside its JSON."""
    return orjson.dumps(drawing.render(card, key)).decode()


def _id_type(account: str) -> str:
    return "open_id" if account.startswith("ou_") else "user_id"


def _message(id_: str) -> str:
    if not id_:
        raise Permanent(Fault.GONE, 0, "no message id")
    return f"{MESSAGES}/{quote(id_, safe='')}"


def _message_id(answer: Mapping[str, Any]) -> str:
    if id_ := feishu_json.text(answer, "data", "message_id"):
        return id_
    raise Passing("no message id in the answer")
