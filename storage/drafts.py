"""Drafts somebody fills in, the files sent for them, and the prompt for a person's next line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage import db, holds
from storage.holds import Row
from storage.records import Act, Draft, File, Platform, Talk, Upload
from storage.rows import dump, load, marks

STOPPED = "stopped"


PROMPT_LASTS = timedelta(minutes=10)
"""How long a person's next plain line is taken for what a button asked."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a person's next plain line will be taken for, until it expires."""

    person: str
    act: Act
    number: str
    step: str
    version: int
    expires_at: datetime


def _draft(row: db.Row) -> Draft:
    return Draft(
        id=row["id"],
        person=row["person"],
        kind=row["kind"],
        platform=Platform(row["platform"]),
        form=load(row["form"]),
        updated_at=db.from_ms(row["updated_at"]),
        asking=row["asking"],
        revises=row["revises"],
        state=row["state"],
        rev=row["rev"],
        talk=_talk(row["talk"]),
        notes=load(row["notes"]) if row["notes"] else {},
    )


def _talk(text: str | None) -> Talk:
    if not text:
        return Talk()
    kept = load(text)
    mistakes = {name: tuple(lines) for name, lines in kept["mistakes"].items()}
    offers = {name: tuple(map(tuple, pairs)) for name, pairs in kept.get("offers", {}).items()}
    asked, again, remarks = tuple(kept["asked"]), kept.get("again", ""), kept.get("remarks", {})
    return Talk(kept["guided"], asked, kept["wrong"], mistakes, offers, again, remarks)


def _said(talk: Talk) -> str:
    return dump(talk)


async def add(
    person: str,
    kind: str,
    platform: Platform,
    form: Mapping[str, Any],
    at: datetime,
    revises: int | None = None,
    talk: Talk | None = None,
) -> Draft:
    """A new draft, open and held."""
    sql = (
        "INSERT INTO drafts (person, kind, platform, form, talk, asking, revises, state, rev, updated_at)"
        " VALUES (?, ?, ?, ?, ?, '', ?, 'open', 0, ?) RETURNING *"
    )
    values = (person, kind, platform.value, dump(form), _said(talk or Talk()), revises, db.to_ms(at))
    row = await db.one(sql, *values)
    assert row is not None
    holds.made(Row.DRAFT, row["id"])
    return _draft(row)


async def save(draft: Draft) -> None:
    """Write a draft that is still open; raises `Conflict` where it has ended since it was read."""
    holds.must(Row.DRAFT, draft.id)
    row = await db.one(
        "UPDATE drafts SET form = ?, talk = ?, notes = ?, asking = ?, rev = ?, platform = ?, updated_at = ?"
        " WHERE id = ? AND state = 'open' RETURNING id",
        dump(draft.form),
        _said(draft.talk),
        dump(draft.notes),
        draft.asking,
        draft.rev,
        draft.platform.value,
        db.to_ms(draft.updated_at),
        draft.id,
    )
    _still_open(row, draft.id)


def _still_open(row: db.Row | None, draft: int) -> None:
    if row is None:
        raise db.Conflict(f"draft {draft} has ended")


async def give_up(draft: int) -> None:
    """End an open draft of which nothing was submitted; raises `Conflict` where it has ended."""
    holds.must(Row.DRAFT, draft)
    sql = "UPDATE drafts SET state = 'discarded', asking = '' WHERE id = ? AND state = 'open' RETURNING id"
    _still_open(await db.one(sql, draft), draft)


async def given_up(person: str, since: datetime) -> int | None:
    """The draft that this person gave up last, where that was after `since`."""
    sql = (
        "SELECT id FROM drafts WHERE person = ? AND state = 'discarded' AND updated_at >= ?"
        " ORDER BY updated_at DESC, id DESC LIMIT 1"
    )
    row = await db.one(sql, person, db.to_ms(since))
    return int(row["id"]) if row else None


async def reopen(draft: int) -> None:
    """A draft that was given up is open again."""
    holds.must(Row.DRAFT, draft)
    await db.run("UPDATE drafts SET state = 'open' WHERE id = ? AND state = 'discarded'", draft)


async def submit(draft: int) -> None:
    """End an open draft that has become a version, which keeps its words from now on; raises `Conflict`
    where it has ended."""
    holds.must(Row.DRAFT, draft)
    sql = (
        "UPDATE drafts SET state = 'submitted', asking = '', form = '{}', talk = NULL, notes = NULL"
        " WHERE id = ? AND state = 'open' RETURNING id"
    )
    _still_open(await db.one(sql, draft), draft)


async def hold(ids: Sequence[int]) -> list[Draft]:
    """Drafts whose rows are locked until the transaction ends; `held` is the way to this."""
    if not ids:
        return []
    holds.take(Row.DRAFT, *ids)
    sql = f"SELECT * FROM drafts WHERE id IN ({marks(len(ids))}) ORDER BY id{db.locked()}"
    return [_draft(row) for row in await db.rows(sql, *ids)]


async def get(draft: int) -> Draft | None:
    row = await db.one("SELECT * FROM drafts WHERE id = ?", draft)
    return _draft(row) if row else None


async def open_of(person: str) -> list[Draft]:
    """Drafts of this person that are neither submitted nor given up, the latest first."""
    sql = "SELECT * FROM drafts WHERE person = ? AND state = 'open' ORDER BY updated_at DESC, id DESC"
    return [_draft(row) for row in await db.rows(sql, person)]


async def count_open(person: str) -> int:
    """How many drafts of this person are open, those of returned requests aside."""
    sql = "SELECT count(*) AS n FROM drafts WHERE person = ? AND state = 'open' AND revises IS NULL"
    row = await db.one(sql, person)
    return int(row["n"]) if row else 0


async def received_since(person: str, since: datetime) -> int:
    """Bytes of the files that this person has sent since then."""
    sql = "SELECT args FROM letters WHERE person = ? AND created_at >= ? AND kind = 'fetch'"
    asked = [load(row["args"])["upload"] for row in await db.rows(sql, person, db.to_ms(since))]
    if not asked:
        return 0
    row = await db.one(f"SELECT sum(size) AS n FROM uploads WHERE id IN ({marks(len(asked))})", *asked)
    return int(row["n"] or 0) if row else 0


async def end_free(ids: Sequence[int], at: datetime) -> set[int]:
    """End those of some open drafts that nobody holds at this moment, of which nothing was submitted; returns
    which. It waits for no lock, so it may come after a request was taken."""
    others = f"{db.locked()} SKIP LOCKED" if db.is_postgres() else ""
    sql = (
        "UPDATE drafts SET state = 'discarded', asking = '', updated_at = ? WHERE id IN (SELECT id FROM"
        f" drafts WHERE id IN ({marks(len(ids))}) AND state = 'open' ORDER BY id{others}) RETURNING id"
    )
    return {int(row["id"]) for row in await db.rows(sql, db.to_ms(at), *ids)}


async def revising(request: int) -> list[Draft]:
    """Open drafts of a request's next version, and of answers to be added to it."""
    sql = "SELECT * FROM drafts WHERE revises = ? AND state = 'open' ORDER BY id"
    return [_draft(row) for row in await db.rows(sql, request)]


