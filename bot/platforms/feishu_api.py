"""Calls to Feishu's open API: one token for all, kept fresh, and every failure in our two words."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import orjson
import structlog

from bot.platforms.base import Answer, Clock, Fault, Http, Passing, Permanent, TooLarge
from bot.platforms.feishu_errors import StaleToken, read
from bot.platforms.multipart import Multipart
from bot.platforms.settings import FeishuSettings

log = structlog.get_logger()
T = TypeVar("T")

TOKEN = "/open-apis/auth/v3/tenant_access_token/internal"
JSON = {"content-type": "application/json; charset=utf-8"}
# With less than this left the platform gives a new token (page tenant_access_token_internal).
REFRESH_BEFORE = timedelta(minutes=30)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Api:
    """Every method raises `Passing` or `Permanent`, nothing else."""

    def __init__(self, settings: FeishuSettings, http: Http, clock: Clock) -> None:
        self._settings, self._http, self._clock = settings, http, clock
        self._lock = asyncio.Lock()
        self._token, self._expires_at = "", LONG_AGO

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """One call with a JSON answer; its whole body."""
        content = orjson.dumps(body) if body is not None else None
        return await self._authorized(read, method, path, params, content)

    async def upload(self, path: str, form: Multipart) -> Mapping[str, Any]:
        """POST a form with a file in it; the answer's whole body."""
        return await self._authorized(
            read, "POST", path, None, form.body, {"content-type": form.content_type}
        )

    async def download(self, path: str, params: Mapping[str, str]) -> Answer:
        """GET something binary; an error comes as JSON."""
        return await self._authorized(_file, "GET", path, params, None)

    async def token(self) -> str:
        """The tenant_access_token, fetched by one caller while the others wait."""
        if not self._fresh():
            async with self._lock:
                if not self._fresh():
                    await self._refresh()
        return self._token

    def _fresh(self) -> bool:
        return bool(self._token) and self._clock() < self._expires_at - REFRESH_BEFORE

    async def _refresh(self) -> None:
        """A new token; where none can be had, the old one serves as long as it lives."""
        body = {"app_id": self._settings.app_id, "app_secret": self._settings.app_secret}
        try:
            given = read(await self._send("POST", TOKEN, None, JSON, orjson.dumps(body)))
        except Passing:
            if self._token and self._clock() < self._expires_at:
                return
            raise
        token, expire = given.get("tenant_access_token"), given.get("expire")
        if not isinstance(token, str) or not isinstance(expire, int):
            raise Passing("no token in the answer")
        self._token, self._expires_at = token, self._clock() + timedelta(seconds=expire)

    async def _authorized(
        self,
        reader: Callable[[Answer], T],
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        body: bytes | None,
        content: Mapping[str, str] = JSON,
    ) -> T:
        """One call; where the token turns out stale, once more with another."""
        token = await self.token()
        try:
            return await self._once(reader, token, method, path, params, body, content)
        except StaleToken:
            if self._token == token:
                self._token = ""
        return await self._once(reader, await self.token(), method, path, params, body, content)

    async def _once(
        self,
        reader: Callable[[Answer], T],
        token: str,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        body: bytes | None,
        content: Mapping[str, str],
    ) -> T:
        headers = {"authorization": f"Bearer {token}", **(content if body is not None else {})}
        answer = await self._send(method, path, params, headers, body)
        try:
            return reader(answer)
        except (Passing, Permanent) as error:
            log_id = answer.headers.get("x-tt-logid", "")
            gone = isinstance(error, Permanent) and error.fault is Fault.GONE
            tell = log.info if gone else log.warning
            tell("feishu.call_failed", method=method, why=str(error), log_id=log_id)
            raise

    async def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> Answer:
        url = self._settings.base_url.rstrip("/") + path
        try:
            return await self._http(method, url, params=params, headers=headers, body=body)
        except (OSError, TimeoutError) as error:
            raise Passing(type(error).__name__) from error


def _file(answer: Answer) -> Answer:
    """The answer with the file in it. A JSON file of somebody's comes with its name, an error without."""
    if answer.too_long:
        raise TooLarge(0)
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    if answer.status != 200 or (is_json and "content-disposition" not in answer.headers):
        read(answer)
        raise Permanent(Fault.GONE, 0, "no file in the answer")
    return answer
