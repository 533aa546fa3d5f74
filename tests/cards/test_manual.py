"""/帮助 命令: every command has an example that could be sent as it stands, and fits a phone."""

import pytest

from cards import manual
from handlers.commands import fields_of, number_in, parse
from handlers.help import Command, example
from handlers.table import COMMANDS, NAMES

BY_NAME = {command.name: command for command in COMMANDS}
PHONE = 600
"""Characters that are read without scrolling twice."""


@pytest.mark.parametrize("name", BY_NAME)
def test_the_example_of_a_command_is_understood_as_it_stands(name: str) -> None:
    command = BY_NAME[name]
    sent, note = example(command)
    line = parse(sent)

    assert line
    assert NAMES[line.name] == name
    assert ("编号" in command.usage.split("[")[0]) <= bool(number_in(line.text)[0]) or name == "提醒"
    assert note.endswith("。")
    assert len(manual.manual(command.usage, (sent, note), (), command.alias)) <= PHONE


def test_the_example_of_a_form_gives_what_it_needs() -> None:
    line = parse(example(BY_NAME["发布"])[0])
    assert line

    assert fields_of(line, ("媒体", "标题", "正文"))[0] == {
        "媒体": "机电之声",
        "标题": "学院更名公告",
        "正文": "（拟发布的全文）",
    }


def test_nothing_is_explained_that_is_no_command() -> None:
    assert set(manual.EXAMPLES) - set(BY_NAME) == set()


def test_a_command_is_told_in_a_few_lines() -> None:
    one = Command("退回", "return", BY_NAME["退回"].handle, "all", "/退回 编号 理由", "退回修改")

    assert manual.manual(one.usage, example(one), (), one.alias).split("\n")[:2] == [
        "写法：/退回 编号 理由",
        "例：/退回 FB-2026-0012 标题请写明年级",
    ]
