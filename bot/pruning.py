"""`quanmei prune`: what is past its keeping time goes now; `serve` lets it go once a day."""

from bot import console
from bot.clock import utc_now
from handlers.drafts import keeping
from handlers.drafts.keeping import Dropped
from storage import db


class _Undone(Exception):
    """Nothing of a dry run stays; it carries what would have gone."""

    def __init__(self, gone: Dropped) -> None:
        super().__init__()
        self.gone = gone


def prune(*, dry_run: bool) -> None:
    config = console.configured()

    async def work() -> Dropped:
        async with console.database(config, dry_run=dry_run):
            try:
                async with db.transaction():
                    return await _dropped(dry_run=dry_run)
            except _Undone as undone:
                return undone.gone

    gone = console.run(work())
    done = "将清除" if dry_run else "已清除"
    console.say(
        f"{done}：放弃的草稿的内容 {gone.drafts} 份，无主附件 {gone.files} 个，发出的消息 {gone.letters} 条，"
        f"办过的事件的键 {gone.claims} 个。申请、决定、台账和留痕都保留。"
    )


async def _dropped(*, dry_run: bool) -> Dropped:
    """All that is past its time; raises _Undone after a dry run."""
    total = Dropped()
    while any(dropped := await keeping.drop(utc_now())):
        total = Dropped(*map(sum, zip(total, dropped, strict=True)))
    if dry_run:
        raise _Undone(total)
    return total
