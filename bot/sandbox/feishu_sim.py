"""Feishu played in memory: its open API, as strict as the real one; the people are in feishu_people."""

import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote

import orjson

from bot.platforms.base import Answer, Clock
from bot.platforms.settings import FeishuSettings
from bot.sandbox import feishu_cards
from bot.sandbox.directory import NoAnswer
from bot.sandbox.feishu_directory import CONTACT
from bot.sandbox.feishu_people import BOT, BOT_NAME, FeishuPeople
from bot.sandbox.feishu_uploads import FILES, IMAGES, NotTaken, Uploads
from bot.sandbox.forms import is_form, parts
from bot.sandbox.sim import Shown, labelled

TOKEN_LIFE = timedelta(hours=2)
TOKEN_KEPT = timedelta(minutes=30)
REPEATED = timedelta(hours=1)
REPAINTABLE = timedelta(days=14)
READERS_KEPT = timedelta(days=7)
URGENT_PEOPLE, URGENT_UNREAD = 200, 200
TEXT_LIMIT = 150 * 1024
MESSAGES = r"/open-apis/im/v1/messages"
STATUSES = {404: 404, 40004: 403}
"""HTTP statuses of the contact API that are not 400."""


class Failed(Exception):
    """The API says no: a code, and what is said beside it."""

    def __init__(self, code: int, said: str, status: int = 400) -> None:
        super().__init__(said)
        self.code, self.said, self.status = code, said, status


@dataclass(frozen=True, slots=True)
class Call:
    query: Mapping[str, str]
    body: Mapping[str, Any]
    parts: tuple[str, ...] = ()


