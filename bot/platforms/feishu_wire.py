"""Feishu's callbacks: bytes -> event, and Reply -> bytes; pure.

Everything that is not to be believed raises `Refused` with the same status, so that the answer
never tells which check failed.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson

from bot.platforms import feishu_content, feishu_crypto
from bot.platforms.base import Raw, Refused, believable
from bot.platforms.feishu_json import dig, items, need, parse, text
from bot.platforms.settings import FeishuSettings
from cards import feishu as drawing
from cards.card import Card
from handlers.events import NO_TIME, Click, ContactHint, Enter, Event, Message, Reply, Seen
from handlers.rules.text import clean
from storage.records import Platform

BODY_LIMIT = 1 << 20
MESSAGE = "im.message.receive_v1"
CLICK = "card.action.trigger"
MENU_ENTRY = "application.bot.menu_v6"
ENTERED = "im.chat.access_event.bot_p2p_chat_entered_v1"
READ = "im.message.message_read_v1"
USER_LEFT = "contact.user.deleted_v3"
USER_CHANGED = ("contact.user.created_v3", "contact.user.updated_v3", USER_LEFT)
DEPARTMENTS_CHANGED = (
    "contact.department.created_v3",
    "contact.department.updated_v3",
    "contact.department.deleted_v3",
    "contact.scope.updated_v3",
)
MENU = {"menu_inbox": "/待办", "menu_mine": "/我的", "menu_publish": "/发布", "menu_help": "/帮助"}
HERE = timezone(timedelta(hours=8))
PICKED = re.compile(r"(\d{4}-\d\d-\d\d)( \d\d:\d\d)? ([+-]\d{4})")
CLOCK = re.compile(r"(\d\d:\d\d) [+-]\d{4}")
MOST_READ = 100
"""Messages of one report that are looked at; the platform sends a few at a time."""

MOST_VERSIONS = 10_000
"""Beyond what any version's column takes on both databases."""

STAMP = re.compile(r"[1-9][0-9]{12}([0-9]{3})?")


@dataclass(frozen=True, slots=True)
class Challenge:
    """The platform checks the address: answered with the same words (within one second)."""

    challenge: str

    def body(self) -> bytes:
        return orjson.dumps({"challenge": self.challenge})


def open_(raw: Raw, settings: FeishuSettings) -> Mapping[str, Any] | Challenge:
    """The envelope in a request, believed: size, signature, encryption, token, app and tenant are right.

    A challenge is not signed by the platform, so it is known by its token alone. Raises `Refused`.
    """
    if len(raw.body) > BODY_LIMIT:
        raise Refused(413, "body too large")
    is_signed = _is_signed(raw, settings.encrypt_key)
    outer = parse(raw.body, "body")
    is_encrypted = "encrypt" in outer
    plain = feishu_crypto.decrypt(need(outer, "encrypt"), settings.encrypt_key) if is_encrypted else raw.body
    envelope = parse(plain, "envelope")
    if text(envelope, "type") == "url_verification":
        _same(text(envelope, "token"), settings.verification_token, "token")
        return Challenge(need(envelope, "challenge"))
    if not (is_signed and is_encrypted):
        raise Refused(400, "signature")
    _same(text(envelope, "header", "token"), settings.verification_token, "token")
    check_sender(envelope, settings)
    return envelope


def check_sender(envelope: Mapping[str, Any], settings: FeishuSettings) -> None:
    """Raises `Refused` unless the envelope is for this app and, where it is set, from this tenant."""
    _same(text(envelope, "header", "app_id"), settings.app_id, "app_id")
    if settings.tenant_key:
        _same(text(envelope, "header", "tenant_key"), settings.tenant_key, "tenant_key")


def kind(envelope: Mapping[str, Any]) -> str:
    """The event type, empty where there is none."""
    return text(envelope, "header", "event_type")


def decode(envelope: Mapping[str, Any], bot: str, now: datetime) -> Event | None:
    """What an envelope means, or None where it means nothing to us; raises `Refused`.

    `bot` is this bot's own open_id: in groups only its mention counts, so while it is unknown
    (empty) group messages mean nothing.
    """
    event = _meant(envelope, bot, now)
    return believable(event) if event else None


def _meant(envelope: Mapping[str, Any], bot: str, now: datetime) -> Event | None:
    kind_ = need(envelope, "header", "event_type")
    if kind_ == MESSAGE:
        return _message(envelope, bot, now)
    if kind_ == CLICK:
        return _click(envelope, now)
    if kind_ == MENU_ENTRY:
        command = MENU.get(text(envelope, "event", "event_key"), MENU["menu_help"])
        return Message(**_origin(envelope, ("operator", "operator_id"), now), text=command)
    if kind_ == ENTERED:
        return Enter(**_origin(envelope, ("operator_id",), now))
    if kind_ == READ:
        return _seen(envelope, now)
    if kind_ in USER_CHANGED or kind_ in DEPARTMENTS_CHANGED:
        return _hint(envelope, kind_, now)
    return None


def _seen(envelope: Mapping[str, Any], now: datetime) -> Seen:
    """What somebody has read of what the bot sent in their private chat."""
    reader, listed = dig(envelope, "event", "reader"), dig(envelope, "event", "message_id_list")
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise Refused(400, "bad message_id_list")
    origin = _origin(envelope, ("reader", "reader_id"), now)
    if (read := _instant_of(text(reader, "read_time"))) is not None:
        origin["said_at"] = read
    return Seen(**origin, messages=tuple(listed[:MOST_READ]))


def readers(answer: Mapping[str, Any]) -> list[tuple[str, datetime]]:
    """Account and instant of everybody whom an answer names as a reader, whatever else it says."""
    found = [
        (text(one, "user_id"), _instant_of(text(one, "timestamp"))) for one in items(answer, "data", "items")
    ]
    return [(account, at) for account, at in found if account and at is not None]


