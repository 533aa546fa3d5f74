"""WeCom's server API, played in memory: tokens, messages, repaints, media, the directory.

What the official pages leave open is played the harder way: a message that the duplicate check
swallows brings no response_code, and messages over a member's limit vanish without an error.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.platforms.base import Answer, Clock
from bot.platforms.file_kinds import MB, found
from bot.platforms.multipart import Attached
from bot.platforms.settings import WecomSettings
from bot.sandbox.directory import NoAnswer
from bot.sandbox.forms import parts
from bot.sandbox.sim import Shown, labelled
from bot.sandbox.wecom_cards import INTERACTIVE, Wrong, calls_back, check_card
from bot.sandbox.wecom_directory import WecomContacts
from bot.sandbox.wecom_people import WecomPeople

Json = dict[str, Any]

_TOKEN_LIFE = timedelta(seconds=7200)
_CODE_LIFE = timedelta(hours=72)
_RECALL_LIFE = timedelta(hours=24)
_MEDIA_LIFE = timedelta(days=3)
_MEDIA_LIMITS = {"image": 10 * MB, "voice": 2 * MB, "video": 10 * MB, "file": 20 * MB}
_MEDIA_KINDS = {"image": ("jpg", "png"), "video": ("mp4",)}
_SHORTEST_MEDIA = 6
_MEMBER_LIMITS = ((timedelta(minutes=1), 30), (timedelta(hours=1), 1000))
_TEXT_BYTES = 2048


@dataclass(frozen=True, slots=True)
class _Call:
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Json:
        """The body as an object; control characters must not come as escapes."""
        try:
            parsed = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise Wrong(40035) from None
        if not isinstance(parsed, dict):
            raise Wrong(40035)
        if b"\\u" in self.body.replace(b"\\\\", b""):
            raise Wrong(40033)
        return parsed


@dataclass(slots=True)
class _Message:
    """A message as sent: who got it, and what of it can still be changed."""

    sent_at: datetime
    receivers: list[str] = field(default_factory=list)
    has_buttons: bool = False


class WecomSim(WecomPeople):
    """A corp with one self-built app; calling it is calling qyapi.weixin.qq.com.

    `faults.next_codes` apply to every call but gettoken. `menu_buttons` is the app's menu as set.
    """

    def __init__(self, settings: WecomSettings, clock: Clock, people: Mapping[str, str]) -> None:
        super().__init__(settings, clock, people)
        self.contacts = WecomContacts(self.directory, {low: own for low, (own, _) in self.people.items()})
        self.tokens: dict[str, datetime] = {}
        self.menu_buttons: list[Json] = []
        self._messages: dict[str, _Message] = {}
        self._seen: dict[bytes, datetime] = {}
        self._received: dict[str, deque[datetime]] = defaultdict(lambda: deque(maxlen=_MEMBER_LIMITS[-1][1]))
        self._routes: dict[tuple[str, str], Callable[[_Call], Json | Answer]] = {
            ("POST", "message/send"): self._send,
            ("POST", "message/update_template_card"): self._update,
            ("POST", "message/recall"): self._recall,
            ("POST", "media/upload"): self._upload_media,
            ("GET", "media/get"): self._get_media,
            ("POST", "menu/create"): self._create_menu,
            ("GET", "agent/get"): self._get_agent,
            ("GET", "user/get"): lambda call: self.contacts.user(call.query),
            ("GET", "user/simplelist"): lambda call: self.contacts.users(call.query),
            ("GET", "department/list"): lambda call: self.contacts.departments(call.query),
            ("GET", "department/simplelist"): lambda call: self.contacts.department_ids(call.query),
            ("GET", "getcallbackip"): self._list_callback_addresses,
        }

    async def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Answer one call to /cgi-bin/…; errors come with status 200, as WeCom's do."""
        name = path.rpartition("/cgi-bin/")[2]
        try:
            result = self._route(method, name, _Call(query, headers, body))
        except (Wrong, NoAnswer) as wrong:
            return _error(wrong.code)
        return result if isinstance(result, Answer) else _json({"errcode": 0, "errmsg": "ok"} | result)

    def rate_limited(self) -> Answer:
        return _error(45009)

    def _route(self, method: str, name: str, call: _Call) -> Json | Answer:
        if (method, name) == ("GET", "gettoken"):
            return self._get_token(call)
        if (method, name) not in self._routes:
            return Answer(404)
        if self.faults.next_codes:
            raise Wrong(self.faults.next_codes.popleft())
        self._authorize(call.query.get("access_token", ""))
        return self._routes[method, name](call)

    def _get_token(self, call: _Call) -> Json:
        if call.query.get("corpid") != self.settings.corp_id:
            raise Wrong(40013)
        if call.query.get("corpsecret") != self.settings.secret:
            raise Wrong(40001)
        token = f"token-{self.number():06}"
        self.tokens[token] = self.clock() + _TOKEN_LIFE
        return {"access_token": token, "expires_in": int(_TOKEN_LIFE.total_seconds())}

    def _authorize(self, token: str) -> None:
        if not token:
            raise Wrong(41001)
        if token not in self.tokens:
            raise Wrong(40014)
        if self.clock() >= self.tokens[token]:
            raise Wrong(42001)

    def _send(self, call: _Call) -> Json:
        body = call.json()
        if body.get("agentid") != self.settings.agent_id:
            raise Wrong(40056)
        known, invalid = self._addressed(body)
        refused = {"invaliduser": "|".join(invalid)} if invalid else {}
        if self._repeated(body):
            return refused | {"msgid": ""}
        content = self._content(body)
        self._remember(body)
        message_id = f"msg-{self.number():06}"
        self._deliver_to(known, message_id, content)
        code = {"response_code": self.issue_code(message_id)} if calls_back(content) else {}
        return refused | {"msgid": message_id} | code

    def _addressed(self, body: Json) -> tuple[list[str], list[str]]:
        touser = body.get("touser")
        if not isinstance(touser, str) or not touser:
            raise Wrong(82001)
        named = list(self.people) if touser == "@all" else touser.lower().split("|")
        known = [userid for userid in named if userid in self.people]
        if not known:
            raise Wrong(81013)
        return known, [userid for userid in named if userid not in self.people]

    def _content(self, body: Json) -> Json:
        """The card, or the text under `content` (with its `file`), as it will be shown."""
        kind = body.get("msgtype")
        if kind == "template_card":
            card: Json = body.get("template_card") or {}
            check_card(card)
            if card.get("task_id") in self.task_ids.values():
                raise Wrong(42014)
            return card
        if kind in ("image", "video", "file"):
            file = self._attached(kind, body.get(kind) or {})
            return {"content": labelled(kind, file), "file": file}
        if kind != "text":
            raise Wrong(40008)
        text = (body.get("text") or {}).get("content")
        if not isinstance(text, str) or not text:
            raise Wrong(44004)
        return {"content": text.encode()[:_TEXT_BYTES].decode("utf-8", "ignore")}

    def _attached(self, kind: str, content: Json) -> Attached:
        """The file of a message, uploaded as that kind within the last three days."""
        media = self.media.get(str(content.get("media_id")))
        if media is None or media.kind != kind or self.clock() >= media.stored_at + _MEDIA_LIFE:
            raise Wrong(40007)
        return Attached("media", media.name, media.content, media.media_type)

    def _repeated(self, body: Json) -> bool:
        until = self._seen.get(_canonical(body))
        return body.get("enable_duplicate_check") == 1 and until is not None and self.clock() < until

    def _remember(self, body: Json) -> None:
        seconds = min(body.get("duplicate_check_interval", 1800), 14400)
        self._seen[_canonical(body)] = self.clock() + timedelta(seconds=seconds)

    def _deliver_to(self, userids: Iterable[str], message_id: str, content: Json) -> None:
        message = self._messages[message_id] = _Message(self.clock())
        message.has_buttons = content.get("card_type") in INTERACTIVE
        if "task_id" in content:
            self.task_ids[message_id] = content["task_id"]
        native = content if "card_type" in content else None
        for userid in userids:
            if self._has_room(userid):
                message.receivers.append(userid)
                text = content.get("content", "")
                file = content.get("file")
                self.show(Shown(message_id, userid, self.clock(), native=native, text=text, file=file))

    def _has_room(self, userid: str) -> bool:
        """The excess over a member's limits is dropped, and the caller not told."""
        received, now = self._received[userid], self.clock()
        for span, most in _MEMBER_LIMITS:
            if len(received) >= most and received[-most] > now - span:
                return False
        received.append(now)
        return True

    def _update(self, call: _Call) -> Json:
        body = call.json()
        if body.get("agentid") != self.settings.agent_id:
            raise Wrong(42015)
        code = self.codes.get(body.get("response_code", ""))
        if code is None or code.used or self.clock() >= code.issued_at + _CODE_LIFE:
            raise Wrong(60140)
        message = self._messages[code.message_id]
        targets, invalid = _targets(body, message.receivers)
        changes = _changes(body, message)
        code.used = True
        for userid in targets:
            shown = self.find(userid, code.message_id)
            shown.native = changes if "card_type" in changes else {**(shown.native or {}), **changes}
            shown.version += 1
        return {"invaliduser": invalid}

    def _recall(self, call: _Call) -> Json:
        message_id = str(call.json().get("msgid", ""))
        if message_id not in self._messages:
            raise Wrong(40058)
        message = self._messages[message_id]
        if self.clock() >= message.sent_at + _RECALL_LIFE:
            raise Wrong(42052)
        for userid in message.receivers:
            self.find(userid, message_id).recalled = True
        return {}

    def _upload_media(self, call: _Call) -> Json:
        kind = call.query.get("type", "")
        if kind not in _MEDIA_LIMITS:
            raise Wrong(40004)
        file = parts(call.headers, call.body).get("media")
        if not isinstance(file, Attached):
            raise Wrong(44001)
        _measure(kind, file)
        media_id = self.store_media(file.content, file.media_type, file.name, kind)
        return {"type": kind, "media_id": media_id, "created_at": str(int(self.clock().timestamp()))}

    def _get_media(self, call: _Call) -> Answer:
        media = self.media.get(call.query.get("media_id", ""))
        if media is None or self.clock() >= media.stored_at + _MEDIA_LIFE:
            raise Wrong(40007)
        headers = {
            "content-type": media.media_type,
            "content-disposition": f'attachment; filename="{media.name}"',
        }
        return Answer(200, media.content, headers)

    def _create_menu(self, call: _Call) -> Json:
        if call.query.get("agentid") != str(self.settings.agent_id):
            raise Wrong(40056)
        buttons = call.json().get("button", [])
        if not 1 <= len(buttons) <= 3:
            raise Wrong(40017)
        if any(len(button.get("sub_button", ())) > 5 for button in buttons):
            raise Wrong(40023)
        self.menu_buttons = buttons
        return {}

    def _get_agent(self, call: _Call) -> Json:
        if call.query.get("agentid") != str(self.settings.agent_id):
            raise Wrong(40056)
        users = [{"userid": userid} for userid, _ in self.people.values()]
        return {"agentid": self.settings.agent_id, "allow_userinfos": {"user": users}, "close": 0}

    def _list_callback_addresses(self, call: _Call) -> Json:  # noqa: ARG002
        return {"ip_list": ["127.0.0.1"]}


