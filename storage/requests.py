"""Requests: their versions, decisions and who may decide the open step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tortoise.expressions import Q, Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from storage import db, holds, tables
from storage.chains import chain_json, steps_of
from storage.holds import Row
from storage.proxies import Proxy
from storage.records import OPEN, Act, Decision, Request, State, Urgency
from storage.rows import among, dump, load, marks
from storage.steps import Step

SCHEME = 2
"""How digests are made: over the kind and every answer. Under 1 they were over the fields of a post."""


def _request(row: db.Row) -> Request:
    return Request(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        state=State(row["state"]),
        applicant=row["applicant"],
        unit=row["unit"],
        title=row["title"],
        form=load(row["form"]),
        facts=load(row["facts"]),
        outcome=load(row["outcome"]),
        digest=row["digest"],
        chain=steps_of(row["chain"]),
        step=row["step"],
        version=row["version"],
        urgency=Urgency(row["urgency"]),
        submitted_at=db.from_ms(row["submitted_at"]),
        step_since=db.from_ms(row["step_since_at"]),
        due_at=db.maybe_at(row["due_at"]),
        trail_seq=row["trail_seq"],
        trail_hash=row["trail_hash"],
        base=row["base"],
    )


def _decision(row: db.Row) -> Decision:
    return Decision(
        request=row["request"],
        version=row["version"],
        step=row["step"],
        act=Act(row["act"]),
        actor=row["actor"],
        at=db.from_ms(row["at"]),
        digest=row["digest"],
        reason=row["reason"],
        principal=row["principal"],
        platform=row["platform"],
        message=row["message"],
    )


async def next_number(prefix: str) -> int:
    """The next of a series, e.g. `FB-2026`: starts at 1, never reused, without a gap: whoever is undone gives
    theirs back, since the counter's row is held until the end of the transaction."""
    sql = (
        "INSERT INTO counters (name, value) VALUES (?, 1) "
        "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
    )
    row = await db.one(sql, prefix)
    assert row is not None
    return int(row["value"])


async def add(request: Request, draft: int | None = None) -> Request:
    """Insert a request (its `id` is ignored) with its first version, which `draft` became; returns it
    with its id. Raises `Taken` where that draft has become one before."""
    sql = (
        "INSERT INTO requests (number, kind, state, applicant, unit, title, form, facts, outcome, digest,"
        " chain, step, version, urgency, submitted_at, step_since_at, due_at, trail_seq, trail_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
    )
    form, chain = dump(request.form), chain_json(request.chain)
    row = await db.one(
        sql,
        request.number,
        request.kind,
        request.state.value,
        request.applicant,
        request.unit,
        request.title,
        form,
        dump(request.facts),
        dump(request.outcome),
        request.digest,
        chain,
        request.step,
        request.version,
        request.urgency.value,
        db.to_ms(request.submitted_at),
        db.to_ms(request.step_since),
        db.maybe_ms(request.due_at),
        request.trail_seq,
        request.trail_hash,
    )
    assert row is not None
    kept = replace(request, id=row["id"])
    holds.made(Row.REQUEST, kept.id)
    await _keep_version(kept, form, chain, request.submitted_at, draft)
    return kept


async def _keep_version(request: Request, form: str, chain: str, at: datetime, draft: int | None) -> None:
    await db.run(
        "INSERT INTO versions (request, version, form, facts, digest, scheme, chain, at, draft)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        request.id,
        request.version,
        form,
        dump(request.facts),
        request.digest,
        SCHEME,
        chain,
        db.to_ms(at),
        draft,
    )


async def save(request: Request) -> None:
    """Write what a decision may have changed."""
    holds.must(Row.REQUEST, request.id)
    await db.run(
        "UPDATE requests SET state = ?, chain = ?, step = ?, step_since_at = ?, due_at = ?,"
        " trail_seq = ?, trail_hash = ? WHERE id = ?",
        request.state.value,
        chain_json(request.chain),
        request.step,
        db.to_ms(request.step_since),
        db.maybe_ms(request.due_at),
        request.trail_seq,
        request.trail_hash,
        request.id,
    )


async def revise(request: Request, at: datetime, draft: int | None = None) -> None:
    """Write a new version, which `draft` became: form, title, digest, chain and all. Raises `Taken`
    where that draft has become one before."""
    holds.must(Row.REQUEST, request.id)
    form, chain = dump(request.form), chain_json(request.chain)
    await db.run(
        "UPDATE requests SET applicant = ?, title = ?, form = ?, facts = ?, digest = ?, version = ?,"
        " base = ?, urgency = ? WHERE id = ?",
        request.applicant,
        request.title,
        form,
        dump(request.facts),
        request.digest,
        request.version,
        request.base,
        request.urgency.value,
        request.id,
    )
    await save(request)
    await _keep_version(request, form, chain, at, draft)


