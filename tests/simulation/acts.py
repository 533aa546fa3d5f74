"""Acts of a story that are several steps towards one moment: what stops just when it would go on."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import TYPE_CHECKING

from tests.simulation import sentences as say
from tests.simulation.erased import marks_of_draft, marks_of_request
from tests.world import title

if TYPE_CHECKING:
    from tests.simulation.story import Story

Act = Callable[["Story", Random, int], Awaitable[None]]


async def stopped_before_it_is_out(story: "Story", random: Random, number: int) -> None:
    """The centre stops or silences the medium of what may go out, and its applicant says that it is out."""
    matter = story.matter(random, ("FB",), "awaiting_publish")
    if matter:
        applicant = story.name_of(matter["applicant"])
        receipt = story.worded("/回执 {} https://mp.weixin.qq.com/s/{n}", random, number, matter["number"])
        order = (say.CENTRE, random.choice(say.STOPS))
        await asyncio.gather(
            story.confirmed(random, number, order), _later(story, random, applicant, receipt)
        )


async def _later(story: "Story", random: Random, who: str, text: str) -> None:
    await asyncio.sleep(random.choice((1, 2, 4)))
    await story.say(who, text)


async def passes(story: "Story", random: Random, number: int) -> None:
    """Each who is asked about it agrees, until nobody is."""
    matter = story.matter(random, ("FB",), "in_review")
    while matter and (held := story.holders(matter["id"])):
        await story.say(random.choice(held), f"/同意 {matter['number']}")
        await asyncio.sleep(1)
        if held == story.holders(matter["id"]):
            return


async def secret_in_a_draft(story: "Story", random: Random, number: int) -> None:
    """Somebody sees at the preview of what they wrote that it may be secret."""
    begun = random.choice(say.POSTS)
    pressing = asyncio.create_task(story.confirmed(random, number, begun, then="有涉密情形"))
    while not pressing.done():
        await asyncio.sleep(0.2)
        story.stopped |= marks_of_draft(story.town, story.mark(number))
    await pressing


async def secret_once_returned(story: "Story", random: Random, _: int) -> None:
    """What is returned may be secret: its applicant stops it."""
    matter = story.matter(random, ("FB",), random.choice(("returned", "in_review")))
    if matter:
        for held in story.holders(matter["id"])[:1]:
            await story.say(held, f"/退回 {matter['number']} 请再核对")
            await asyncio.sleep(1)
        who = story.name_of(matter["applicant"])
        await story.say(who, f"/修改 {matter['number']}")
        await asyncio.sleep(1)
        story.stopped[matter["number"]] = marks_of_request(story.town, matter["id"])
        await story.press(who, "有涉密情形")


async def answers_a_call(story: "Story", random: Random, number: int) -> None:
    matter = story.matter(random, ("DD",))
    if matter:
        people, texts = random.choice(((say.AUTHORS, say.CALLED), (say.CENTRE, say.CALLING)))
        text = story.worded(random.choice(texts), random, number, matter["number"])
        await story.say(random.choice(people), f"/{text}")


async def signs(story: "Story", random: Random, _: int) -> None:
    """Whoever leads a training shows its code, and somebody signs with it."""
    matter = story.matter(random, ("PX",))
    if matter:
        leader, who = story.name_of(matter["applicant"]), random.choice(say.PEOPLE)
        await story.say(leader, f"/培训 {matter['number']}")
        await asyncio.sleep(1)
        await story.press(leader, "显示签到码")
        await asyncio.sleep(1)
        codes = [title(shown).split()[-1] for shown in story.town.screen(leader) if "签到码 " in title(shown)]
        await story.say(who, f"/签到 {codes[-1] if codes else '123456'}")
        await asyncio.sleep(1)
        await story.press(who, "签到")


ACTS: Sequence[tuple[int, Act]] = (
    (1, stopped_before_it_is_out), (2, passes), (1, secret_in_a_draft), (1, secret_once_returned),
    (1, answers_a_call), (1, signs),
)  # fmt: skip
"""Each with how often it is drawn, beside those of a story."""
