"""What a Feishu message says: its content JSON -> text and files (page message_content)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.feishu_json import items, need, parse, text
from handlers.events import LONGEST_TEXT, FileRef
from handlers.rules.text import label

LINK_AS_TYPED = re.compile(r"\[(https?://[^\[\]\s]+)\]\(\1/?\)")
MENTIONED = re.compile(r"@_(?:user_\d+|all)")


@dataclass(frozen=True, slots=True)
class Content:
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a message mentions: `names` by key, the bot's own name being empty."""

    names: Mapping[str, str]
    bot: bool

    def spell(self, line: str) -> str:
        """The line with each mention's token replaced; `@_user_1` never hits inside `@_user_10`."""
        return MENTIONED.sub(lambda match: self.names.get(match[0], match[0]), line) if self.names else line


def mentions(message: object, bot: str) -> Mentions:
    """The mentions of a message; `bot` is the open_id of this bot, empty while it is unknown."""
    names, mentioned = {}, False
    for entry in items(message, "mentions"):
        key, open_id = text(entry, "key"), text(entry, "id", "open_id")
        ours = bool(bot) and open_id == bot
        mentioned = mentioned or ours
        if key:
            names[key] = "" if ours else text(entry, "name") or open_id
    return Mentions(names, mentioned)


def read(message: object, named: Mentions) -> Content:
    """What the message says; a type that has neither text nor file (a sticker) says nothing.

    Raises `Refused` where the content is not what its type promises.
    """
    kind, id_ = need(message, "message_type"), need(message, "message_id")
    reader = READERS.get(kind)
    if reader is None:
        return Content()
    return reader(parse(need(message, "content"), "content"), id_, named)


def _text(content: Mapping[str, Any], _message: str, named: Mentions) -> Content:
    line = text(content, "text")
    if len(line) > LONGEST_TEXT:  # no pattern looks at it
        return Content(line)
    return Content(named.spell(LINK_AS_TYPED.sub(r"\1", line)))


def _post(content: Mapping[str, Any], message: str, named: Mentions) -> Content:
    lines, files = [text(content, "title")], []
    for paragraph in items(content, "content"):
        runs = paragraph if isinstance(paragraph, list) else []
        found = [file for run in runs if (file := _embedded(run, message))]
        line = "".join(_run(run, named) for run in runs)
        files += found
        if line.strip() or not found:
            lines.append(line)
    return Content("\n".join(lines), tuple(files))


def _run(run: object, named: Mentions) -> str:
    """One inline element of a post as plain text."""
    tag, words = text(run, "tag"), text(run, "text")
    if tag == "a":
        link = text(run, "href")
        return words if words == link or not link else f"{words} {link}".strip()
    if tag == "at":
        key = text(run, "user_id")
        return named.names.get(key, text(run, "user_name") or key)
    if tag == "emotion":
        return f"[{text(run, 'emoji_type')}]"
    return words


def _embedded(run: object, message: str) -> FileRef | None:
    """A picture or video inside a post."""
    if text(run, "tag") == "img" and (key := text(run, "image_key")):
        return FileRef(key, "图片", "image", message)
    if text(run, "tag") == "media" and (key := text(run, "file_key")):
        return FileRef(key, "视频", "video", message)
    return None


def _image(content: Mapping[str, Any], message: str, _named: Mentions) -> Content:
    return Content(files=(FileRef(need(content, "image_key"), "图片", "image", message),))


def _file(content: Mapping[str, Any], message: str, _named: Mentions) -> Content:
    name = label(text(content, "file_name")) or "文件"
    return Content(files=(FileRef(need(content, "file_key"), name, "file", message),))


def _media(content: Mapping[str, Any], message: str, _named: Mentions) -> Content:
    name = label(text(content, "file_name")) or "视频"
    return Content(files=(FileRef(need(content, "file_key"), name, "video", message),))


Reader = Callable[[Mapping[str, Any], str, Mentions], Content]
READERS: Mapping[str, Reader] = {
    "text": _text,
    "post": _post,
    "image": _image,
    "file": _file,
    "media": _media,
}