async def conclude(request: Request) -> None:
    """Write what came of it too: the receipt, the number on the books."""
    holds.must(Row.REQUEST, request.id)
    await db.run("UPDATE requests SET outcome = ? WHERE id = ?", dump(request.outcome), request.id)
    await save(request)


async def hold(keys: Sequence[int | str]) -> list[Request]:
    """Requests by id or number, locked until the transaction ends; `held` is the way to this."""
    if not keys:
        return []
    ids = [key for key in keys if isinstance(key, int)]
    numbers = [key for key in keys if isinstance(key, str)]
    parts = [f"id IN ({marks(len(ids))})"] if ids else []
    parts += [f"number IN ({marks(len(numbers))})"] if numbers else []
    sql = f"SELECT * FROM requests WHERE {' OR '.join(parts)} ORDER BY id{db.locked()}"
    found = [_request(row) for row in await db.rows(sql, *ids, *numbers)]
    holds.take(Row.REQUEST, *(request.id for request in found))
    return found


async def of_draft(draft: int) -> Request | None:
    """The request of which a draft became a version."""
    sql = "SELECT * FROM requests WHERE id = (SELECT request FROM versions WHERE draft = ?)"
    row = await db.one(sql, draft)
    return _request(row) if row else None


async def hold_free(request: int) -> Request | None:
    """The request, locked until the transaction ends; None where another holds it at this moment."""
    lock = " FOR UPDATE SKIP LOCKED" if db.is_postgres() else ""
    row = await db.one(f"SELECT * FROM requests WHERE id = ?{lock}", request)
    if row:
        holds.take(Row.REQUEST, request)
    return _request(row) if row else None


async def get(number: str) -> Request | None:
    row = await db.one("SELECT * FROM requests WHERE number = ?", number)
    return _request(row) if row else None


async def by_id(request: int) -> Request | None:
    row = await db.one("SELECT * FROM requests WHERE id = ?", request)
    return _request(row) if row else None


async def open_of_kind(kind: str) -> list[Request]:
    """Requests of a kind that nobody has ended, oldest first."""
    sql = f"SELECT * FROM requests WHERE kind = ? AND state {among(OPEN)} ORDER BY id"
    return [_request(row) for row in await db.rows(sql, kind)]


async def of_kind(kind: str, since: datetime) -> list[Request]:
    """Every request of a kind that was submitted since then, whatever became of it; the newest first."""
    sql = "SELECT * FROM requests WHERE kind = ? AND submitted_at >= ? ORDER BY id DESC"
    return [_request(row) for row in await db.rows(sql, kind, db.to_ms(since))]


async def newest(kind: str, since: datetime, until: datetime, most: int) -> list[Request]:
    """At `most` so many requests of a kind: the newest submitted from `since` on and before `until`."""
    sql = (
        "SELECT * FROM requests WHERE kind = ? AND submitted_at >= ? AND submitted_at < ?"
        " ORDER BY id DESC LIMIT ?"
    )
    return [_request(row) for row in await db.rows(sql, kind, db.to_ms(since), db.to_ms(until), most)]


async def form_of(request: int, version: int) -> Mapping[str, Any] | None:
    """What that version said."""
    row = await db.one("SELECT form FROM versions WHERE request = ? AND version = ?", request, version)
    return load(row["form"]) if row else None


async def chain_of(request: int, version: int) -> tuple[Step, ...]:
    """The chain of that version as it was submitted."""
    row = await db.one("SELECT chain FROM versions WHERE request = ? AND version = ?", request, version)
    return steps_of(row["chain"]) if row else ()


async def unheld() -> list[int]:
    """Requests that wait for a decision and had nobody to take it when they were last looked at."""
    sql = (
        "SELECT id FROM requests WHERE state = 'in_review' AND NOT EXISTS"
        " (SELECT id FROM holders WHERE holders.request = requests.id) ORDER BY id"
    )
    return [row["id"] for row in await db.rows(sql)]


async def decide(decision: Decision) -> None:
    await db.run(
        "INSERT INTO decisions (request, version, step, act, actor, principal, at, digest, reason,"
        " platform, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        decision.request,
        decision.version,
        decision.step,
        decision.act.value,
        decision.actor,
        decision.principal,
        db.to_ms(decision.at),
        decision.digest,
        decision.reason,
        decision.platform,
        decision.message,
    )