def _measure(kind: str, file: Attached) -> None:
    if len(file.content) < _SHORTEST_MEDIA:
        raise Wrong(40006)
    if len(file.content) > _MEDIA_LIMITS[kind]:
        raise Wrong(45001)
    if kind in _MEDIA_KINDS and found(file.content) not in _MEDIA_KINDS[kind]:
        raise Wrong(40005)


def _targets(body: Json, receivers: list[str]) -> tuple[list[str], list[str]]:
    """Whose card changes, and who of those named has no such card."""
    if body.get("atall") == 1:
        return receivers, []
    named = [str(userid).lower() for userid in body.get("userids") or ()]
    if not named:
        raise Wrong(82101)
    targets = [userid for userid in named if userid in receivers]
    if not targets:
        raise Wrong(82102)
    return targets, [userid for userid in named if userid not in receivers]


def _changes(body: Json, message: _Message) -> Json:
    if "template_card" in body:
        check_card(body["template_card"], update=True)
        card: Json = body["template_card"]
        return card
    label = (body.get("button") or {}).get("replace_name")
    if not label or not message.has_buttons:
        raise Wrong(40058)
    return {"replace_text": label}


def _canonical(body: Json) -> bytes:
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def _json(body: Json) -> Answer:
    return Answer(200, orjson.dumps(body), {"content-type": "application/json; charset=UTF-8"})


def _error(code: int) -> Answer:
    return _json({"errcode": code, "errmsg": f"sandbox, hint: [{code}]"})
