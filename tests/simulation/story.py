"""A story: what people, the clock and bad luck do, drawn from a seed, some of it at once.

Each act has a random of its own, so that an act that is left out changes as little as can be of the others.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from bot.ticks import EVERY
from handlers.rules.deadlines import SHANGHAI
from storage.records import OPEN
from storage.rows import among
from tests.dialogues.test_files import PICTURE
from tests.simulation import sentences as say
from tests.simulation.acts import ACTS
from tests.simulation.token import Token
from tests.simulation.town import Fate, Town
from tests.world import buttons

Drawn = Callable[[Random, int], Awaitable[None]]
PREVIEWED_WITHIN = 4
"""Seconds after which somebody gives up waiting for the preview of what they wrote."""


class Story:
    """The acts of a token in a town; `said` tells them, `named` says who was named by somebody, `stopped`
    which words were said to be secret, by matter or draft, and `wrote` whose form has a mark in it."""

    def __init__(self, town: Town, token: Token) -> None:
        self.town, self.token, self.said = town, token, list[str]()
        self.named: set[str] = set()
        self.stopped: dict[str, set[str]] = {}
        self.wrote: dict[str, str] = {}
        self._acts: Sequence[tuple[int, Drawn]] = (
            (5, self._post), (3, self._begins), (10, self._holder), (5, self._supplies), (4, self._applicant),
            (3, self._anybody), (4, self._presses), (2, self._steward), (4, self._time), (2, self._tick),
            (2, self._bad_way_in), (2, self._bad_way_out), (2, self._old), (2, self._dies), (1, self._leaves),
            (1, self._outage), (1, self._takes_back),
            (1, self._absent), (1, self._hurries),
            *((weight, partial(act, self)) for weight, act in ACTS),
        )  # fmt: skip

    async def told(self) -> None:
        """All of it; where several act at once, the schedule says who comes first."""
        under_way: list[asyncio.Task[None]] = []
        for number in self.token.acts:
            random = Random(f"{self.token.seed}/{number}")
            weights, acts = zip(*self._acts, strict=True)
            act = random.choices(acts, weights)[0] if number else self._first
            under_way.append(asyncio.create_task(act(random, number)))
            if random.random() < 0.7:
                await asyncio.gather(*under_way)
                under_way.clear()
                await asyncio.sleep(random.choice((0, 0.1, 2)))
        await asyncio.gather(*under_way)

    async def _first(self, random: Random, number: int) -> None:
        """Stories one after another begin with one process after another, so that few of them have all."""
        every = (say.POSTS[0], *say.OTHERS)
        await self.confirmed(random, number, every[self.token.seed % len(every)])

    def tell(self, text: str) -> None:
        self.said.append(f"{self.town.clock():%m-%d %H:%M:%S} {text}")

    async def _post(self, random: Random, number: int) -> None:
        await self.confirmed(random, number, random.choice(say.POSTS))

    async def _begins(self, random: Random, number: int) -> None:
        await self.confirmed(random, number, random.choice(say.OTHERS))

    async def _supplies(self, random: Random, number: int) -> None:
        matter = self.matter(random, list(say.SUPPLIED))
        if matter:
            begun = random.choice(say.SUPPLIED[matter["kind"]])
            await self.confirmed(random, number, begun, matter["number"])

    async def confirmed(
        self, random: Random, number: int, begun: say.Begun, matter: str = "", then: str = "确认提交"
    ) -> None:
        """Somebody writes a form, and confirms it once they see the preview."""
        people, text = begun
        who = random.choice(people)
        self.wrote[self.mark(number)] = who
        before = self._seen(who)
        await self.say(who, self.worded(text, random, number, matter))
        if text.startswith(say.PICTURED):
            sim, account = self.town.where(who)
            await sim.upload(account, "", PICTURE + bytes([number]), "image")
        for _ in range(PREVIEWED_WITHIN):
            await asyncio.sleep(1)
            if self._seen(who) > before:
                break
        await self.press(who, then)
        if random.random() < 0.1:
            await self.press(who, then)
        if after := next((tick for begins, tick in say.THEN.items() if text.startswith(begins)), ""):
            await self.town.doing(lambda: self.town.machine.ticks.tick(after))

    def _seen(self, who: str) -> int:
        return len([shown for shown in self.town.screen(who) if not shown.mine])

    async def _holder(self, random: Random, number: int) -> None:
        """Whoever holds a matter agrees to it, or does what is a holder's."""
        matter = self.matter(random, (), "in_review")
        held = self.holders(matter["id"]) if matter else []
        if not matter or not held:
            return
        who, way = random.choice(held), random.random()
        if way < 0.45:
            await self._on_a_card(who, matter["number"], random)
        elif way < 0.7:
            await self.say(who, f"/同意 {matter['number']}")
        else:
            await self.say(
                who, "/" + self.worded(random.choice(say.HOLDERS), random, number, matter["number"])
            )

    async def _on_a_card(self, who: str, number: str, random: Random) -> None:
        """The first button of the newest card about it, sometimes pressed twice, or by both who have it."""
        for shown in reversed(self.town.screen(who)):
            if (
                shown.native
                and not shown.recalled
                and number in str(shown.native)
                and (found := buttons(shown))
            ):
                presses = [self.press(who, found[0], shown.id) for _ in range(random.choice((1, 1, 1, 2)))]
                await asyncio.gather(*presses)
                return

    async def _applicant(self, random: Random, number: int) -> None:
        matter = self.matter(random)
        if not matter:
            return
        who = self.name_of(matter["applicant"])
        texts = say.LIKELY.get(matter["state"], ()) if random.random() < 0.6 else ()
        text = self.worded(random.choice(texts or say.APPLICANTS), random, number, matter["number"])
        if not who:
            return
        await self.say(who, f"/{text}")
        if text.startswith(("修改", "再发")):
            await asyncio.sleep(1)
            await self.press(who, "确认提交")

    async def _absent(self, random: Random, _: int) -> None:
        """Somebody is away, and is stood in for, or is there again and whoever stood in decides once more."""
        who, stand_in = random.choice(say.STAND_INS)
        words = random.choice((f"{stand_in} 今天 明天", f"{stand_in} 今天 明天", "取消"))
        self.named.add(stand_in)
        await self.say(who, f"/代理 {words}")
        matter = self.matter(random, (), "in_review")
        if words == "取消" and matter and who in self.holders(matter["id"]):
            await self.say(stand_in, f"/同意 {matter['number']}")

    async def _hurries(self, random: Random, number: int) -> None:
        """Whoever was asked decides in the very moment in which what they were shown is changed."""
        matter = self.matter(random, (), "in_review")
        if matter:
            applicant, held = self.name_of(matter["applicant"]), self.holders(matter["id"])
            for one in held[:1] if applicant else ():
                await self.say(one, f"/退回 {matter['number']} 请补主语")
                await asyncio.sleep(1)
                text = self.worded("修改 {} 标题：第{n}号稿又改", random, number, matter["number"])
                await self.say(applicant, f"/{text}")
                await asyncio.sleep(1)
                await asyncio.gather(
                    self.press(applicant, "确认提交"),
                    *(self.say(each, f"/同意 {matter['number']}") for each in held),
                )

    async def _takes_back(self, _random: Random, _: int) -> None:
        """Whoever decided last takes it back."""
        sql = (
            "SELECT r.number, p.name FROM decisions d JOIN requests r ON r.id = d.request"
            " JOIN people p ON p.id = d.actor ORDER BY d.id DESC LIMIT 1"
        )
        for row in self.town.store.look(sql):
            await self.say(row["name"], f"/拿回 {row['number']}")

    async def _anybody(self, random: Random, number: int) -> None:
        matter = self.matter(random) or {"number": "FB-2026-0001"}
        texts = (*say.ANYBODY, *say.ANYBODY, *say.HOLDERS, *say.APPLICANTS)
        text = self.worded(random.choice(texts), random, number, matter["number"])
        await self.say(random.choice(say.PEOPLE), f"/{text}")

    async def _steward(self, random: Random, number: int) -> None:
        matter = self.matter(random) or {"number": "FB-2026-0001"}
        text = self.worded(random.choice(say.STEWARDS), random, number, matter["number"])
        await self.say(random.choice(say.CENTRE), f"/{text}")

    async def _presses(self, random: Random, _: int) -> None:
        """Any button of any card that somebody has, however old."""
        who = random.choice(say.PEOPLE)
        cards = [shown for shown in self.town.screen(who)[-10:] if shown.native and not shown.recalled]
        if cards and (found := buttons(card := random.choice(cards))):
            await self.press(who, random.choice(found), card.id)

    async def _time(self, random: Random, _: int) -> None:
        """The clock is somewhere else: a machine that slept, a night, a few days."""
        hours = random.choice((0.02, 0.2, 0.5, 3, 9, 24, 24 * 4))
        self.tell(f"{hours} hours go by")
        self.town.now += timedelta(hours=hours)
        self.town.machine.wake()
        await self.town.doing(lambda: self.town.machine.ticks.tick("remind"))

    async def _tick(self, random: Random, _: int) -> None:
        what = random.choice((*EVERY, "directory", "reads"))
        self.tell(f"tick {what}")
        machine = self.town.machine
        others = {"directory": machine.directories.look, "reads": machine.reads.look}
        await self.town.doing(others.get(what, lambda: machine.ticks.tick(what)))

    async def _bad_way_in(self, random: Random, _: int) -> None:
        fates = random.choices([one for one in Fate if one is not Fate.FINE], k=random.randint(1, 2))
        self.tell(f"next callbacks: {', '.join(fates)}")
        self.town.fates.extend(fates)

    async def _bad_way_out(self, random: Random, _: int) -> None:
        fates = random.choices(list(Fate), k=random.randint(1, 4))
        self.tell(f"next calls: {', '.join(fates)}")
        self.town.out.extend(fates)

    async def _old(self, random: Random, _: int) -> None:
        """A callback comes once more, or what was not taken is delivered again."""
        if random.random() < 0.5:
            self.tell("an old callback comes again")
            await self.town.again(random.randrange(1_000_000))
        else:
            self.tell("what was not taken is delivered again")
            await self.town.feishu.redeliver()
            await self.town.wecom.redeliver()

    async def _dies(self, random: Random, _: int) -> None:
        store = self.town.store
        store.dies_in, store.dies_after = random.randint(1, 12), random.random() < 0.5
        self.tell(
            f"the process dies {'after' if store.dies_after else 'before'} commit {store.dies_in} from here"
        )

    async def _outage(self, random: Random, _: int) -> None:
        """A platform is down, or limits us, for a while."""
        sim = random.choice((self.town.feishu, self.town.wecom))
        kind, seconds = random.choice(("down", "limited", "lost")), random.choice((1, 5, 40))
        self.tell(f"{type(sim).__name__} {kind} for {seconds} s")
        setattr(sim.faults, kind, True)
        asyncio.get_running_loop().call_later(seconds, setattr, sim.faults, kind, False)

    async def _leaves(self, random: Random, _: int) -> None:
        """Somebody leaves in the directory, or is there again."""
        who = random.choice(("何老师", "孙老师", "吴副书记", "唐老师"))
        sim, account = self.town.where(who)
        left = sim.has_left(account)
        self.tell(f"{who} {'is back' if left else 'leaves'}")
        await (sim.returns(account) if left else sim.leaves(account))
        self.town.now += timedelta(days=0 if random.random() < 0.5 else 1)
        await self.town.doing(self.town.machine.directories.look)

    def matter(self, random: Random, kinds: Sequence[str] = (), state: str = "") -> dict[str, Any] | None:
        """A matter, the newest and those that are open more likely than others."""
        wanted = f"state = '{state}'" if state else f"(state {among(OPEN)} OR id % 3 = {random.randrange(3)})"
        rows = self.town.store.look(
            f"SELECT id, number, kind, state, applicant FROM requests WHERE {wanted} ORDER BY id"
        )
        rows = [row for row in rows if not kinds or row["kind"] in kinds]
        return random.choice(rows[-4:]) if rows else None

    def worded(self, text: str, random: Random, number: int, matter: str = "") -> str:
        who, other = random.sample(say.PEOPLE, 2)
        if "{who}" in text:
            self.named |= {who, other}
        now = self.town.clock().astimezone(SHANGHAI)
        day, later = f"{now:%Y-%m-%d}", f"{now + timedelta(days=2):%Y-%m-%d}"
        n = f"{number:02d}"
        return text.format(matter, who=who, other=other, n=n, mark=self.mark(number), day=day, later=later)

    def mark(self, number: int) -> str:
        """A word that stands in the text of that act alone."""
        return f"密语{self.token.seed}之{number:02d}"

    def name_of(self, person: str) -> str:
        """Empty where it is nobody: the clock began it."""
        found = self.town.store.look("SELECT name FROM people WHERE id = ?", person)
        return found[0]["name"] if found else ""

    def holders(self, request: int) -> list[str]:
        """Who may decide on it now, by name."""
        sql = (
            "SELECT p.name FROM holders h JOIN people p ON p.id = h.person WHERE h.request = ? ORDER BY p.id"
        )
        return [row["name"] for row in self.town.store.look(sql, request)]

    async def say(self, who: str, text: str) -> None:
        self.tell(f"{who}: {text}")
        sim, account = self.town.where(who)
        with suppress(LookupError):
            await sim.say(account, text)

    async def press(self, who: str, button: str, card: str = "") -> None:
        sim, account = self.town.where(who)
        with suppress(LookupError):
            shown = sim.find(account, card) if card else self.town.card(who, button)
            self.tell(f"{who} presses {button}")
            answer = await sim.click(account, shown.id, button)
            if answer.status != 200:
                self.town.unheard.add(shown.id)
