"""Letters that wait to leave, those that left, and the copies of a card that can be repainted."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from storage import db, response_codes, tables
from storage.letter_rows import UNREADABLE, named, readable
from storage.letters import Letter, LetterState
from storage.records import Platform
from storage.rows import dump, marks

LEASE = timedelta(seconds=3)
"""How long after its courier's last word a letter may be taken over by another, under the same key. Whoever
has a letter under way renews its lease, so that what a dead process had goes on within seconds."""

UNANSWERED = "unanswered"
"""The error of a letter that may have arrived: nobody is left who knows."""

LONGEST_ID = 120
"""Characters of the column that keeps what a platform calls a message."""

Shown = tuple[str, int]
"""The step and version of a request."""

PATIENT = 5
"""Tries of a letter for which the later ones to the same receiver wait; for one at which our own code failed
(code 0 in its error, which no platform answers to what it refuses) none waits."""

_ticket = count()
_AHEAD = (
    "SELECT 1 FROM letters a WHERE a.person = l.person AND a.platform = l.platform"
    " AND a.state IN ('queued', 'sending') AND a.kind <> 'fetch' AND a.id <> l.id"
    " AND (l.person <> '' OR a.account = l.account)"
    " AND ((a.state = 'sending' AND a.next_at > ?) OR (a.attempts <= ? AND a.error NOT LIKE '0 %'"
    " AND (a.urgent > l.urgent OR (a.urgent = l.urgent AND a.id < l.id))))"
)
_COLUMNS = (
    "id, once, kind, platform, person, account, template, args, lane, request, target, urgent, state,"
    " attempts, created_at, next_at, message_id, response_codes, closed, error"
)


def new_id(at: datetime) -> str:
    """32 hex digits that sort by creation: the platforms' idempotency key and WeCom's task id."""
    return f"{db.to_ms(at):012x}{next(_ticket) & 0xFFFF:04x}{secrets.token_hex(8)}"


async def put(letters: Sequence[Letter]) -> None:
    """Queue letters; one whose `once` was queued before is dropped."""
    await db.many(
        f"INSERT INTO letters ({_COLUMNS}) VALUES ({marks(20)}) ON CONFLICT (once) DO NOTHING",
        [
            (
                letter.id,
                letter.once,
                letter.kind.value,
                letter.platform.value,
                letter.person,
                letter.account,
                letter.template,
                dump(letter.args),
                letter.lane.value,
                letter.request,
                letter.target,
                int(letter.urgent),
                LetterState.QUEUED.value,
                0,
                db.to_ms(letter.created_at),
                db.to_ms(letter.next_at or letter.created_at),
                "",
                "",
                0,
                "",
            )
            for letter in letters
        ],
    )


async def renew(letters: Collection[str], now: datetime) -> None:
    """Keep the leases of letters that are under way in this process."""
    if letters:
        sql = f"UPDATE letters SET next_at = ? WHERE state = 'sending' AND id IN ({marks(len(letters))})"
        await db.run(sql, db.to_ms(now + LEASE), *letters)


async def take(
    now: datetime, platforms: Collection[Platform], limit: int
) -> tuple[list[Letter], Sequence[str]]:
    """Lease letters that are due, urgent ones first, then the oldest; one for each receiver.

    A receiver's letters leave one after another and in order: a person's on one platform, whatever
    account they have there when each leaves. One that failed `PATIENT` times on its own account, or that our
    code failed at, lets the others pass; bringing a file is no letter to anybody and waits for none. A letter
    without an account is due on any platform: none of them reaches whom it is for.

    With the letters come the ids of rows that were due and cannot be read; they are dead already.
    """
    if not platforms:
        return [], ()
    skip = " FOR UPDATE OF l SKIP LOCKED" if db.is_postgres() else ""
    sql = (
        f"UPDATE letters SET error = CASE state WHEN 'sending' THEN '{UNANSWERED}' ELSE error END,"
        " state = 'sending', next_at = ?, attempts = attempts + 1 WHERE id IN ("
        " SELECT l.id FROM letters l WHERE l.state IN ('queued', 'sending') AND l.next_at <= ?"
        f" AND (l.platform IN ({marks(len(platforms))}) OR l.account = '')"
        f" AND (l.kind = 'fetch' OR NOT EXISTS ({_AHEAD}))"
        f" ORDER BY l.urgent DESC, l.id LIMIT ?{skip}) RETURNING *"
    )
    names, moment = [platform.value for platform in platforms], db.to_ms(now)
    found = await db.rows(sql, db.to_ms(now + LEASE), moment, *names, moment, PATIENT, limit)
    letters = sorted(readable(found), key=lambda letter: (not letter.urgent, letter.id))
    strange = sorted({row["id"] for row in found} - {letter.id for letter in letters})
    sql = "UPDATE letters SET state = 'dead', error = ? WHERE id = ?"
    await db.many(sql, [(UNREADABLE, letter) for letter in strange])
    return letters, strange


async def release_all() -> None:
    """After a crash, with one process: nobody holds a lease any more."""
    sql = "UPDATE letters SET state = 'queued', next_at = created_at, error = ? WHERE state = 'sending'"
    await db.run(sql, UNANSWERED)


async def sent(
    letter: str, message_id: str, response_code: str, at: datetime, shows: Shown | None = None
) -> None:
    """A card reached the platform; a code that a click gave in the meantime is kept as the newer one."""
    await db.run(
        "UPDATE letters SET state = 'sent', message_id = ?, sent_at = ?, error = '',"
        " shown_step = ?, shown_version = ? WHERE id = ?",
        message_id if len(message_id) <= LONGEST_ID else "",
        db.to_ms(at),
        *(shows or (None, None)),
        letter,
    )
    if response_code:
        await response_codes.before(letter, response_code)


async def repainted(letter: str, at: datetime, shows: Shown | None) -> None:
    """A letter that repaints a card was carried out."""
    await db.run(
        "UPDATE letters SET state = 'sent', sent_at = ?, error = '', shown_step = ?, shown_version = ?"
        " WHERE id = ? AND state = 'sending'",
        db.to_ms(at),
        *(shows or (None, None)),
        letter,
    )


async def recalled(letter: str, target: str, at: datetime) -> None:
    """A letter that takes a card back was carried out: what the card showed counts no more."""
    await done(letter, LetterState.SENT, at)
    sql = "UPDATE letters SET shown_step = NULL, shown_version = NULL WHERE id = ? OR target = ?"
    await db.run(sql, target, target)


LAST_SHOWN = (
    "SELECT shown_step, shown_version FROM letters WHERE request = ? AND person = ?"
    " AND kind IN ('send', 'update') AND state = 'sent' AND sent_at <= ? AND shown_version IS NOT NULL"
    " ORDER BY sent_at DESC, id DESC LIMIT 1"
)


async def last_shown(person: str, request: int, by: datetime) -> Shown | None:
    """The step and version of a request that this person was last shown by then, if any.

    What counts is a card or text with the matter itself, as it was when the platform took it.
    """
    row = await db.one(LAST_SHOWN, request, person, db.to_ms(by))
    return (row["shown_step"], row["shown_version"]) if row else None


async def done(letter: str, state: LetterState, at: datetime, error: str = "") -> None:
    """Close a letter that was sent, skipped or cannot be sent; what another replica closed stays so."""
    sql = "UPDATE letters SET state = ?, sent_at = ?, error = ? WHERE id = ? AND state = 'sending'"
    await db.run(sql, state.value, db.to_ms(at), error[:200], letter)


async def later(letter: str, at: datetime, error: str, *, tried: bool = True) -> None:
    """Put a letter back until `at`, where no other replica has sent it; `tried` is False where it
    never left the house."""
    sql = (
        "UPDATE letters SET state = 'queued', next_at = ?, error = ?, attempts = attempts - ?"
        " WHERE id = ? AND state = 'sending'"
    )
    await db.run(sql, db.to_ms(at), error[:200], 0 if tried else 1, letter)


async def readdress(letter: str, account: str) -> None:
    """Whom a letter is for has another account now."""
    await db.run("UPDATE letters SET account = ? WHERE id = ?", account, letter)


async def forward(letter: Letter, account: str, at: datetime) -> None:
    """Send a letter to another account as a new one: a try that was not answered used up its key."""
    once = f"moved:{letter.id}"
    await put([replace(letter, id=new_id(at), account=account, once=once, created_at=at, next_at=at)])
    await done(letter.id, LetterState.SKIPPED, at, UNANSWERED)


async def get(letter: str) -> Letter | None:
    """None where there is none, or none that can be read."""
    row = await db.one("SELECT * FROM letters WHERE id = ?", letter)
    return next(iter(readable([row])), None) if row else None


async def asked(request: int) -> list[Letter]:
    """Every letter that asks somebody to decide on a request, wherever it is."""
    sql = (
        "SELECT * FROM letters WHERE request = ? AND kind = 'send'"
        " AND (lane = 'decision' OR template = 'approval') ORDER BY id"
    )
    return readable(await db.rows(sql, request))


async def copies(request: int, *, closed: bool = False) -> list[Letter]:
    """Every card about a request that is on a screen, or on its way, and may still be repainted; with
    those that are `closed`, where what they were about may go on."""
    sql = (
        "SELECT * FROM letters WHERE request = ? AND kind = 'send' AND closed <= ?"
        " AND state IN ('sent', 'sending') ORDER BY id"
    )
    return readable(await db.rows(sql, request, int(closed)))


async def about(request: int, number: str) -> list[Letter]:
    """Every letter there was about a request, by its id or because it names its number."""
    sql = "SELECT * FROM letters WHERE request = ? OR args LIKE ? ORDER BY id"
    return readable(await db.rows(sql, request, f"%{number}%"))


async def told_since(person: str, request: int, since: datetime) -> bool:
    """Whether a message about a request was written to somebody since, or a card of theirs repainted."""
    sql = (
        "SELECT 1 FROM letters WHERE request = ? AND person = ? AND"
        " ((kind = 'send' AND created_at >= ? AND state IN ('queued', 'sending', 'sent'))"
        " OR (kind = 'update' AND sent_at >= ? AND state = 'sent')) LIMIT 1"
    )
    return bool(await db.rows(sql, request, person, db.to_ms(since), db.to_ms(since)))


async def digests_of(request: int) -> list[Letter]:
    """The digests that are on a screen, or on their way, and name something owed for a request."""
    found = await db.rows("SELECT id FROM duties WHERE request = ?", request)
    owed = {row["id"] for row in found}
    sql = "SELECT * FROM letters WHERE template = 'digest' AND kind = 'send' AND state IN ('sent', 'sending')"
    letters = readable(await db.rows(sql))
    return [one for one in letters if any(duty in owed for duty, *_ in one.args["matters"])]


async def written_to(person: str, templates: Sequence[str]) -> list[Letter]:
    """Letters of these templates to somebody, whatever became of them."""
    sql = f"SELECT * FROM letters WHERE person = ? AND template IN ({marks(len(templates))}) ORDER BY id"
    return readable(await db.rows(sql, person, *templates))


async def close(letters: Sequence[str], *, last: bool = True) -> None:
    """These cards get their last coat: what they say stays true; where not `last`, their matter goes on."""
    await db.many("UPDATE letters SET closed = ? WHERE id = ?", [(int(last), letter) for letter in letters])


async def retitle(letter: str, template: str, args: Mapping[str, Any], request: int | None) -> None:
    """A card on a screen became another one (a preview became a request's status)."""
    sql = "UPDATE letters SET template = ?, args = ?, request = ? WHERE id = ?"
    await db.run(sql, template, dump(args), request, letter)


async def follow_up(letters: Sequence[str], template: str, args: Mapping[str, Any], request: int) -> None:
    """Cards on screens become others for good, which say what follows them."""
    sql = "UPDATE letters SET template = ?, args = ?, request = ?, closed = 1 WHERE id = ?"
    await db.many(sql, [(template, dump(args), request, letter) for letter in letters])


async def drop_waiting(request: int, template: str) -> None:
    """Let go of cards about a request that have not left yet: a newer one says what is true now."""
    sql = (
        "UPDATE letters SET state = 'skipped' WHERE request = ? AND template = ? AND kind = 'send'"
        f" AND state = 'queued' AND error <> '{UNANSWERED}'"
    )
    await db.run(sql, request, template)


async def about_which(
    person: str, platform: Platform, messages: Sequence[str], templates: Sequence[str]
) -> list[int]:
    """The requests of those messages that went to this person with one of the templates."""
    if not messages:
        return []
    sql = (
        "SELECT DISTINCT request FROM letters WHERE person = ? AND platform = ? AND state = 'sent'"
        f" AND template IN ({marks(len(templates))}) AND message_id IN ({marks(len(messages))})"
        " AND request IS NOT NULL ORDER BY request"
    )
    found = await db.rows(sql, person, platform.value, *templates, *messages)
    return [int(row["request"]) for row in found]


async def shown_to(person: str, templates: Sequence[str], since: datetime) -> list[Letter]:
    """Cards and files of these templates that reached this person since then."""
    sql = (
        "SELECT * FROM letters WHERE person = ? AND created_at >= ?"
        f" AND template IN ({marks(len(templates))})"
        " AND kind IN ('send', 'file') AND state IN ('sent', 'sending') ORDER BY id"
    )
    return readable(await db.rows(sql, person, db.to_ms(since), *templates))


async def forget_files(person: str, draft: int) -> None:
    """Drop the letters that bring a draft's files, and what the files are called in those that show them."""
    await _forget_fetches(person, draft)
    sql = "SELECT * FROM letters WHERE person = ? AND template IN ('attachment', 'unsent')"
    letters = readable(await db.rows(sql, person))
    shown = [letter.id for letter in letters if letter.args.get("draft") == draft]
    blank = dump({"draft": draft})
    await db.many("UPDATE letters SET args = ? WHERE id = ?", [(blank, letter) for letter in shown])


async def _forget_fetches(person: str, draft: int) -> None:
    found = await db.rows("SELECT id FROM uploads WHERE draft = ?", draft)
    uploads = {row["id"] for row in found}
    sql = "SELECT * FROM letters WHERE person = ? AND kind = 'fetch'"
    letters = readable(await db.rows(sql, person))
    over = [letter.id for letter in letters if letter.args["upload"] in uploads]
    await db.many("DELETE FROM letters WHERE id = ?", [(letter,) for letter in over])


async def dead(limit: int = 20) -> list[Letter]:
    """Letters that nobody got, the latest first."""
    found = tables.Letter.filter(state=LetterState.DEAD).order_by("-id").limit(limit)
    return [named(row) for row in await found.values()]


async def resend(letter: str, at: datetime) -> bool:
    """Queue a dead letter again, as if it were new; False where it is not dead."""
    sql = (
        "UPDATE letters SET state = 'queued', created_at = ?, next_at = ?, attempts = 0"
        " WHERE id = ? AND state = 'dead' RETURNING id"
    )
    return await db.one(sql, db.to_ms(at), db.to_ms(at), letter) is not None


async def counts() -> dict[str, int]:
    """How many letters wait and how many are dead."""
    sql = (
        "SELECT state, count(*) AS n FROM letters WHERE state IN ('queued', 'sending', 'dead') GROUP BY state"
    )
    return {row["state"]: row["n"] for row in await db.rows(sql)}


async def leaving(at: datetime) -> bool:
    """Whether a letter is under way, or due at that instant."""
    sql = (
        "SELECT 1 AS one FROM letters WHERE state = 'sending' OR (state = 'queued' AND next_at <= ?) LIMIT 1"
    )
    return await db.one(sql, db.to_ms(at)) is not None


async def was_sent(person: str, request: int, template: str, since: datetime) -> bool:
    """Whether a letter of this template about a request has reached somebody since then."""
    sql = (
        "SELECT 1 AS one FROM letters WHERE person = ? AND request = ? AND template = ?"
        " AND state = 'sent' AND sent_at >= ? LIMIT 1"
    )
    return await db.one(sql, person, request, template, db.to_ms(since)) is not None
