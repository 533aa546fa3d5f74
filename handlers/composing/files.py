"""The content of a file that leaves: read when it does, for whoever may have it then."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from cards import attachment
from cards.card import Card
from handlers.campaigns import results as campaign
from handlers.composing import exported, papers, tracing
from handlers.letters import may_read
from handlers.registers import systems
from handlers.rounds import account_files, results
from storage import drafts, people, requests

Maker = Callable[[Mapping[str, Any], str, datetime], Awaitable[bytes | None]]

DOCUMENTS: Mapping[str, Maker] = {
    "round": results.workbook,
    "campaign": campaign.workbook,
    "trace": tracing.workbook,
    "account": account_files.of_school,
    "account_book": account_files.of_unit,
    "account_paper": account_files.paper,
    papers.DOCUMENT: papers.document,
    systems.TEMPLATE: systems.workbook,
    exported.DOCUMENT: exported.workbook,
}
"""How each document is made, for a reader at an instant; None where they may not have it."""


async def content(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The bytes of the file, None where the reader may not have it any more or it was erased."""
    if "document" in args:
        return await DOCUMENTS[str(args["document"])](args, reader, at)
    may = await (may_read.may_have if "request" in args else _writes)(args, reader, at)
    return await drafts.content(str(args["sha256"])) if may and "sha256" in args else None


async def unsent(args: Mapping[str, Any], reader: str) -> Card | None:
    """What the reader is told where the platform did not take the file, None where it was erased."""
    if "document" in args:
        return attachment.unsent(str(args["name"]), 0, "", large=bool(args["large"]))
    if "sha256" not in args:
        return None
    request = await requests.by_id(int(args.get("request", 0)))
    applicant = await people.get(request.applicant) if request and request.applicant != reader else None
    name = applicant.name if applicant else ""
    return attachment.unsent(str(args["name"]), int(args["size"]), name, large=bool(args["large"]))


async def _writes(args: Mapping[str, Any], reader: str, at: datetime) -> bool:
    """Whether this is a draft of theirs, and was not stopped."""
    draft = await drafts.get(int(args["draft"]))
    return draft is not None and draft.person == reader and draft.state != "stopped"
