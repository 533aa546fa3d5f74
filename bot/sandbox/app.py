"""The sandbox over HTTP: both platforms' APIs on loopback, and the page that shows people's chats."""

import math
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web

from bot.platforms.base import Answer
from bot.platforms.file_kinds import PICTURES, found
from bot.platforms.multipart import BINARY, Attached
from bot.sandbox.feed import Feed
from bot.sandbox.scene import FAULTS, Actor, Moves, Scene, Viewer
from bot.sandbox.sim import Sim
from cards.picture import WIDTH

HERE = Path(__file__).parent
ASSETS = frozenset(path.name for path in HERE.iterdir() if path.suffix in {".css", ".js"})
LARGEST = 30 * 1024 * 1024
"""Bytes of a file sent in a chat: what Feishu takes (open platform page im-v1/file/create)."""

SLOW = 3.0
"""Seconds by which a slow platform's answers are late."""

API = {
    "feishu": ("/open-apis/{tail:.*}", "/callback/ws/{tail:.*}"),
    "wecom": ("/cgi-bin/{tail:.*}",),
}

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"

DIGITS = re.compile("[0-9]{1,4}")
DRAWN = "default-src 'none'; style-src 'unsafe-inline'"
"""Of a picture that is opened by itself: its own colours, and nothing else."""

GONE = orjson.dumps({"toast": "这里已经没有这个按钮了"}).decode()

EXAMPLE = """/发布
媒体：机电之声
标题：学院更名为机电与智能工程学院
正文：经学校研究决定，机电工程学院更名为机电与智能工程学院。
涉及：重大事项决策"""

Json = dict[str, Any]
Call = Callable[[Json], Awaitable[Json]]


def sandbox_app(
    sims: Mapping[str, Sim],
    cast: Sequence[Actor],
    moves: Moves,
    others: Sequence[Actor] = (),
    example: str = EXAMPLE,
) -> web.Application:
    """Both platforms (`sims` by name: feishu, wecom) and the page at `/`.

    `cast` are the people whose phones are seen at first, left to right; the first is offered `example`
    to send. Any of the `others` can be chosen in the place of one of them.
    """
    scene = Scene(sims, tuple(cast), tuple(others), moves, example)
    feed = Feed(scene)
    app = web.Application(client_max_size=LARGEST)
    app.on_shutdown.append(feed.close)
    for name, sim in sims.items():
        for path in API[name]:
            app.router.add_route("*", path, partial(played, sim, feed))
    app.add_routes(page_routes(scene, feed))
    return app


def page_routes(scene: Scene, feed: Feed) -> list[web.RouteDef]:
    desk = Desk(scene)
    calls: dict[str, Call] = {
        "say": desk.say,
        "click": desk.click,
        "enter": desk.enter,
        "menu": desk.menu,
        "leaves": desk.leaves,
        "returns": desk.returns,
        "advance": desk.advance,
        "faults": desk.faults,
    }

    async def state(_: web.Request) -> web.Response:
        return reply(Viewer(scene).everything())

    async def named(request: web.Request) -> web.StreamResponse:
        return await asset(request.match_info["name"], request)

    return [
        web.get("/", partial(asset, "page.html")),
        web.get("/sandbox/state", state),
        web.get("/sandbox/events", feed.stream),
        web.get("/sandbox/file", partial(attached, desk)),
        web.get("/sandbox/chain", partial(picture, scene)),
        web.get("/sandbox/{name}", named),
        web.post("/sandbox/upload", partial(uploaded, desk, feed)),
        *(web.post(f"/sandbox/{name}", partial(called, call, feed)) for name, call in calls.items()),
    ]


async def played(sim: Sim, feed: Feed, request: web.Request) -> web.StreamResponse:
    """One call to a platform's API; a fault that leaves no answer drops the connection."""
    try:
        answer = await sim(
            request.method,
            request.path,
            params=request.query,
            headers=request.headers,
            body=await request.read(),
        )
    except (ConnectionError, TimeoutError):
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=503)
    finally:
        feed.poke()
    headers = {"content-type": "application/json; charset=utf-8"} | dict(answer.headers)
    return web.Response(status=answer.status, body=answer.body, headers=headers)


async def asset(name: str, _: web.Request) -> web.StreamResponse:
    if name != "page.html" and name not in ASSETS:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    return web.FileResponse(HERE / name, headers=headers)


async def attached(desk: "Desk", request: web.Request) -> web.Response:
    """A file on somebody's screen: a picture to be seen, anything else to be saved."""
    file = desk.file(request.query)
    kind = found(file.content)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    if kind in PICTURES:
        shown = f"image/{'jpeg' if kind == 'jpg' else kind}"
        return web.Response(body=file.content, content_type=shown, headers=headers)
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return web.Response(body=file.content, content_type=BINARY, headers=headers)


