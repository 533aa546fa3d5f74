"""The main job, played by four people: a post from /发布 to its receipt, then a change nobody files."""

import re
from datetime import date, datetime, timedelta

from rich.console import Console

from bot.sandbox.stage import CAST, MORNING, Stage
from bot.sandbox.telling import StoryFailed, Teller, title, until, words
from cards.times import day
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.workdays import Calendar
from storage import media, people
from storage.records import Medium, Person

POST = """/发布
媒体：机电之声
标题：研究生国家奖学金评审结果公示
正文：经学院评审委员会评议，现将拟推荐名单予以公示，公示期五个工作日。
类别：通知公告"""
LEAVER, ACCOUNT, MEDIUM = "2008002", "ou_helaoshi", "QM-0001"
"""何老师, an administrator of 机电之声, and her account in Feishu."""

HEARING = {
    3: ("李老师",),
    5: ("李老师", "王书记"),
    6: ("李老师", "王书记", "赵老师"),
}
"""Who is reminded of an unfiled change on which working day after it; the sixth is the first overdue."""

REMINDER = re.compile(r"变更待备案 机电之声|\d+ 件事项请您关注")
"""By itself, or with what else that person is reminded of the same morning."""


class Story:
    """Plays the story on a stage and prints it."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self._stage, self._teller = stage, Teller(stage, console)

    async def play(self) -> None:
        """The whole story; raises StoryFailed at the first step that does not happen."""
        await self._publish()
        changed_on = await self._leave()
        for number in range(1, max(HEARING) + 1):
            await self._morning(changed_on, number)
        await self._file()

    async def _publish(self) -> None:
        """From /发布 to the receipt (Article 6(3)1)."""
        teller = self._teller
        await teller.say("李老师", POST)
        await teller.sees("李老师", "请确认")
        await teller.click("李老师", "确认提交", "请确认")
        await teller.sees("李老师", "审批中 FB-")
        await teller.sees("孙老师", "待审查 FB-")
        await teller.click("孙老师", "审查通过", "待审查")
        await teller.sees("王书记", "待审批 FB-")
        await teller.click("王书记", "同意并报中心", "待审批")
        card = await teller.sees("赵老师", "待审批 FB-")
        await teller.click("赵老师", "同意", "待审批")
        await teller.sees("李老师", "可发布 FB-")
        number = title(card).split()[1]
        await teller.say("李老师", f"/回执 {number} https://mp.weixin.qq.com/s/jidianzhisheng")
        await teller.sees("李老师", "已发布 FB-")

    async def _leave(self) -> date:
        """An administrator leaves the directory, and both who must see to it know; the day of it."""
        self._teller.later("何老师（机电之声的管理员）离职，飞书通讯录里不再有她")
        await self._stage.sims["feishu"].leaves(ACCOUNT)

        async def noticed() -> Person | None:
            await self._stage.machine.read_directories()
            person = await people.get(LEAVER)
            return person if person and person.left_on else None

        gone = await until(noticed, "the directory should have said that 何老师 left")
        assert gone.left_on is not None
        await self._stage.advance(3)
        for name in ("李老师", "王书记"):
            card = await self._teller.sees(name, "变更待备案 机电之声")
            if "发起变更" not in words(card):
                raise StoryFailed(f"{name} should have the filing behind a button")
        return gone.left_on

    async def _morning(self, changed_on: date, number: int) -> None:
        """The clock goes on to a working day after the change: who hears of it, and nobody else does."""
        workday = Calendar.default().add(changed_on, number)
        moment = datetime.combine(workday, MORNING, SHANGHAI)
        self._teller.later(f"{day(workday, moment)} · 变更后第 {number} 个工作日")
        await self._stage.advance(-(-(moment - self._stage.now()) // timedelta(minutes=1)))
        hearing = HEARING.get(number, ())
        for name in hearing:
            await self._teller.sees(name, REMINDER, "机电之声")
        for name in {actor.name for actor in CAST} - set(hearing):
            if self._teller.find(name, REMINDER, "机电之声"):
                raise StoryFailed(f"{name} should not have been reminded on working day {number}")

    async def _file(self) -> None:
        """The filing is made from the reminder's card; the books follow (Article 6(2))."""
        teller = self._teller
        await teller.click("李老师", "发起变更", "变更待备案")
        await teller.sees("李老师", "变更：逾期原因")
        await teller.say("李老师", "何老师离职，交接时漏了备案")
        await teller.sees("李老师", "请确认：机电之声")
        await teller.click("李老师", "确认提交", "请确认：机电之声")
        await teller.sees("王书记", "待审批 BG-")
        await teller.click("王书记", "同意", "待审批 BG-")
        await teller.sees("赵老师", "待备案 BG-")
        await teller.click("赵老师", "备案", "待备案 BG-")
        await teller.sees("李老师", "已备案 BG-")
        await until(self._without_leaver, "the ledger should no longer name 何老师")
        await teller.say("李老师", "/台账 机电之声")
        await teller.sees("李老师", "QM-0001 机电之声", "管理员")

    async def _without_leaver(self) -> Medium | None:
        medium = (await media.several([MEDIUM]))[0]
        return medium if LEAVER not in medium.admins else None
