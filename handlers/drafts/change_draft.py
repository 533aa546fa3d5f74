"""A change the directory has noticed: its filing is opened filled in, the rest is asked."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards.form_media import CHANGE, ITEMS
from handlers.drafts import drafting, flow
from handlers.events import Click, Message, Reply
from handlers.ledger import own_media
from handlers.rules.permits import may_file
from handlers.typed import people_named
from storage import drafts, media
from storage.records import Draft, Medium, Person


async def open_change_draft(
    person: Person,
    medium_no: str,
    item: str,
    changed_on: date,
    event: Message | Click,
    *,
    leaver: str = "",
) -> Reply:
    """Show this person's /变更 of a medium's `item` (a key of `ITEMS`, or any other word for none).

    Medium and day stand in it already; where `leaver` (工号) was an administrator, the others do too,
    and what only people know is asked. A draft of theirs for this medium is taken up again.
    """
    medium = next(iter(await media.several([medium_no])), None)
    if refusal := may_file(person, event.at):
        return Reply(str(refusal), ok=False)
    _, foreign = await own_media.find_own(person, [medium_no])
    if medium is None or foreign:
        return Reply("这个媒体不在您单位的台账里，请由其主办单位发起变更备案。", ok=False)
    known = await _begun(person, medium_no)
    draft = known or await drafts.add(
        person.id, CHANGE.kind, event.platform, {}, event.at, talk=drafting.begun(event.platform)
    )
    form = {**await _known(medium, item, changed_on, leaver), **_given(draft)}
    draft = replace(draft, form=form, platform=event.platform, rev=draft.rev + 1, updated_at=event.at)
    return await flow.go_on(draft)


async def _begun(person: Person, medium_no: str) -> Draft | None:
    """A draft this person has begun for that medium already, held."""
    for draft in await drafting.open_drafts(person.id):
        begun = draft.kind == CHANGE.kind and draft.revises is None
        if begun and draft.form.get("media") == [medium_no]:
            return draft
    return None


def _given(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in draft.form.items() if value}


async def _known(medium: Medium, item: str, changed_on: date, leaver: str) -> dict[str, Any]:
    """What the directory knows of the change; administrators without a member of staff are asked."""
    form: dict[str, Any] = {"media": [medium.no], "changed_on": changed_on.isoformat()}
    if item in ITEMS:
        form["items"] = [ITEMS[item]]
    rest = [admin for admin in medium.admins if admin != leaver]
    if item in ("operator", "admins") and leaver in medium.admins and await people_named.any_staff(rest):
        form["after"] = {"admins": rest}
    return form