async def picture(scene: Scene, request: web.Request) -> web.Response:
    """The chain of a request as it stands now; drawn in an <img>, where nothing in it can run."""
    wide = request.query.get("width", "")
    number = request.query.get("number", "")
    drawn = await scene.moves.picture(number, int(wide) if DIGITS.fullmatch(wide) else WIDTH)
    if drawn is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": DRAWN}
    return web.Response(text=drawn, content_type="image/svg+xml", headers=headers)


async def called(call: Call, feed: Feed, request: web.Request) -> web.Response:
    """One act on the page. JSON only: another site's form cannot send that unasked."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError as error:
        raise web.HTTPBadRequest from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return await done(call(body), feed)


async def uploaded(desk: "Desk", feed: Feed, request: web.Request) -> web.Response:
    """A file from the page: its bytes as the body, the rest in the query."""
    if request.content_type != "application/octet-stream":
        raise web.HTTPUnsupportedMediaType
    return await done(desk.upload(dict(request.query), await request.read()), feed)


async def done(act: Awaitable[Json], feed: Feed) -> web.Response:
    """The act's outcome; every page looks again at once, whatever it was."""
    try:
        return reply(await act)
    finally:
        feed.poke()


def reply(body: Json) -> web.Response:
    content = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    return web.Response(body=content, content_type="application/json")


class Desk:
    """The acts of the page, each from its JSON to what came of it.

    The outcome of a person's act is the bot's HTTP `status`, and the `toast` a click was given.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.people = {actor.account: actor for actor in scene.people}

    def phone(self, body: Mapping[str, Any]) -> tuple[Sim, str]:
        """The platform and account of the person who acts, who must be on the page."""
        actor = self.people.get(text(body, "account"))
        if actor is None:
            raise web.HTTPNotFound
        return self.scene.sims[actor.platform], actor.account

    def file(self, query: Mapping[str, Any]) -> Attached:
        """What the bot attached to a message that is still on that person's screen."""
        sim, account = self.phone(query)
        try:
            shown = sim.find(account, text(query, "message"))
        except KeyError as error:
            raise web.HTTPNotFound from error
        if shown.file is None or shown.recalled:
            raise web.HTTPNotFound
        return shown.file

    async def say(self, body: Json) -> Json:
        """Write to the bot, or mention it in the group `chat`."""
        sim, account = self.phone(body)
        chat = text(body, "chat") if "chat" in body else ""
        if chat and account not in sim.groups.get(chat, ()):
            raise web.HTTPNotFound
        return outcome(await sim.say(account, text(body, "text"), chat))

    async def click(self, body: Json) -> Json:
        sim, account = self.phone(body)
        fields = body.get("fields", {})
        if not isinstance(fields, dict):
            raise web.HTTPBadRequest
        message, button = text(body, "message"), text(body, "button")
        try:
            shown = sim.find(account, message)
            shown.toast = ""
            answer = await sim.click(account, message, button, fields)
        except LookupError as error:
            raise web.HTTPConflict(text=GONE, content_type="application/json") from error
        return outcome(answer) | {"toast": shown.toast}

    async def enter(self, body: Json) -> Json:
        sim, account = self.phone(body)
        return outcome(await sim.enter(account))

    async def menu(self, body: Json) -> Json:
        sim, account = self.phone(body)
        return outcome(await sim.menu(account, text(body, "key")))

    async def leaves(self, body: Json) -> Json:
        """The person leaves the school, and their platform's directory says so."""
        sim, account = self.phone(body)
        if not sim.has_left(account):
            await sim.leaves(account)
            await self.scene.moves.read_directories()
        return {}

    async def returns(self, body: Json) -> Json:
        """Who has left is in their platform's directory again."""
        sim, account = self.phone(body)
        if sim.has_left(account):
            await sim.returns(account)
            await self.scene.moves.read_directories()
        return {}

    async def upload(self, body: Json, content: bytes) -> Json:
        sim, account = self.phone(body)
        return outcome(await sim.upload(account, text(body, "name"), content, text(body, "kind")))

    async def advance(self, body: Json) -> Json:
        """Move the clock by `minutes`, or to the next working morning where none are given."""
        minutes = body.get("minutes", self.until_morning())
        if not isinstance(minutes, int) or minutes < 1:
            raise web.HTTPBadRequest
        await self.scene.moves.advance(minutes)
        return {"now": self.scene.moves.now()}

    def until_morning(self) -> int:
        moves = self.scene.moves
        return max(1, math.ceil((moves.next_morning() - moves.now()).total_seconds() / 60))

    async def faults(self, body: Json) -> Json:
        """Turn one `fault` of one `platform` `on` or off."""
        sim, fault, on = self.scene.sims.get(text(body, "platform")), text(body, "fault"), body.get("on")
        if sim is None or fault not in FAULTS or not isinstance(on, bool):
            raise web.HTTPBadRequest
        setattr(sim.faults, fault, (SLOW if on else 0.0) if fault == "slow" else on)
        return {}


def text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise web.HTTPBadRequest(text=f"{name} is missing")
    return value


def outcome(answer: Answer) -> Json:
    return {"status": answer.status}
