"""Whatever people say and press in whatever order: the record stays whole, on each database.

A life is one request in the small university, with everybody trying anything at it through the real
signatures, decoders, dispatch, database, courier and renderers. `LIVES=100` plays a hundred.
"""

import os
from dataclasses import replace
from random import Random

import pytest

from handlers import audit
from handlers.cases import rerouting
from handlers.processes import topic
from storage import db, requests
from storage.records import OPEN, Role
from storage.rows import among
from storage.steps import Step, Way
from tests.dialogues import fitting, owing, replaying
from tests.dialogues.posts import post
from tests.dialogues.test_topic import TOPIC
from tests.world import World, buttons

LIVES, SENTENCES = int(os.environ.get("LIVES", "6")), 16
PEOPLE = ("李老师", "孙老师", "王书记", "吴副书记", "何老师", "赵老师", "钱主任", "唐老师")
STEWARD = "赵老师"
EXAMINERS = ("2105", "2202", "2106")
ROLES = (
    *((one, Role.PROPAGANDA_REVIEWER) for one in EXAMINERS),
    ("2103", Role.SECRECY_REVIEWER),
    ("1102", Role.CENTER_APPROVER),
)
"""What people may lose and get again meanwhile."""

HOLDERS = (
    "退回 {} 请补主语", "退回 {} 到 保密审查 请再看", "退回 {} 到 第一责任人 回到我 请再看", "不同意 {} 不妥",
    "报中心 {} 请把关", "转办 {} {who} 出差", "加签 {} {who}", "加签 {} {who}、{other} 并 会签",
    "加签 {} {who}、{other} 后 票签 1/2", "加签 {} {who}、{other} 前 依次", "减签 {} {who}", "抄送 {} {who}",
    "委派 {} {who} 是否涉外", "提问 {} 何时批准", "代理 {who} 今天 明天", "代理 取消",
    "值班 机电学院党委 {who} 今天 明天",
)  # fmt: skip
APPLICANTS = (
    "修改 {} 标题：学院再更名", "修改 {} 标题：学院又更名", "回执 {} https://mp.weixin.qq.com/s/1",
    "答复 {} 昨天", "催办 {}", "再发 {}", "撤回 {}", "作废 {} 不发了",
)  # fmt: skip
ANYBODY = (
    "意见 {} 可以",
    "评论 {} 请存档",
    "督办 {} 今天要发",
    "待办",
    "查询 {}",
    "为什么 {}",
    "交接 {who} 给 {other}",
)
STEWARDS = (*["恢复 查清"] * 4, "暂停 查", "暂停 查", "退回 格式", "改派 {who} 出差", "作废 不发了")


