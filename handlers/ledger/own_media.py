"""The media a person may act for: looked up by name or 备案号, allowed or refused with the article."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from cards.draft import media_options
from cards.form import PUBLISH, Field
from handlers.ledger import standing
from handlers.people import whose
from handlers.rules.articles import ART_4, ART_6_2
from handlers.rules.import_cells import said_number
from handlers.rules.permits import Refusal, managed_by, may_publish_on, not_on_the_books
from handlers.rules.text import skeleton
from handlers.typed.answers import Mistake
from storage import ledger, media, people
from storage.records import Medium, MediumState, Person

MEDIA = PUBLISH.field("media")


async def find_media(
    person: Person, names: Sequence[str], at: datetime, *, revised: bool = False
) -> tuple[list[str], list[Mistake]]:
    """The 备案号 of the media meant, as often as each was named, and why others cannot be published on. What
    is `revised` was begun before a silence, and goes on through its review."""
    own = await whose.managing_unit(person.unit)
    numbers: list[str] = []
    wrong: list[Mistake] = []
    for name in names:
        meant = await _one_medium(name, own, at, revised=revised)
        if isinstance(meant, Medium):
            numbers.append(meant.no)
        elif name not in [mistake.typed for mistake in wrong]:
            wrong.append(meant)
    return numbers, wrong


def _mistake(name: str, reason: str, meant: Sequence[Medium], field: Field = MEDIA) -> Mistake:
    offers = {option.text: option.value for option in media_options(meant)}
    return Mistake(field.name, field.title, name, reason, field.example, offers)


async def _one_medium(name: str, own: str, at: datetime, *, revised: bool) -> Medium | Mistake:
    """The medium meant, or why there is none and which may be meant; of one that is known, another name is
    no example."""
    found = await called(name)
    if not found:
        usable = {m.name: m for m in await own_media(own) if m.state is MediumState.ACTIVE}
        near = get_close_matches(name, usable, n=2, cutoff=0.4)
        return _mistake(name, str(not_on_the_books(name, near)), [usable[one] for one in near])
    holds = [await standing.hold(medium, at) for medium in found]
    holds = [replace(one, silence="") for one in holds] if revised else holds
    refusals = [
        may_publish_on(medium, own, await whose.managing_unit(medium.unit), hold)
        for medium, hold in zip(found, holds, strict=True)
    ]
    allowed = [medium for medium, refusal in zip(found, refusals, strict=True) if refusal is None]
    if len(allowed) == 1:
        return allowed[0]
    if not allowed:
        reason = str(refusals[0]) + await _waits(found[0].no)
        return Mistake(MEDIA.name, MEDIA.title, name, reason, "")
    choices = "、".join(f"{m.no}（{m.platform_type}）" for m in allowed)
    return _mistake(name, f"有 {len(allowed)} 个同名媒体，请填备案号：{choices}", allowed)


async def _waits(no: str) -> str:
    """That a change has been filed which would let it be, once it is recorded."""
    waiting = (await ledger.waiting([no])).get(no, [])
    filed = any(c.recorded_at is None and c.item in ("state", "host_unit") for c in waiting)
    return f"已报的变更经全媒体中心备案后才生效（{ART_6_2}）。" if filed else ""


async def called(name: str) -> list[Medium]:
    """Media of that name or number, however it is written; 机电之声·微信公众号 names one of two."""
    name = said_number(name.strip('“”"《》 '))
    bare, _, platform = name.partition("·")
    found = [m for m in await media.called(bare) if not platform or m.platform_type == platform]
    return found or await media.called(name) or await _alike(name)


async def _alike(name: str) -> list[Medium]:
    wanted = skeleton(name)
    return [m for m in await media.ledger() if skeleton(m.name) == wanted] if wanted else []


async def own_media(managing: str) -> list[Medium]:
    """All media of a managing unit and its inner offices."""
    units = {unit.code: unit for unit in await people.all_units()}
    codes = [code for code in units if managed_by(code, units) == managing]
    return await media.of_units(codes)


async def _not_own(name: str) -> str:
    if found := await called(name):
        return str(Refusal(f"“{found[0].name}”不是本单位的媒体，请由其主办单位发起", ART_4))
    return f"台账里没有“{name}”。发 /台账 可看本单位已备案的媒体；还没有备案的请先 /备案"


async def find_any(names: Sequence[str], field: Field = MEDIA) -> tuple[list[str], list[Mistake]]:
    """The 备案号 of media of any unit, whatever their state; `field` is the one that names them."""
    numbers: list[str] = []
    wrong: list[Mistake] = []
    for name in names:
        found = await called(name)
        if len(found) == 1:
            numbers.append(found[0].no)
            continue
        choices = "、".join(f"{m.no}（{m.platform_type}）" for m in found)
        reason = f"有 {len(found)} 个同名媒体，请填备案号：{choices}" if found else f"台账里没有“{name}”"
        wrong.append(_mistake(name, reason, found, field))
    return list(dict.fromkeys(numbers)), wrong


async def find_own(person: Person, names: Sequence[str]) -> tuple[list[str], list[Mistake]]:
    """The 备案号 of media of this person's unit, whatever their state."""
    own = await whose.managing_unit(person.unit)
    numbers: list[str] = []
    wrong: list[Mistake] = []
    for name in names:
        mine = [m for m in await called(name) if await whose.managing_unit(m.unit) == own]
        if len(mine) == 1:
            numbers.append(mine[0].no)
            continue
        choices = "、".join(f"{m.no}（{m.platform_type}）" for m in mine)
        reason = f"有 {len(mine)} 个同名媒体，请填备案号：{choices}" if mine else await _not_own(name)
        wrong.append(_mistake(name, reason, mine))
    return list(dict.fromkeys(numbers)), wrong