def _hint(envelope: Mapping[str, Any], kind_: str, now: datetime) -> ContactHint:
    """Only whom it is about: the fields beside it depend on scopes, and some are empty in practice."""
    about_one = kind_ in USER_CHANGED
    return ContactHint(
        key=f"feishu:{need(envelope, 'header', 'event_id')}",
        at=now,
        platform=Platform.FEISHU,
        account=need(envelope, "event", "object", "open_id") if about_one else "",
        left=kind_ == USER_LEFT,
    )


def encode(reply: Reply, card: Card | None, letter: str) -> bytes:
    """The JSON that answers a click: a toast, and the card that takes the clicked one's place.

    `letter` is the id of the letter that carried the clicked card.
    """
    answer: dict[str, Any] = {}
    if reply.toast:
        answer["toast"] = {"type": "success" if reply.ok else "warning", "content": reply.toast}
    if card is not None:
        answer["card"] = {"type": "raw", "data": drawing.render(card, letter)}
    return orjson.dumps(answer)


def toast(kind_: str, words: str) -> bytes:
    """The JSON of a bare toast; `kind_` is info, success, warning or error."""
    return orjson.dumps({"toast": {"type": kind_, "content": words}})


def _is_signed(raw: Raw, encrypt_key: str) -> bool:
    given, timestamp, nonce = (
        raw.headers.get(f"x-lark-{name}", "") for name in ("signature", "request-timestamp", "request-nonce")
    )
    return feishu_crypto.signed(given, timestamp, nonce, encrypt_key, raw.body)


def _same(given: str, expected: str, what: str) -> None:
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Refused(400, what)


def _origin(envelope: Mapping[str, Any], person: tuple[str, ...], now: datetime) -> dict[str, Any]:
    ids = dig(envelope, "event", *person)
    accounts = (need(ids, "open_id"), text(ids, "user_id"))
    return {
        "key": f"feishu:{need(envelope, 'header', 'event_id')}",
        "platform": Platform.FEISHU,
        "accounts": tuple(filter(None, accounts)),
        "at": now,
        "said_at": _instant_of(text(envelope, "header", "create_time")) or NO_TIME,
    }


def _instant_of(stamp: str) -> datetime | None:
    """A time as Feishu writes it, cut to milliseconds: 13 digits, or 16 (microseconds) for a click."""
    if STAMP.fullmatch(stamp) is None:
        return None
    return datetime.fromtimestamp(int(stamp[:13]) / 1000, UTC)


def _message(envelope: Mapping[str, Any], bot: str, now: datetime) -> Message | None:
    """Redeliveries of a message may come under another event_id, so its own id is the key, and its own
    time is when it was written."""
    message = dig(envelope, "event", "message")
    if text(envelope, "event", "sender", "sender_type") != "user":
        return None
    named = feishu_content.mentions(message, bot)
    in_group = need(message, "chat_type") != "p2p"
    if in_group and not named.bot:
        return None
    content, id_ = feishu_content.read(message, named), need(message, "message_id")
    origin = _origin(envelope, ("sender", "sender_id"), now) | {"key": f"feishu:{id_}"}
    if (written := _instant_of(text(message, "create_time"))) is not None:
        origin["said_at"] = written
    chat = need(message, "chat_id") if in_group else ""
    return Message(**origin, message=id_, text=content.text, chat=chat, files=content.files)


def _click(envelope: Mapping[str, Any], now: datetime) -> Click:
    action = dig(envelope, "event", "action")
    value = dig(action, "value")
    # The pages show the context inside the event and, once, beside it.
    message = text(envelope, "event", "context", "open_message_id") or text(
        envelope, "context", "open_message_id"
    )
    return Click(
        **_origin(envelope, ("operator",), now),
        message=message,
        act=need(value, "act"),
        ref=_word(value, "ref"),
        step=_place(value),
        version=_count(value, "version"),
        card=_word(value, "card"),
        fields=_fields(dig(action, "form_value")),
    )


def _word(value: object, name: str) -> str:
    found = dig(value, name)
    if found is None or isinstance(found, str):
        return found or ""
    raise Refused(400, f"bad {name}")


def _place(value: object) -> str:
    """The step a button was drawn for; cards of before steps had names carry its number."""
    found = dig(value, "step")
    return str(_count(value, "step")) if isinstance(found, int) else _word(value, "step")


def _count(value: object, name: str) -> int:
    found = dig(value, name)
    if found is None:
        return 0
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < MOST_VERSIONS:
        return found
    raise Refused(400, f"bad {name}")


def _fields(form: object) -> Mapping[str, str | tuple[str, ...]]:
    """What was filled in; an untouched field may come as missing, empty or null, and is left out."""
    values = form.items() if isinstance(form, Mapping) else ()
    return {name: value for name, raw in values if (value := _value(raw))}


def _value(raw: object) -> str | tuple[str, ...]:
    if isinstance(raw, str):
        return _picked(clean(raw))
    if isinstance(raw, list):
        return tuple(one for item in raw if isinstance(item, str) and (one := clean(item)))
    return ""


def _picked(value: str) -> str:
    """A picked date or time without its offset; an instant picked in another time zone is moved here."""
    if match := PICKED.fullmatch(value):
        day, clock, offset = match.groups()
        return _instant(day + clock, offset) if clock else day
    if match := CLOCK.fullmatch(value):
        return match[1]
    return value


def _instant(local: str, offset: str) -> str:
    try:
        at = datetime.strptime(local + offset, "%Y-%m-%d %H:%M%z").astimezone(HERE)
    except (ValueError, OverflowError):
        return local
    return at.strftime("%Y-%m-%d %H:%M")