class Life:
    """One request and what is tried at it; `said` tells it, so that a fault can be played again."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random, self.said, self.number = world, Random(seed), [f"life {seed}"], ""

    async def lived(self) -> None:
        await self._begins()
        for _ in range(SENTENCES):
            await self._something()

    async def over(self) -> None:
        """What is still open is void, so that the next is not about it too."""
        for row in await db.rows(f"SELECT number FROM requests WHERE state {among(OPEN)}"):
            await self.world.say(STEWARD, f"/干预 {row['number']} 作废 到此为止")

    async def _begins(self) -> None:
        urgent = {"紧急": "紧急", "紧急理由": "突发情况"} if self.random.random() < 0.3 else {}
        text = TOPIC if self.random.random() < 0.4 else post(**urgent)
        who = self.random.choice(("李老师", "何老师"))
        await self._say(who, text)
        await self._press(who, "确认提交")
        row = await db.one(
            "SELECT max(number) AS number FROM requests WHERE id = (SELECT max(id) FROM requests)"
        )
        assert row is not None
        self.number = row["number"]

    async def _something(self) -> None:
        often = (self._holder, self._holder, self._holder, self._applicant, self._again, self._anybody)
        await self.random.choice((*often, self._button, self._steward, self._time, self._role))()

    async def _holder(self) -> None:
        """Whoever holds it agrees, or does what is a holder's."""
        request = await requests.get(self.number)
        if request and (held := await requests.holders(request.id)):
            agree = self.random.random() < 0.6
            text = f"同意 {self.number}" if agree else self._words(HOLDERS)
            await self._say(await self._name(self.random.choice(sorted(held))), f"/{text}")

    async def _applicant(self) -> None:
        request = await requests.get(self.number)
        assert request is not None
        who, text = await self._name(request.applicant), self._words(APPLICANTS)
        await self._say(who, f"/{text}")
        if text.startswith(("修改", "再发")):
            await self._press(who, "确认提交")

    async def _again(self) -> None:
        """Whoever decided last takes it back."""
        request = await requests.get(self.number)
        decided = await requests.decisions(request.id) if request else []
        if decided and self.random.random() < 0.6:
            await self._say(await self._name(decided[-1].actor), f"/拿回 {self.number}")

    async def _anybody(self) -> None:
        text = self._words((*ANYBODY, *HOLDERS, *APPLICANTS))
        await self._say(self.random.choice(PEOPLE), f"/{text}")

    async def _steward(self) -> None:
        await self._say(STEWARD, f"/干预 {self.number} {self._words(STEWARDS)}")

    async def _name(self, person: str) -> str:
        row = await db.one("SELECT name FROM people WHERE id = ?", person)
        assert row is not None
        return str(row["name"])

    def _words(self, texts: tuple[str, ...]) -> str:
        who, other = self.random.sample(PEOPLE, 2)
        return self.random.choice(texts).format(self.number, who=who, other=other)

    async def _say(self, who: str, text: str) -> None:
        self.said.append(f"{who}: {text}")
        await self.world.say(who, text)

    async def _button(self) -> None:
        """Any button of a card somebody has, however old."""
        who = self.random.choice(PEOPLE)
        cards = [shown for shown in self.world.screen(who)[-12:] if shown.native and not shown.recalled]
        if cards and (found := buttons(self.random.choice(cards))):
            await self._press(who, self.random.choice(found))

    async def _press(self, who: str, button: str) -> None:
        self.said.append(f"{who} presses {button}")
        try:
            await self.world.click(who, button)
        except LookupError:
            self.said.append("(which takes more than a press)")

    async def _time(self) -> None:
        hours = self.random.choice((0.2, 0.5, 3, 9, 24, 24 * 4))
        self.said.append(f"{hours} hours")
        await self.world.tick("remind", hours=hours)
        await self.world.tick(self.random.choice(("look_out", "depart", "remind")))

    async def _role(self) -> None:
        """The directory says that somebody has a role, or has it no more; open steps follow, as they do
        after an import."""
        person, role = self.random.choice(ROLES)
        has = await db.one("SELECT id FROM person_roles WHERE person = ? AND role = ?", person, role.value)
        self.said.append(f"{person} {'loses' if has else 'gets'} {role.value}")
        await give(self.world, (person, role), has=not has)


async def give(world: World, *given: tuple[str, Role], has: bool) -> None:
    """These roles, or no more; open steps follow."""
    async with db.transaction():
        for person, role in given:
            await db.run("DELETE FROM person_roles WHERE person = ? AND role = ?", person, role.value)
            if has:
                await db.run("INSERT INTO person_roles (person, role) VALUES (?, ?)", person, role.value)
            rows = await db.rows("SELECT role FROM person_roles WHERE person = ? ORDER BY role", person)
            roles = ";".join(row["role"] for row in rows)
            await db.run("UPDATE people SET roles = ? WHERE id = ?", roles, person)
        await rerouting.all_open("roles have changed", world.now)
    await world.settle()


async def faults(world: World) -> list[str]:
    broken = await audit.verify()
    return [
        *world.errors,
        *await owing.faults(),
        *await replaying.faults(),
        *([str(broken)] if broken else []),
        *await fitting.faults(),
    ]


async def test_whatever_people_do_the_record_stays_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, ways = topic.topic_chain, Random(0)

    def chain(unit: str, *, applicant_is_responsible: bool, press: str) -> tuple[Step, ...]:
        *first, last = plain(unit, applicant_is_responsible=applicant_is_responsible, press=press)
        way = ways.choice(tuple(Way))
        return *first, replace(last, way=way, need=2 if way is Way.VOTE else 0)

    monkeypatch.setattr(topic, "topic_chain", chain)
    for seed in range(LIVES):
        await give(world, *ROLES, has=True)
        life = Life(world, seed)
        await life.lived()
        assert await faults(world) == [], "\n".join(life.said)
        await life.over()