async def rivals(draft: int) -> list[int]:
    """The open drafts of the same next version as this one, itself with them or alone."""
    sql = (
        "SELECT id FROM drafts d WHERE id = ? OR (state = 'open' AND EXISTS (SELECT id FROM drafts one"
        " WHERE one.id = ? AND one.revises = d.revises AND one.kind = d.kind)) ORDER BY id"
    )
    return [int(row["id"]) for row in await db.rows(sql, draft, draft)]


def _upload(row: db.Row) -> Upload:
    file = None
    if row["sha256"]:
        file = File(row["sha256"], row["name"], row["size"], row["media_type"])
    return Upload(row["id"], row["draft"], row["name"], row["kind"], row["state"], file)


async def add_upload(draft: int, name: str, kind: str) -> Upload:
    """A file of a draft that is on its way."""
    holds.must(Row.DRAFT, draft)
    sql = (
        "INSERT INTO uploads (draft, name, kind, state, sha256, size, media_type)"
        " VALUES (?, ?, ?, 'fetching', '', 0, '') RETURNING *"
    )
    row = await db.one(sql, draft, name[:255], kind)
    assert row is not None
    return _upload(row)


async def copy_files(draft: int, files: Sequence[Mapping[str, Any]]) -> None:
    """Give a draft files that are kept already: those of the version it revises."""
    await db.many(
        "INSERT INTO uploads (draft, name, kind, state, sha256, size, media_type)"
        " VALUES (?, ?, 'file', 'kept', ?, ?, ?)",
        [(draft, f["name"], f["sha256"], f["size"], f["type"]) for f in files],
    )


