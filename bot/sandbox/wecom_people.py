"""The people in the played WeCom: what they write and press becomes signed, encrypted callbacks."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.platforms.base import Answer, Clock, Raw
from bot.platforms.settings import WecomSettings
from bot.platforms.wecom_crypto import Crypto
from bot.sandbox.directory import Enrolled, PlayedDirectory
from bot.sandbox.sim import Shown, Sim

Node = Sequence[tuple[str, "str | int | Node"]]
"""An XML element's children in order: text in CDATA, numbers bare."""

_RETRIES = 3


def to_xml(node: Node) -> str:
    return "".join(f"<{name}>{_inner(value)}</{name}>" for name, value in node)


def _inner(value: "str | int | Node") -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f"<![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return to_xml(value)


@dataclass(slots=True)
class Code:
    """A response_code: good once, for 72 hours, for one sent message."""

    message_id: str
    issued_at: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    content: bytes
    media_type: str
    name: str
    stored_at: datetime
    kind: str = ""


@dataclass(slots=True)
class _Unanswered:
    plain: str
    retries: int = 0


class WecomPeople(Sim):
    """Who is in the corp, what they hold, and their side of the conversation.

    `people` are names by userid; userids are the same in either case, `screens` has them lower-cased.
    """

    def __init__(self, settings: WecomSettings, clock: Clock, people: Mapping[str, str]) -> None:
        super().__init__(clock)
        self.settings = settings
        self.people = {userid.lower(): (userid, name) for userid, name in people.items()}
        names = {account: name for account, (_, name) in self.people.items()}
        self.directory = PlayedDirectory.of("1", names)
        self.codes: dict[str, Code] = {}
        self.media: dict[str, Media] = {}
        self.task_ids: dict[str, str] = {}
        self.former: dict[str, Enrolled] = {}
        self._crypto = Crypto(settings.token, settings.encoding_aes_key, settings.corp_id)
        self._unanswered: list[_Unanswered] = []
        self._count = 0

    def number(self) -> int:
        """The next of the numbers that ids are made of."""
        self._count += 1
        return self._count

    def issue_code(self, message_id: str) -> str:
        code = f"rc-{self.number():06}"
        self.codes[code] = Code(message_id, self.clock())
        return code

    def store_media(self, content: bytes, media_type: str, name: str, kind: str = "") -> str:
        """Keep a file; `kind` is what the app uploaded it as, empty for what a person sent."""
        media_id = f"media-{self.number():06}"
        self.media[media_id] = Media(content, media_type, name, self.clock(), kind)
        return media_id

    async def check_address(self) -> Answer:
        """The administrator presses Save: the address must echo a number."""
        echo = self._crypto.encrypt("5823391047116640001", secrets.token_bytes(16))
        return await self._deliver("GET", echo, b"")

    async def say(self, account: str, text: str, chat: str = "") -> Answer:
        """A self-built app hears nothing of group chats, so `chat` must be empty."""
        if chat:
            raise LookupError("WeCom brings an app nothing of group chats")
        self._own(account, text)
        return await self._send_message(account, "text", [("Content", text)])

    async def upload(self, account: str, name: str, content: bytes, kind: str = "file") -> Answer:
        """A picture or video reaches the app; a file does not (WeCom page 90239), and nothing happens."""
        self._own(account, name)
        if kind not in ("image", "video"):
            return Answer()
        media_id = self.store_media(content, "image/jpeg" if kind == "image" else "video/mp4", name)
        extra = (
            ("PicUrl", f"https://sandbox.invalid/{media_id}")
            if kind == "image"
            else ("ThumbMediaId", media_id)
        )
        return await self._send_message(account, kind, [extra, ("MediaId", media_id)])

    async def leaves(self, account: str) -> None:
        """The person is removed from the corp: nobody tells an app of one's own."""
        self.former[account.lower()] = self.directory.members.pop(account.lower())

    async def returns(self, account: str) -> None:
        """The person is put into the corp again: nobody tells an app of one's own."""
        self.directory.members[account.lower()] = self.former.pop(account.lower())

    async def moves(self, account: str, department: str) -> None:
        """The person is put into another department: nobody tells an app of one's own."""
        self.directory.members[account.lower()].department = department

    async def enter(self, account: str) -> Answer:
        return await self._send_event(account, "enter_agent", [("EventKey", "")])

    async def menu(self, account: str, key: str) -> Answer:
        """`key` with or without its `menu.`."""
        return await self._send_event(account, "click", [("EventKey", f"menu.{key.removeprefix('menu.')}")])

    async def click(
        self, account: str, message_id: str, button: str, fields: Mapping[str, Any] | None = None
    ) -> Answer:
        """Press the button with that text; `fields` are option ids, or their texts, by question key."""
        return await self.forward_click(account, account, message_id, button, fields)

    async def forward_click(
        self,
        account: str,
        owner: str,
        message_id: str,
        button: str,
        fields: Mapping[str, Any] | None = None,
    ) -> Answer:
        """`account` presses a button of a card on `owner`'s screen, as a forged callback would say."""
        shown = self.find(owner.lower(), message_id)
        card = shown.native
        if card is None or shown.recalled or "replace_text" in card:
            raise LookupError(f"{message_id} cannot be pressed")
        event: list[tuple[str, str | int | Node]] = [
            ("EventKey", _pressed(card, button)),
            ("TaskId", self.task_ids[message_id]),
            ("CardType", card["card_type"]),
        ]
        if chosen := list(_chosen(card, fields or {})):
            event.append(("SelectedItems", chosen))
        event.append(("ResponseCode", self.issue_code(message_id)))
        return await self._send_event(account, "template_card_event", event)

    async def redeliver(self) -> list[Answer]:
        """Send again, with the same text inside, each callback that was not answered 200; WeCom does
        so three times (WeCom page 90238)."""
        waiting, self._unanswered = self._unanswered, []
        return [await self._attempt(callback) for callback in waiting]

    def _own(self, account: str, text: str) -> None:
        self._userid(account)
        message_id = f"own-{self.number():06}"
        self.show(Shown(message_id, account.lower(), self.clock(), text=text, mine=True))

    def _userid(self, account: str) -> str:
        return self.people[account.lower()][0]

    async def _send_message(self, account: str, kind: str, body: Node) -> Answer:
        message_id = 7592160011223344000 + self.number()
        head = [*self._head(account), ("CreateTime", self._now()), ("MsgType", kind)]
        return await self._callback(
            [*head, *body, ("MsgId", message_id), ("AgentID", self.settings.agent_id)]
        )

    async def _send_event(self, account: str, event: str, body: Node) -> Answer:
        """The order of elements is that of a captured real event."""
        head = [*self._head(account), ("MsgType", "event"), ("Event", event), ("CreateTime", self._now())]
        return await self._callback([*head, ("AgentID", self.settings.agent_id), *body])

    def _head(self, account: str) -> list[tuple[str, str | int | Node]]:
        return [("ToUserName", self.settings.corp_id), ("FromUserName", self._userid(account))]

    def _now(self) -> int:
        return int(self.clock().timestamp())

    async def _callback(self, body: Node) -> Answer:
        return await self._attempt(_Unanswered(to_xml([("xml", body)])))

    async def _attempt(self, callback: _Unanswered) -> Answer:
        encrypted = self._crypto.encrypt(callback.plain, secrets.token_bytes(16))
        envelope: Node = [
            ("ToUserName", self.settings.corp_id),
            ("Encrypt", encrypted),
            ("AgentID", str(self.settings.agent_id)),
        ]
        answer = await self._deliver("POST", encrypted, to_xml([("xml", envelope)]).encode())
        if answer.status != 200 and callback.retries < _RETRIES:
            callback.retries += 1
            self._unanswered.append(callback)
        return answer

    async def _deliver(self, method: str, encrypted: str, body: bytes) -> Answer:
        """No answer at all is told as a 504."""
        if self.deliver is None:
            raise RuntimeError("set deliver first")
        timestamp, nonce = str(self._now()), str(secrets.randbelow(10**10))
        query = {
            "msg_signature": self._crypto.signature(timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        if method == "GET":
            query["echostr"] = encrypted
        try:
            return await self.deliver(Raw(method, query, {}, body))
        except (OSError, TimeoutError):
            return Answer(504)


def _pressed(card: Mapping[str, Any], text: str) -> str:
    """The key of the button, or entry of the corner menu, with that text."""
    buttons = [*card.get("button_list", ()), *card.get("action_menu", {}).get("action_list", ())]
    buttons += [card["submit_button"]] if "submit_button" in card else []
    for button in buttons:
        if button["text"] == text and button.get("type", 0) == 0:
            return str(button["key"])
    raise LookupError(f"no button {text}")


def _chosen(card: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[str, Node]]:
    """A SelectedItem for each selector: what `fields` say, else what stands chosen on the card."""
    selectors = [card[name] for name in ("button_selection", "checkbox") if name in card]
    for selector in [*selectors, *card.get("select_list", ())]:
        wanted = fields.get(selector["question_key"], _standing(selector))
        named = [wanted] if isinstance(wanted, str) else wanted
        if options := [_option(selector, one) for one in named if one]:
            ids = [("OptionId", option) for option in options]
            yield "SelectedItem", [("QuestionKey", selector["question_key"]), ("OptionIds", ids)]


def _standing(selector: Mapping[str, Any]) -> list[str]:
    """A box may be left empty; a list always has something chosen, its first option if nothing else."""
    options = selector["option_list"]
    if "is_checked" in options[0]:
        return [option["id"] for option in options if option["is_checked"]]
    ids = [option["id"] for option in options]
    return [selector["selected_id"] if selector.get("selected_id") in ids else ids[0]]


def _option(selector: Mapping[str, Any], wanted: str) -> str:
    for name in ("id", "text"):
        for option in selector["option_list"]:
            if option[name] == wanted:
                return str(option["id"])
    raise LookupError(f"no option {wanted}")
