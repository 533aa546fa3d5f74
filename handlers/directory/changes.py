"""What the platforms' directories say: marked, written of one person at a time, and reported."""

from dataclasses import asdict, replace
from datetime import datetime

from cards import directory as cards
from handlers.cases import reaching
from handlers.directory import departures
from handlers.events import ContactHint, DirectoryChange, DirectoryRead, Reply
from handlers.letters import notify
from handlers.rules.articles import ART_5_2
from handlers.rules.permits import OF_A_UNIT, in_service
from handlers.rules.roll import Change, Memory, Remarks, Seen
from storage import departures as storage
from storage import marks, people, trail
from storage.held import held
from storage.records import Person, Platform, TrailEntry

DIRTY = "dirty"
LONGEST_NAME = 60


def dirty(platform: Platform, account: str = "") -> str:
    """The mark of what must be read anew: an account, or with none the whole directory."""
    name = f"{DIRTY}:{platform}:{account}"
    return name if len(name) <= LONGEST_NAME else f"{DIRTY}:{platform}:"


def roll_of(platform: Platform) -> str:
    return f"roll:{platform}"


async def hinted(event: ContactHint) -> Reply:
    """Mark what the platform says has changed; reading it anew is outward work, so a job does it."""
    name = dirty(event.platform, event.account)
    known = await marks.get(name)
    left = event.left or bool(known and known.value["left"])
    await marks.put(name, {"left": left}, event.at)
    return Reply()


async def changed(event: DirectoryChange) -> Reply:
    """One person as the directory says; where that is known already, nothing happens."""
    before = (await held(request=await _steps(event.change), person=event.change.person)).person
    if before is None or not (in_service(before, event.at) or await _is_back(before, event)):
        return Reply()
    after = await _applied(before, event)
    if after != before:
        await storage.amend(after)
        await trail.note(_entry(before, after, event))
        if event.change.left:
            await departures.gone(after, event.at, event.platform)
            return Reply()
        if event.change.back:
            await departures.returned(before, after, event.at, event.platform)
        await reaching.moved(before, after, event.at)
        if after.unit != before.unit:
            await departures.moved(before, after, event.at, event.platform)
    return Reply()


async def _is_back(person: Person, event: DirectoryChange) -> bool:
    """Whether the directory takes back what it said itself."""
    return event.change.back and person.id in await storage.left_by(event.platform)


async def _steps(change: Change) -> list[str]:
    """The requests that what the directory says of somebody may put to others."""
    if change.left:
        return await storage.concerned(change.person)
    if change.back:
        return await storage.open_steps()
    known = await people.get(change.person) if change.unit is not None else None
    return await storage.open_steps() if known and known.roles & OF_A_UNIT else []


async def _applied(person: Person, event: DirectoryChange) -> Person:
    """The person with what is new; an account that has come to belong to another stays theirs."""
    change: Change = event.change
    if change.left:
        return replace(person, left_on=departures.first_day_away(event.at))
    if change.back:
        person = replace(person, left_on=None)
    if change.account is not None and await people.by_account(event.platform, [change.account]) is None:
        is_wecom = event.platform is Platform.WECOM
        wecom, feishu = (change.account, person.feishu) if is_wecom else (person.wecom, change.account)
        person = replace(person, wecom=wecom, feishu=feishu)
    unit = person.unit if change.unit is None else change.unit
    return replace(person, unit=unit, title=person.title if change.title is None else change.title)


def _entry(before: Person, after: Person, event: DirectoryChange) -> TrailEntry:
    """The trail says which of the fields changed; accounts are named, not told."""
    was, now = asdict(before), asdict(after)
    told = [f"unit {before.unit} → {after.unit}"] if before.unit != after.unit else []
    told += [name for name in ("title", "wecom", "feishu", "left_on") if was[name] != now[name]]
    return TrailEntry(
        matter=trail.about(after.id),
        seq=0,
        at=event.at,
        actor="",
        act="directory",
        platform=event.platform,
        message=event.key,
        article=ART_5_2,
        note="; ".join(told),
    )


async def read(event: DirectoryRead) -> Reply:
    """Keep what the next reading is compared with; tell the administrators what is new to look at."""
    if event.memory is not None:
        kept = {account: [seen.department, seen.misses] for account, seen in event.memory.items()}
        await marks.put(roll_of(event.platform), kept, event.at)
    text = await _told(event.platform, event.remarks)
    name = f"remarks:{event.platform}"
    known = await marks.get(name)
    if event.memory is not None and text != (known.value if known else ""):
        await marks.put(name, text, event.at)
        if text:
            await _tell(text, event.at)
    return Reply()


async def _tell(text: str, at: datetime) -> None:
    receivers = await notify.administrators(at)
    await notify.tell(receivers, "say", {"title": cards.REMARKS, "text": text}, at)


async def _told(platform: Platform, remarks: Remarks) -> str:
    fields = ("conflicts", "unknown", "hidden", "disabled", "still_listed")
    known = await people.several([id_ for field in fields for id_ in getattr(remarks, field)])
    named = {
        field: [f"{known[id_].name}（{id_}）" for id_ in getattr(remarks, field) if id_ in known]
        for field in fields
    }
    named["departments"] = list(remarks.departments)
    return cards.remarks(platform, named, remarks.strangers, narrowed=remarks.narrowed)


async def memory_of(platform: Platform) -> Memory:
    """What the last whole reading left behind."""
    mark = await marks.get(roll_of(platform))
    return {account: Seen(*seen) for account, seen in mark.value.items()} if mark else {}
