"""Files that a person sent: fetched from the platform, or told why they cannot be had."""

import asyncio
import hashlib

from bot.errands import PATIENCE
from bot.platforms.base import Clock, Passing, Permanent, Platform, TooLarge
from handlers.drafts import uploads
from handlers.events import Fetched, FileRef
from storage.letters import Letter


async def bring(platform: Platform, letter: Letter, clock: Clock) -> Fetched:
    """The file a person sent, or why it cannot be had; raises Passing while it is worth trying."""
    args = letter.args
    file = FileRef(str(args["key"]), str(args["name"]), str(args["kind"]), str(args["message"]))
    key, upload = f"fetched:{letter.id}", int(args["upload"])
    try:
        found = await platform.fetch(file)
    except TooLarge:
        return Fetched(key=key, at=clock(), upload=upload, error=uploads.TOO_LARGE)
    except Permanent:
        return Fetched(key=key, at=clock(), upload=upload, error=uploads.NOT_BROUGHT)
    except Passing:
        if letter.attempts < PATIENCE:
            raise
        return Fetched(key=key, at=clock(), upload=upload, error=uploads.NOT_BROUGHT)
    digest = await asyncio.to_thread(_sha256, found.content)
    return Fetched(
        key=key, at=clock(), upload=upload, content=found.content, sha256=digest, media_type=found.media_type
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
