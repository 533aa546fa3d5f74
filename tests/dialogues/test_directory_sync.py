"""`quanmei directory sync` says what a directory changes, and with --dry-run changes nothing."""

import pytest

from bot import syncing
from storage import people
from tests.world import World


def spoil(world: World) -> None:
    """何老师 has moved and is a 副教授, 孙老师 has left, 李老师's account is disabled; one is a stranger."""
    feishu, wecom = world.feishu.directory.members, world.wecom.directory.members
    feishu["ou_he"].department, feishu["ou_he"].title = "2200", "副教授"
    feishu["ou_sun"].left = True
    wecom["li"].disabled = True
    feishu["ou_wang"].staff_no = "2101"
    world.feishu.directory.section("od-7", "深空探测所")
    feishu["ou_gao"].department = "od-7"


TOLD = """\
飞书：何老师（2105）单位：机电学院党委→计算学部党委；职务：（空）→副教授
飞书：孙老师（2103）离职
飞书：与单位表对不上的部门：深空探测所
飞书：2 人有变动。
企业微信：账号已停用：2104
企业微信：0 人有变动。
"""


@pytest.mark.parametrize("dry_run", [True, False])
async def test_it_tells_each_change_and_carries_it_out_only_in_earnest(
    world: World, capsys: pytest.CaptureFixture[str], dry_run: bool
) -> None:
    spoil(world)
    before = await people.everybody()
    capsys.readouterr()
    whole = await syncing.sync(world.machine.platforms, world.now, dry_run=dry_run)

    done = "试运行，没有写入。" if dry_run else "同步完成。"
    assert (whole, sorted(capsys.readouterr().out.splitlines())) == (True, sorted([*TOLD.splitlines(), done]))
    after = {person.id: person for person in await people.everybody()}
    assert (list(after.values()) == before) == dry_run
    assert (after["2105"].unit, after["2103"].left_on is None) == (
        ("2100", True) if dry_run else ("2200", False)
    )


async def test_a_directory_that_answers_half_is_said_to(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.wecom.faults.down = True
    whole = await syncing.sync(world.machine.platforms, world.now, dry_run=False)

    assert not whole
    assert "企业微信：没有读完，只处理读到的部分；未读到的人不受影响。" in capsys.readouterr().out
    assert [person for person in await people.everybody() if person.left_on] == []
