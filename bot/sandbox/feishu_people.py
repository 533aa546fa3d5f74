"""People in the played Feishu: what they do becomes signed and encrypted callbacks, as on the platform."""

import asyncio
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import orjson

from bot.platforms import feishu_crypto, feishu_json
from bot.platforms.base import Answer, Clock, Raw, Refused
from bot.platforms.settings import FeishuSettings
from bot.sandbox import feishu_cards, feishu_forms
from bot.sandbox.directory import PlayedDirectory
from bot.sandbox.feishu_directory import FeishuContacts
from bot.sandbox.sim import Shown, Sim

BOT = "ou_9f8e7d6c5b4a39281706f5e4d3c2b1a0"
BOT_NAME = "全媒审批"
CLICKABLE = timedelta(days=14)
ANSWER_WITHIN = 3.0
TENANT = "3f9ab1c27d40e85a"


@dataclass(frozen=True, slots=True)
class Resource:
    """A file in a message."""

    name: str
    content: bytes
    kind: str


class FeishuPeople(Sim):
    """The people's side: what they write, press and open; the API's side builds on it."""

    def __init__(self, settings: FeishuSettings, clock: Clock, people: Mapping[str, str]) -> None:
        super().__init__(clock)
        self.settings, self.people = settings, dict(people)
        self.directory = PlayedDirectory.of("0", people)
        self.contacts = FeishuContacts(self.directory, self.ids)
        self.resources: dict[tuple[str, str], Resource] = {}
        self.read_by: dict[str, dict[str, datetime]] = {}
        self._copies: dict[str, list[Shown]] = {}
        self._numbers = count(1)
        self._unacknowledged: list[dict[str, Any]] = []

    async def say(self, account: str, text: str, chat: str = "") -> Answer:
        """The person writes; `@姓名` of somebody known is a mention, and in a group the bot's comes first."""
        content, mentions = self._mentioning(text, in_group=bool(chat))
        shown = self._write(account, text, chat)
        return await self._push_message(shown, "text", {"text": content}, mentions)

    async def upload(self, account: str, name: str, content: bytes, kind: str = "file") -> Answer:
        """The person sends a file, image or video in the private chat."""
        shown = self._write(account, f"[{name}]", "")
        key = f"{'img' if kind == 'image' else 'file'}_v3_{next(self._numbers):08x}"
        self.resources[shown.id, key] = Resource(name, content, kind)
        if kind == "image":
            return await self._push_message(shown, "image", {"image_key": key})
        message_type = "media" if kind == "video" else "file"
        return await self._push_message(shown, message_type, {"file_key": key, "file_name": name})

    async def click(
        self, account: str, message_id: str, button: str, fields: Mapping[str, Any] | None = None
    ) -> Answer:
        shown = self.find(account, message_id)
        if shown.native is None or shown.recalled or self.clock() - shown.at > CLICKABLE:
            raise LookupError("this message can no longer be pressed")
        action = feishu_forms.press(shown.native, button).action(fields or {})
        event = {
            "operator": {"tenant_key": self.tenant, **self.ids(account)},
            "token": f"c-{next(self._numbers):040x}",
            "action": action,
            "host": "im_message",
            "context": {"open_message_id": message_id, "open_chat_id": shown.chat or self.chat_of(account)},
        }
        answer = await self._deliver(self._envelope("card.action.trigger", event, digits=16))
        shown.toast = self._apply(message_id, answer)
        return answer

    async def forward_click(
        self,
        account: str,
        owner: str,
        message_id: str,
        button: str,
        fields: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Somebody presses a button on a card that `owner` forwarded to them."""
        self.show(replace(self.find(owner, message_id), account=account, toast=""))
        return await self.click(account, message_id, button, fields)

    async def enter(self, account: str) -> Answer:
        event = {"chat_id": self.chat_of(account), "operator_id": self.ids(account)}
        return await self._push("im.chat.access_event.bot_p2p_chat_entered_v1", event)

    def sees(self, account: str, message_id: str) -> None:
        """The person has the bot's message on their screen, and no event says so."""
        self.read_by.setdefault(message_id, {}).setdefault(account, self.clock())

    async def read(self, account: str, message_id: str) -> Answer:
        """The person has the bot's message on their screen: it is reported once for each."""
        self.sees(account, message_id)
        reader = {
            "reader_id": self.ids(account),
            "read_time": str(int(self.clock().timestamp() * 1000)),
            "tenant_key": self.tenant,
        }
        event = {"reader": reader, "message_id_list": [self.find(account, message_id).id]}
        return await self._push("im.message.message_read_v1", event)

    async def menu(self, account: str, key: str) -> Answer:
        operator = {"operator_name": self.people[account], "operator_id": self.ids(account)}
        event = {"operator": operator, "event_key": key, "timestamp": int(self.clock().timestamp())}
        return await self._push("application.bot.menu_v6", event)

    async def leaves(self, account: str) -> None:
        """The person resigns; the event's own department_ids are empty, as the real one's are."""
        member = self.directory.members[account]
        member.left = True
        user = {k: v for k, v in self.contacts.user(member).items() if k != "department_ids"}
        old = {"department_ids": [member.department], "open_id": account}
        await self._push("contact.user.deleted_v3", {"object": user, "old_object": old})

    async def returns(self, account: str) -> None:
        """The person is taken on again, under the same ids."""
        member = self.directory.members[account]
        member.left = False
        user = {k: v for k, v in self.contacts.user(member).items() if k != "department_ids"}
        await self._push("contact.user.created_v3", {"object": user})

    async def moves(self, account: str, department: str) -> None:
        """The person is put into another department."""
        member = self.directory.members[account]
        old, member.department = {"department_ids": [member.department]}, department
        user = {k: v for k, v in self.contacts.user(member).items() if k != "department_ids"}
        await self._push("contact.user.updated_v3", {"object": user, "old_object": old})

    async def verify_address(self) -> Answer:
        """The platform checks the callback address, encrypted and not signed."""
        challenge = {"challenge": f"{next(self._numbers):032x}", "type": "url_verification"}
        sealed = self._sealed(challenge | {"token": self.settings.verification_token})
        return await self._hand_over(replace(sealed, headers={}))

    async def redeliver(self) -> list[Answer]:
        """Send again, under the same event_id, every event that was not answered with 200."""
        waiting, self._unacknowledged = self._unacknowledged, []
        return [await self._push_envelope(envelope) for envelope in waiting]

    @property
    def tenant(self) -> str:
        return self.settings.tenant_key or TENANT

    def ids(self, account: str) -> dict[str, str]:
        """The ids of one person; the user_id is the beginning of the open_id's random part."""
        tail = account.removeprefix("ou_")
        return {"union_id": f"on_{tail}", "user_id": tail[:8], "open_id": account}

    def chat_of(self, account: str) -> str:
        """The person's private chat with the bot."""
        return f"oc_{hashlib.md5(account.encode(), usedforsecurity=False).hexdigest()}"

    def show(self, shown: Shown) -> None:
        super().show(shown)
        self._copies.setdefault(shown.id, []).append(shown)

    def copies(self, message_id: str) -> list[Shown]:
        """The message on every screen that shows it."""
        return self._copies.get(message_id, [])

    def repaint(self, message_id: str, card: Mapping[str, Any]) -> None:
        """A card is shared: all who see the message see the new one."""
        for shown in self.copies(message_id):
            shown.native, shown.version = card, shown.version + 1

    def new_message_id(self) -> str:
        return f"om_{next(self._numbers):032x}"

    def _write(self, account: str, text: str, chat: str) -> Shown:
        """The person's own message, on the screen of everybody in the chat."""
        said = f"@{BOT_NAME} {text}" if chat else text
        sender = account if chat else ""
        written = Shown(
            self.new_message_id(), account, self.clock(), text=said, mine=True, chat=chat, sender=sender
        )
        self.show(written)
        if chat:
            members = self.groups.setdefault(chat, [])
            for member in members:
                if member != account:
                    self.show(replace(written, account=member, mine=False))
            if account not in members:
                members.append(account)
        return written

    def _mentioning(self, text: str, *, in_group: bool) -> tuple[str, list[dict[str, Any]]]:
        """The text with tokens in place of the names, and the mentions that explain them."""
        found = [(BOT, BOT_NAME, "bot")] if in_group else []
        names = {name: account for account, name in self.people.items()}

        def token(match: re.Match[str]) -> str:
            found.append((names[match[1]], match[1], "user"))
            return f"@_user_{len(found)}"

        longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        text = re.sub(f"@({longest_first})", token, text) if names else text
        mentions = [
            {
                "key": f"@_user_{number}",
                "id": self.ids(account),
                "name": name,
                "mentioned_type": kind,
                "tenant_key": self.tenant,
            }
            for number, (account, name, kind) in enumerate(found, 1)
        ]
        return (f"@_user_1 {text}" if in_group else text), mentions

    async def _push_message(
        self, shown: Shown, kind: str, content: object, mentions: list[dict[str, Any]] | None = None
    ) -> Answer:
        message = {
            "message_id": shown.id,
            "create_time": str(int(shown.at.timestamp() * 1000)),
            "chat_id": shown.chat or self.chat_of(shown.account),
            "chat_type": "group" if shown.chat else "p2p",
            "message_type": kind,
            "content": orjson.dumps(content).decode(),
        }
        sender = {"sender_id": self.ids(shown.account), "sender_type": "user", "tenant_key": self.tenant}
        event = {"sender": sender, "message": message | ({"mentions": mentions} if mentions else {})}
        return await self._push("im.message.receive_v1", event)

    async def _push(self, kind: str, event: Mapping[str, Any]) -> Answer:
        return await self._push_envelope(self._envelope(kind, event))

    async def _push_envelope(self, envelope: dict[str, Any]) -> Answer:
        answer = await self._deliver(envelope)
        if answer.status != 200:
            self._unacknowledged.append(envelope)
        return answer

    def _envelope(self, kind: str, event: Mapping[str, Any], digits: int = 13) -> dict[str, Any]:
        """Envelope 2.0; the time has milliseconds for events and microseconds for card callbacks."""
        header = {
            "event_id": f"{next(self._numbers):032x}",
            "event_type": kind,
            "create_time": str(int(self.clock().timestamp() * 1_000_000))[:digits],
            "token": self.settings.verification_token,
            "app_id": self.settings.app_id,
            "tenant_key": self.tenant,
        }
        return {"schema": "2.0", "header": header, "event": event}

    async def _deliver(self, envelope: Mapping[str, Any]) -> Answer:
        return await self._hand_over(self._sealed(envelope))

    def _sealed(self, envelope: Mapping[str, Any]) -> Raw:
        key = self.settings.encrypt_key
        body = orjson.dumps({"encrypt": feishu_crypto.encrypt(orjson.dumps(envelope), key, os.urandom(16))})
        timestamp, nonce = str(int(self.clock().timestamp())), f"{next(self._numbers):x}"
        headers = {
            "content-type": "application/json;charset=utf-8",
            "x-lark-request-timestamp": timestamp,
            "x-lark-request-nonce": nonce,
            "x-lark-signature": feishu_crypto.signature(timestamp, nonce, key, body),
        }
        return Raw("POST", {}, headers, body)

    async def _hand_over(self, raw: Raw) -> Answer:
        """The bot's answer; a bot that is not there or too slow is an answer of its own."""
        if self.deliver is None:
            return Answer(503)
        try:
            return await asyncio.wait_for(self.deliver(raw), ANSWER_WITHIN)
        except Refused as refused:
            return Answer(refused.status)
        except TimeoutError:
            return Answer(504)
        except OSError:
            return Answer(502)

    def _apply(self, message_id: str, answer: Answer) -> str:
        """Do what the answer to a click says; the toast that its presser sees."""
        if answer.status != 200:
            code = {502: 200342, 504: 200341}.get(answer.status, 200671)
            return f"操作失败（{code}）"
        try:
            body = orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            body = None
        if not isinstance(body, dict) or not isinstance(body.get("toast", {}), dict):
            return "操作失败（200672）"
        card = feishu_json.dig(body, "card", "data")
        if "card" in body:
            try:
                feishu_cards.check(card)
            except feishu_cards.CardError:
                return f"操作失败（{200673 if feishu_json.dig(card, 'schema') == '2.0' else 200830}）"
            self.repaint(message_id, card)
        return feishu_json.text(body, "toast", "content")
