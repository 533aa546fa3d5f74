"""The one client session: every call out, with a time limit, as the platforms' `Http`."""

from collections.abc import Mapping

import aiohttp

from bot.platforms.base import Answer

CONNECT, ANSWER = 5.0, 10.0
LARGEST = 20 * 1024 * 1024
"""Bytes of an answer that are kept: those of the largest file that goes with a request."""

UPLOAD_RATE = 1024 * 1024
"""Bytes a second at which a file leaves at the slowest: 20 MB within a letter's lease."""


def patience(body: bytes | None) -> aiohttp.ClientTimeout:
    """The time limit of a call: a large body takes its time."""
    return aiohttp.ClientTimeout(total=ANSWER + len(body or b"") / UPLOAD_RATE, connect=CONNECT)


async def _read(response: aiohttp.ClientResponse) -> bytes | None:
    """The body as it comes in, None where it is longer than is ever kept: the rest is not awaited."""
    if (response.content_length or 0) > LARGEST:
        response.close()
        return None
    content = bytearray()
    async for piece in response.content.iter_any():
        content += piece
        if len(content) > LARGEST:
            response.close()
            return None
    return bytes(content)


class SessionHttp:
    """Calls through a shared aiohttp session.

    Raises ConnectionError where the call never left, TimeoutError where it may have been carried out
    and the answer is missing.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        try:
            async with self._session.request(
                method,
                url,
                params=params,
                headers=headers,
                data=body,
                timeout=patience(body),
                allow_redirects=False,
            ) as response:
                lower = {name.lower(): value for name, value in response.headers.items()}
                content = await _read(response)
                return Answer(response.status, content or b"", lower, too_long=content is None)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failure:
            raise ConnectionError(type(failure).__name__) from failure
        except aiohttp.ClientError as failure:
            raise TimeoutError(type(failure).__name__) from failure