async def upload(number: int) -> Upload | None:
    row = await db.one("SELECT * FROM uploads WHERE id = ?", number)
    return _upload(row) if row else None


async def uploads(draft: int) -> list[Upload]:
    """Files of a draft in the order they were sent, the failed ones left out."""
    sql = "SELECT * FROM uploads WHERE draft = ? AND state <> 'failed' ORDER BY id"
    return [_upload(row) for row in await db.rows(sql, draft)]


async def fetched(number: int, digest: str, content: bytes, media_type: str, at: datetime) -> File:
    """Keep the content under its SHA-256 (`digest`, hex), once however often it is sent."""
    sql = "INSERT INTO blobs (sha256, content, size, at) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING"
    await db.run(sql, digest, content, len(content), db.to_ms(at))
    sql = "UPDATE uploads SET state = 'kept', sha256 = ?, size = ?, media_type = ? WHERE id = ? RETURNING *"
    row = await db.one(sql, digest, len(content), media_type[:100], number)
    assert row is not None
    return File(digest, row["name"], len(content), media_type)


async def kept_as(draft: int, digest: str) -> str:
    """The name under which a draft has the content of this SHA-256 already; empty where it has not."""
    sql = "SELECT name FROM uploads WHERE draft = ? AND state = 'kept' AND sha256 = ? ORDER BY id LIMIT 1"
    row = await db.one(sql, draft, digest)
    return str(row["name"]) if row else ""


async def upload_failed(number: int) -> None:
    await db.run("UPDATE uploads SET state = 'failed' WHERE id = ?", number)


async def erase(draft: int) -> None:
    """Remove a draft's words and files for good: what may be secret is not kept."""
    holds.must(Row.DRAFT, draft)
    only_here = (
        "SELECT sha256 FROM uploads WHERE draft = ? AND sha256 <> '' AND sha256 NOT IN"
        " (SELECT sha256 FROM uploads WHERE draft <> ?)"
    )
    await db.run(f"DELETE FROM blobs WHERE sha256 IN ({only_here})", draft, draft)
    await db.run("DELETE FROM uploads WHERE draft = ?", draft)
    sql = "UPDATE drafts SET form = '{}', talk = NULL, notes = NULL, asking = '', state = ? WHERE id = ?"
    await db.run(sql, STOPPED, draft)


async def content(sha256: str) -> bytes | None:
    row = await db.large("SELECT content FROM blobs WHERE sha256 = ?", sha256)
    return bytes(row["content"]) if row else None


async def expect(prompt: Prompt) -> None:
    """Take this person's next plain line as a reason."""
    await db.run("DELETE FROM prompts WHERE person = ?", prompt.person)
    await db.run(
        "INSERT INTO prompts (person, act, number, step, version, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        prompt.person,
        prompt.act.value,
        prompt.number,
        prompt.step,
        prompt.version,
        db.to_ms(prompt.expires_at),
    )


async def expect_no_more(person: str, number: str) -> None:
    """The reason that was waited for is no longer needed."""
    await db.run("DELETE FROM prompts WHERE person = ? AND number = ?", person, number)


async def expected(person: str, since: datetime) -> Prompt | None:
    """What this person's next line is for, where that expires after `since`."""
    sql = "SELECT * FROM prompts WHERE person = ? AND expires_at >= ?"
    row = await db.one(sql, person, db.to_ms(since))
    if row is None:
        return None
    expires = db.from_ms(row["expires_at"])
    return Prompt(row["person"], Act(row["act"]), row["number"], row["step"], row["version"], expires)