async def decisions(request: int) -> list[Decision]:
    """Every decision on every version, oldest first."""
    found = await db.rows("SELECT * FROM decisions WHERE request = ? ORDER BY id", request)
    return [_decision(row) for row in found]


async def set_holders(request: int, holders: Mapping[str, str]) -> None:
    """Who may decide the open step: person -> the principal they stand in for (or empty)."""
    holds.must(Row.REQUEST, request)
    await db.run("DELETE FROM holders WHERE request = ?", request)
    await db.many(
        "INSERT INTO holders (request, person, principal) VALUES (?, ?, ?)",
        [(request, person, principal) for person, principal in holders.items()],
    )


async def holders(request: int) -> dict[str, str]:
    sql = "SELECT person, principal FROM holders WHERE request = ? ORDER BY id"
    return {row["person"]: row["principal"] for row in await db.rows(sql, request)}


def _waiting(person: str, standing_in: Sequence[Proxy]) -> QuerySet[tables.Request]:
    """Nothing of their own for somebody else; what they hold of it themselves is theirs: a proof, a look at
    what they asked for."""
    for_others = [_held_by(*(proxy.principal for proxy in standing_in if not proxy.scope))]
    for_others += [_held_by(p.principal) & Q(kind__in=p.scope) for p in standing_in if p.scope]
    theirs = _held_by(person)
    for held in for_others if standing_in else ():
        theirs |= held & ~Q(applicant=person)
    return tables.Request.filter(theirs, state=State.IN_REVIEW)


def _held_by(*persons: str) -> Q:
    held = tables.Holder.filter(person__in=persons, principal="").values("request")
    return Q(id__in=Subquery(held))


async def waiting_for(
    person: str, standing_in: Sequence[Proxy], limit: int, offset: int = 0
) -> list[Request]:
    """What this person may decide, for themselves or within these proxies, oldest due first."""
    page = _waiting(person, standing_in).order_by("due_at", "id").limit(limit).offset(offset)
    return [_request(row) for row in await page.values()]


async def count_waiting(person: str, standing_in: Sequence[Proxy]) -> int:
    return await _waiting(person, standing_in).count()


async def waiting_by_kind(person: str, standing_in: Sequence[Proxy]) -> dict[str, int]:
    """How many of each kind wait for this person, as `waiting_for` has them."""
    counted = _waiting(person, standing_in).annotate(n=Count("id")).group_by("kind").order_by("kind")
    return {row["kind"]: row["n"] for row in await counted.values("kind", "n")}


async def naming(person: str) -> list[Request]:
    """Requests that wait for a decision and in whose chain somebody is named, oldest first."""
    sql = "SELECT * FROM requests WHERE state = 'in_review' AND chain LIKE ? ORDER BY id"
    return [_request(row) for row in await db.rows(sql, f'%"{person}"%')]


async def sent_by(person: str, limit: int, offset: int = 0) -> list[Request]:
    """What this person asked for, newest first."""
    sent = tables.Request.filter(applicant=person).order_by("-submitted_at", "-id")
    return [_request(row) for row in await sent.limit(limit).offset(offset).values()]


async def may_go_out(person: str) -> list[str]:
    """Numbers of what this person asked for and may publish, oldest first."""
    sql = "SELECT number FROM requests WHERE applicant = ? AND state = 'awaiting_publish' ORDER BY id"
    return [row["number"] for row in await db.rows(sql, person)]


async def count_sent_by(person: str) -> int:
    return await tables.Request.filter(applicant=person).count()


async def set_media(request: int, media: Sequence[str]) -> None:
    await db.run("DELETE FROM post_media WHERE request = ?", request)
    await db.many("INSERT INTO post_media (request, medium) VALUES (?, ?)", [(request, no) for no in media])


async def open_posts(media: Sequence[str]) -> list[str]:
    """Numbers of the posts on one of these media that nobody has ended, oldest first."""
    if not media:
        return []
    sql = (
        "SELECT number FROM requests WHERE id IN (SELECT request FROM post_media WHERE"
        f" medium IN ({marks(len(media))})) AND state {among(OPEN)} ORDER BY id"
    )
    return [row["number"] for row in await db.rows(sql, *media)]


async def mark_published(request: int, media: Sequence[str], at: datetime) -> None:
    """That a post is out on these media."""
    sql = f"UPDATE post_media SET published_at = ? WHERE request = ? AND medium IN ({marks(len(media))})"
    await db.run(sql, db.to_ms(at), request, *media)
