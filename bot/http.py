"""The one client session: every call out, with a time limit, as the platforms' `Http`."""

from collections.abc import Mapping

import aiohttp

from bot.platforms.base import Answer

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)


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
                method, url, params=params, headers=headers, data=body, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                content = await response.read()
                lower = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, content, lower)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failure:
            raise ConnectionError(type(failure).__name__) from failure
        except aiohttp.ClientError as failure:
            raise TimeoutError(type(failure).__name__) from failure
