"""WeCom's callbacks (WeCom pages 90238, 90239, 90240): HTTP request in, neutral event out; no I/O."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict
from xml.parsers.expat import ExpatError

import xmltodict

from bot.platforms.base import Raw, believable
from bot.platforms.wecom_crypto import Crypto, refused
from cards.wecom_keys import parse_key
from handlers.events import NO_TIME, Click, Enter, Event, FileRef, Message
from handlers.rules.text import without_controls
from storage.records import Platform

BODY_LIMIT = 1 << 20
"""Bytes: several times the longest message that is read, so that who sends a longer one is told."""

MENU = {"inbox": "/待办", "publish": "/发布", "mine": "/我的", "help": "/帮助"}
"""What pressing an entry of the menu (key `menu.<name>`) means."""

REST_OF_SECOND = timedelta(milliseconds=999)
_STAMP = re.compile(r"[1-9][0-9]{9}")
_ENVELOPE = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*</Encrypt>")
_BEGINNING = re.compile(r"\s*(?:<\?xml\s[^<>]*\?>\s*)?<xml[\s/>]")
_SPLIT = "]]]]><![CDATA[>"
"""How XML says `]]>` within CDATA."""

_WRITTEN = ("Content", "Title", "Description")
"""Elements that hold what people wrote, which WeCom does not escape."""

_FILE_NAMES = {"image": "图片", "video": "视频"}


class _Origin(TypedDict):
    key: str
    platform: Platform
    accounts: tuple[str, ...]
    at: datetime
    said_at: datetime
    message: str


def open_url_check(crypto: Crypto, raw: Raw) -> bytes:
    """What answers the console's check of the callback address (a GET); raises `Refused`."""
    return _open(crypto, raw, raw.query.get("echostr", "")).encode()


def open_callback(crypto: Crypto, raw: Raw) -> str:
    """The decrypted XML of a callback (a POST); raises `Refused`.

    No XML parser touches the envelope: nothing in it is believed but what the signature covers.
    """
    if len(raw.body) > BODY_LIMIT:
        raise refused("body too large")
    found = _ENVELOPE.findall(raw.body)
    if len(found) != 1:
        raise refused("no single Encrypt")
    return _open(crypto, raw, found[0].decode())


def _open(crypto: Crypto, raw: Raw, encrypted: str) -> str:
    signature, timestamp, nonce = (
        raw.query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")
    )
    crypto.verify(signature, timestamp, nonce, encrypted)
    return crypto.decrypt(encrypted)


def decode(plain: str, agent_id: int, now: datetime) -> Event | None:
    """What the decrypted XML says happened, at `now`; None for what this bot takes no part in.

    A shared link is its address, voice and location are an empty line (which is answered with help).
    Raises `Refused` for malformed XML, another app's message, or a message without a sender.
    """
    fields = _parse(plain)
    if _text(fields, "AgentID") not in ("", str(agent_id)):
        raise refused("another app")
    sender = _text(fields, "FromUserName").lower()
    if not sender:
        raise refused("no sender")
    origin = _Origin(
        key=_key(fields, plain),
        platform=Platform.WECOM,
        accounts=(sender,),
        at=now,
        said_at=_said_at(fields),
        message=_text(fields, "MsgId"),
    )
    kind = _text(fields, "MsgType").lower()
    event = _event(fields, origin) if kind == "event" else _message(kind, fields, origin)
    return believable(event) if event else None


# Not by wechatpy's parse_message: it knows no card event, and each field may raise when it is read.
def _parse(plain: str) -> Mapping[str, Any]:
    if not _BEGINNING.match(plain):  # so no DOCTYPE, and with it no entity, reaches the parser
        raise refused("not a message")
    try:
        root = xmltodict.parse(_well_formed(plain), force_list=("SelectedItem", "OptionId"))
    except (ExpatError, ValueError):
        raise refused("not XML") from None
    fields = root.get("xml")
    if not isinstance(fields, dict):
        raise refused("not a message")
    return fields


def _well_formed(plain: str) -> str:
    """The XML without characters that XML forbids, and with what people wrote held in its own element:
    a `]]>` they typed ends nothing, and no element they typed is one."""
    plain = without_controls(plain)
    for name in _WRITTEN:
        opening, closing = f"<{name}><![CDATA[", f"]]></{name}>"
        begin, end = plain.find(opening), plain.rfind(closing)
        if begin >= 0 and end >= begin + len(opening):
            begin += len(opening)
            typed = plain[begin:end].replace(_SPLIT, "]]>")
            plain = f"{plain[:begin]}{typed.replace(']]>', _SPLIT)}{plain[end:]}"
    return plain


def _key(fields: Mapping[str, Any], plain: str) -> str:
    """Events go by their whole text: time is in seconds, so sender and time fall together."""
    if message_id := _text(fields, "MsgId"):
        return f"wecom:{message_id}:{_text(fields, 'AgentID')}"
    return f"wecom:{hashlib.sha256(plain.encode()).hexdigest()}"


def _said_at(fields: Mapping[str, Any]) -> datetime:
    """The end of the second that WeCom gives: what was shown within it was there to be read."""
    stamp = _text(fields, "CreateTime")
    return datetime.fromtimestamp(int(stamp), UTC) + REST_OF_SECOND if _STAMP.fullmatch(stamp) else NO_TIME


def _message(kind: str, fields: Mapping[str, Any], origin: _Origin) -> Message | None:
    match kind:
        case "text":
            return Message(**origin, text=_text(fields, "Content"))
        case "link":
            return Message(**origin, text=_text(fields, "Url"))
        case "image" | "video":
            file = FileRef(_text(fields, "MediaId"), _FILE_NAMES[kind], kind, origin["message"])
            return Message(**origin, files=(file,))
        case "voice" | "location":
            return Message(**origin)
    return None


def _event(fields: Mapping[str, Any], origin: _Origin) -> Message | Click | Enter | None:
    match _text(fields, "Event"):
        case "subscribe" | "enter_agent":
            return Enter(**origin)
        case "click":
            name = _text(fields, "EventKey").removeprefix("menu.")
            return Message(**origin, text=MENU.get(name, MENU["help"]))
        case "template_card_event" | "template_card_menu_event":
            return _click(fields, origin)
    return None


def _click(fields: Mapping[str, Any], origin: _Origin) -> Click:
    act, ref, step, version = parse_key(_text(fields, "EventKey"))
    return Click(
        **origin,
        act=act,
        ref=ref,
        step=step,
        version=version,
        card=_text(fields, "TaskId"),
        fields=dict(_chosen(fields)),
        code=_text(fields, "ResponseCode"),
    )


def _chosen(fields: Mapping[str, Any]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Selectors by question key; one option is a string, several are a tuple."""
    for item in _below(fields, "SelectedItems").get("SelectedItem") or ():
        if isinstance(item, dict) and (question := _text(item, "QuestionKey")):
            listed = _below(item, "OptionIds").get("OptionId") or ()
            options = tuple(option for option in listed if isinstance(option, str))
            yield question, options[0] if len(options) == 1 else options


def _below(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