class FeishuSim(FeishuPeople):
    """The API's side.

    `app_per_second` and `user_per_second` are enforced by the sandbox's clock; the real ones (50 and 5)
    would make a standing clock refuse what is sent in one moment of it, so the defaults are generous.
    """

    app_per_second = 500
    user_per_second = 100

    def __init__(self, settings: FeishuSettings, clock: Clock, people: Mapping[str, str]) -> None:
        super().__init__(settings, clock, people)
        self._tokens: dict[str, datetime] = {}
        self._sent: dict[str, tuple[datetime, Mapping[str, Any]]] = {}
        self._lately: dict[str, deque[datetime]] = {}
        self._uploads = Uploads()
        self.asked_about: list[str] = []
        self.urged: dict[str, list[str]] = {}

    async def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        try:
            call = Call(query, parts(headers, body) if is_form(headers) else _object(body))
            if path == "/open-apis/auth/v3/tenant_access_token/internal":
                return _ok(self._token(call.body), flat=True)
            self._authorized(headers.get("authorization", ""))
            if path == "/open-apis/bot/v3/info":
                return _ok({"bot": self._bot()}, flat=True)
            return await self._message_call(method, path, call)
        except NotTaken as refused:
            return _json({"code": refused.code, "msg": "file refused"}, 400)
        except Failed as failed:
            if failed.code == 99991400:
                return self.rate_limited()
            return _json({"code": failed.code, "msg": failed.said}, failed.status)

    def rate_limited(self) -> Answer:
        body = {"code": 99991400, "msg": "request trigger frequency limit"}
        headers = {"x-ogw-ratelimit-limit": "100", "x-ogw-ratelimit-reset": "3"}
        answer = _json(body, 429)
        return replace(answer, headers={**answer.headers, **headers})

    def _token(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The same token while 30 minutes of it are left, then a new one; both stay valid."""
        if not isinstance(body.get("app_id"), str) or not isinstance(body.get("app_secret"), str):
            raise Failed(10003, "invalid param", 200)
        if (body["app_id"], body["app_secret"]) != (self.settings.app_id, self.settings.app_secret):
            raise Failed(10014, "app secret invalid", 200)
        now = self.clock()
        kept = [token for token, until in self._tokens.items() if until - now >= TOKEN_KEPT]
        token = kept[-1] if kept else f"t-{len(self._tokens) + 1:032x}"
        until = self._tokens.setdefault(token, now + TOKEN_LIFE)
        return {"tenant_access_token": token, "expire": int((until - now).total_seconds())}

    def _authorized(self, header: str) -> None:
        if not header.startswith("Bearer t-"):
            raise Failed(99991661, "Missing access token for authorization.")
        until = self._tokens.get(header.removeprefix("Bearer "))
        if until is None or until <= self.clock():
            raise Failed(99991663, "Invalid access token for authorization.")

    def _bot(self) -> dict[str, Any]:
        return {"activate_status": 2, "app_name": BOT_NAME, "ip_white_list": [], "open_id": BOT}

    async def _message_call(self, method: str, path: str, call: Call) -> Answer:
        if self.faults.next_codes:
            code = self.faults.next_codes.popleft()
            raise Failed(code, "sandbox: error on demand", 500 if code in (1663, 2200) else 400)
        self._count("", self.app_per_second, 99991400)
        if method == "GET" and path.startswith(CONTACT):
            return self._contacts(path, call.query)
        for verb, pattern, handler in self._routes():
            if verb == method and (match := re.fullmatch(pattern, path)):
                return await handler(replace(call, parts=tuple(map(unquote, match.groups()))))
        raise Failed(404, "no such API", 404)

    def _contacts(self, path: str, query: Mapping[str, str]) -> Answer:
        try:
            return _ok(self.contacts.answer(unquote(path), query))
        except NoAnswer as refused:
            raise Failed(refused.code, "contact", STATUSES.get(refused.code, 400)) from None

    def _routes(self) -> list[tuple[str, str, Callable[[Call], Awaitable[Answer]]]]:
        one = rf"{MESSAGES}/([^/]+)"
        return [
            ("POST", MESSAGES, self._create),
            ("POST", f"{one}/reply", self._reply),
            ("PATCH", one, self._patch),
            ("PATCH", f"{one}/urgent_app", self._urgent),
            ("DELETE", one, self._delete),
            ("GET", f"{one}/read_users", self._read_users),
            ("GET", f"{one}/resources/([^/]+)", self._resource),
            ("POST", IMAGES, self._upload_image),
            ("POST", FILES, self._upload_file),
        ]

    async def _create(self, call: Call) -> Answer:
        account, chat = self._receiver(call)
        self._count(account or chat, self.user_per_second, 230020)
        return _ok(self._send(call.body, [account] if account else self.groups[chat], chat))

    async def _reply(self, call: Call) -> Answer:
        target = self._known(call.parts[0])
        members = self.groups[target.chat] if target.chat else [target.account]
        self._count(target.chat or target.account, self.user_per_second, 230020)
        return _ok(self._send(call.body, members, target.chat))

    async def _patch(self, call: Call) -> Answer:
        shown = self._known(call.parts[0])
        if shown.native is None or shown.mine:
            raise Failed(230001, "Your request contains an invalid request parameter.")
        if self.clock() - shown.at > REPAINTABLE:
            raise Failed(230031, "The message is too old to be updated.")
        self._count(shown.id, self.user_per_second, 230020)
        self.repaint(shown.id, _card(_text(call.body, "content")))
        return _ok({})

    async def _urgent(self, call: Call) -> Answer:
        """Call upon people of the chat, each of whom may have `URGENT_UNREAD` such messages unread."""
        shown, given = self._known(call.parts[0]), call.body.get("user_id_list")
        kind, there = call.query.get("user_id_type", ""), {one.account for one in self.copies(shown.id)}
        if shown.mine:
            raise Failed(230012, "The bot is not the sender of the message.")
        if not isinstance(given, list) or not 0 < len(given) <= URGENT_PEOPLE:
            raise Failed(99992402, "field validation failed: user_id_list")
        found = {self.ids(one).get(kind): one for one in there}
        valid = [found[one] for one in given if one in found]
        if not valid:
            raise Failed(230001, "Your request contains an invalid request parameter.")
        if any(len(self.urged.get(one, ())) >= URGENT_UNREAD for one in valid):
            raise Failed(230023, "The receiver has too many unread urgent messages.")
        for one in valid:
            self.urged.setdefault(one, []).append(shown.id)
        return _ok({"invalid_user_id_list": [one for one in given if one not in found]})

    async def _delete(self, call: Call) -> Answer:
        shown = self._known(call.parts[0])
        if shown.mine:
            raise Failed(230026, "No permission to recall this message.")
        for copy in self.copies(shown.id):
            copy.recalled = True
        return _ok({})

    async def _read_users(self, call: Call) -> Answer:
        """Who has read the bot's own message, no older than `READERS_KEPT`."""
        shown, kind = self._known(call.parts[0]), call.query.get("user_id_type", "")
        self.asked_about.append(shown.id)
        if shown.mine or self.clock() - shown.at > READERS_KEPT or kind not in self.ids(shown.account):
            raise Failed(230001, "Your request contains an invalid request parameter.")
        readers = [
            {
                "user_id_type": kind,
                "user_id": self.ids(account)[kind],
                "timestamp": str(int(at.timestamp() * 1000)),
                "tenant_key": self.tenant,
            }
            for account, at in self.read_by.get(shown.id, {}).items()
        ]
        return _ok({"items": readers, "has_more": False})

    async def _resource(self, call: Call) -> Answer:
        message, key = call.parts
        self._known(message)
        resource = self.resources.get((message, key))
        if resource is None:
            raise Failed(234003, "File not in message.")
        if call.query.get("type") != ("image" if resource.kind == "image" else "file"):
            raise Failed(234001, "Invalid request param.")
        headers = {
            "content-type": "application/octet-stream",
            "content-disposition": f"attachment; filename*=UTF-8''{quote(resource.name)}",
        }
        return Answer(200, resource.content, headers)

    async def _upload_image(self, call: Call) -> Answer:
        return _ok(self._uploads.image(call.body))

    async def _upload_file(self, call: Call) -> Answer:
        return _ok(self._uploads.file(call.body))

    def _receiver(self, call: Call) -> tuple[str, str]:
        """The account or the group that a message is for."""
        kind, id_ = call.query.get("receive_id_type"), _text(call.body, "receive_id")
        if kind == "chat_id" and id_ in self.groups:
            return "", id_
        for account in self.people:
            if kind in ("open_id", "user_id", "union_id") and self.ids(account)[kind] == id_:
                return account, ""
        raise Failed(230013, "Bot has NO availability to this user.")

    def _send(self, body: Mapping[str, Any], accounts: list[str], chat: str) -> Mapping[str, Any]:
        """Show a message; the same uuid within an hour is the same message."""
        uuid = body.get("uuid", "")
        if not isinstance(uuid, str) or len(uuid) > 50:
            raise Failed(99992402, "field validation failed")
        at, data = self._sent.get(uuid, (None, {}))
        if uuid and at is not None and self.clock() - at < REPEATED:
            return data
        id_, content = self.new_message_id(), self._content(body)
        for account in accounts:
            self.show(replace(content, id=id_, account=account, chat=chat))
        data = self._data(id_, body, chat or self.chat_of(accounts[0]))
        self._sent[uuid] = (self.clock(), data)
        return data

    def _content(self, body: Mapping[str, Any]) -> Shown:
        """What a message shows: a card, a file or a text."""
        content, kind = _text(body, "content"), str(body.get("msg_type"))
        blank = Shown("", "", self.clock())
        if kind == "interactive":
            return replace(blank, native=_card(content))
        if kind in ("image", "file", "media", "audio"):
            file = self._uploads.shown(kind, _object(content.encode()))
            return replace(blank, text=labelled(kind, file), file=file)
        if kind != "text":
            raise Failed(230001, "msg_type is not played in the sandbox")
        if len(content.encode()) > TEXT_LIMIT:
            raise Failed(230025, "The length of the message content reaches its limit.")
        return replace(blank, text=_text(_object(content.encode()), "text"))

    def _data(self, id_: str, body: Mapping[str, Any], chat: str) -> dict[str, Any]:
        now = str(int(self.clock().timestamp() * 1000))
        return {
            "message_id": id_,
            "msg_type": body["msg_type"],
            "create_time": now,
            "update_time": now,
            "deleted": False,
            "updated": False,
            "chat_id": chat,
            "sender": {
                "id": self.settings.app_id,
                "id_type": "app_id",
                "sender_type": "app",
                "tenant_key": self.tenant,
            },
            "body": {"content": body["content"]},
        }

    def _known(self, message_id: str) -> Shown:
        copies = self.copies(message_id)
        if not copies:
            raise Failed(230001, "Your request contains an invalid request parameter.")
        if copies[0].recalled:
            raise Failed(230011, "The message is recalled.")
        return copies[0]

    def _count(self, target: str, limit: int, code: int) -> None:
        now = self.clock()
        lately = self._lately.setdefault(target, deque())
        while lately and now - lately[0] >= timedelta(seconds=1):
            lately.popleft()
        if len(lately) >= limit:
            raise Failed(code, "frequency limit")
        lately.append(now)


def _card(content: str) -> Mapping[str, Any]:
    try:
        card = orjson.loads(content)
        feishu_cards.check(card)
    except (orjson.JSONDecodeError, feishu_cards.CardError) as error:
        if getattr(error, "code", 0) == 230025:
            raise Failed(230025, "The length of the message content reaches its limit.") from error
        said = str(error) if isinstance(error, feishu_cards.CardError) else "ErrCode: 200621; not JSON; "
        raise Failed(230099, f"Failed to create card content, ext={said}") from error
    return card  # type: ignore[no-any-return]


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        value = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Failed(9499, "invalid parameter in the body")
    return value


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Failed(99992402, f"field validation failed: {name}")
    return value


def _ok(data: Mapping[str, Any], *, flat: bool = False) -> Answer:
    return _json({"code": 0, "msg": "ok", **(data if flat else {"data": data})}, 200)


def _json(body: Mapping[str, Any], status: int) -> Answer:
    headers = {"content-type": "application/json; charset=utf-8", "x-tt-logid": "sandbox"}
    return Answer(status, orjson.dumps(body), headers)
