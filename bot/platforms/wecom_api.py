"""Calls to WeCom's server API: one token for all, kept fresh, and every failure in our two words."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson

from bot.platforms.base import Answer, Clock, Fault, Http, Passing, Permanent, TooLarge
from bot.platforms.multipart import Multipart
from bot.platforms.settings import WecomSettings
from bot.platforms.wecom_errors import StaleToken, check

T = TypeVar("T")

_REFRESH_BEFORE = timedelta(minutes=5)
_REMEMBER_REFUSAL = timedelta(minutes=5)
"""A wrong secret tried again and again bars this address for an hour (WeCom page 90313, 45009)."""

_JSON = {"content-type": "application/json; charset=utf-8"}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Api:
    """Every method raises `Passing` or `Permanent`, nothing else."""

    def __init__(self, settings: WecomSettings, http: Http, clock: Clock) -> None:
        self._settings, self._http, self._clock = settings, http, clock
        self._lock = asyncio.Lock()
        self._token = ""
        self._expires_at = self._refused_until = _LONG_AGO
        self._refusal = (Fault.CONFIG, 0, "")

    async def post(self, path: str, body: Mapping[str, Any], **params: str) -> Mapping[str, Any]:
        """POST `body` to /cgi-bin/`path`; the decoded answer."""
        return await self._call(_decode, "POST", path, params, orjson.dumps(body))

    async def upload(self, path: str, form: Multipart, **params: str) -> Mapping[str, Any]:
        """POST a form with a file in it to /cgi-bin/`path`; the decoded answer."""
        content = {"content-type": form.content_type}
        return await self._call(_decode, "POST", path, params, form.body, content)

    async def get(self, path: str, **params: str) -> Mapping[str, Any]:
        """GET /cgi-bin/`path`; the decoded answer."""
        return await self._call(_decode, "GET", path, params, None)

    async def download(self, path: str, **params: str) -> Answer:
        """GET something binary; an error comes as JSON."""
        return await self._call(_file, "GET", path, params, None)

    async def token(self) -> str:
        """The access token, fetched by one caller while the others wait."""
        if self._fresh():
            return self._token
        async with self._lock:
            if not self._fresh():
                await self._refresh()
        return self._token

    def _fresh(self) -> bool:
        return bool(self._token) and self._clock() < self._expires_at - _REFRESH_BEFORE

    async def _refresh(self) -> None:
        if self._clock() < self._refused_until:
            raise Permanent(*self._refusal)
        try:
            body = _decode(await self._fetch_token())
        except Permanent as refusal:
            self._refusal = (refusal.fault, refusal.code, refusal.why)
            self._refused_until = self._clock() + _REMEMBER_REFUSAL
            raise
        except Passing:
            if self._token and self._clock() < self._expires_at:
                return
            raise
        self._token = str(body.get("access_token", ""))
        self._expires_at = self._clock() + timedelta(seconds=int(body.get("expires_in", 0)))

    async def _fetch_token(self) -> Answer:
        params = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        return await self._http_call("GET", "gettoken", params, None)

    async def _call(
        self,
        read: Callable[[Answer], T],
        method: str,
        path: str,
        params: Mapping[str, str],
        body: bytes | None,
        content: Mapping[str, str] = _JSON,
    ) -> T:
        """One call; where the token turns out stale, once more with a new one."""
        token = await self.token()
        try:
            return await self._once(read, token, method, path, params, body, content)
        except StaleToken:
            if self._token == token:
                self._token = ""
        return await self._once(read, await self.token(), method, path, params, body, content)

    async def _once(
        self,
        read: Callable[[Answer], T],
        token: str,
        method: str,
        path: str,
        params: Mapping[str, str],
        body: bytes | None,
        content: Mapping[str, str],
    ) -> T:
        return read(await self._http_call(method, path, {"access_token": token, **params}, body, content))

    async def _http_call(
        self,
        method: str,
        path: str,
        params: Mapping[str, str],
        body: bytes | None,
        content: Mapping[str, str] = _JSON,
    ) -> Answer:
        """Raises `Passing` named after the failure alone: the address holds the secret or the token."""
        url = f"{self._settings.base_url.rstrip('/')}/cgi-bin/{path}"
        try:
            answer = await self._http(method, url, params=params, headers=content if body else {}, body=body)
        except (OSError, TimeoutError) as error:
            raise Passing(type(error).__name__) from error
        if answer.status != 200:
            raise Passing(f"HTTP {answer.status}")
        return answer


def _decode(answer: Answer) -> Mapping[str, Any]:
    """The body as JSON, errors raised; anything else is somebody else's answer, and may pass."""
    try:
        body = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        raise Passing("not JSON") from None
    if not isinstance(body, dict):
        raise Passing("not an answer of the API")
    check(body)
    return body


def _file(answer: Answer) -> Answer:
    """A picture or video; what is text instead is an error."""
    if answer.too_long:
        raise TooLarge(0)
    if answer.headers.get("content-type", "").startswith(("application/json", "text/")):
        _decode(answer)
        raise Passing("no file")
    return answer
