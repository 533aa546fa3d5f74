"""Whom a line begins with: padded names, titles behind them, and where what is said begins."""

import pytest

from handlers.rules.names import name_first, names_first, names_in, titled


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ("", "")),
        ("2102 出差", ("2102", "出差")),
        ("吴副书记", ("吴副书记", "")),
        ("吴　副书记 出差 三天", ("吴副书记", "出差 三天")),
        ("吴 副书记　出差", ("吴副书记", "出差")),
        ("王　磊 出差", ("王磊", "出差")),
        ("王 小明\n出差", ("王小明", "出差")),
        ("王　磊 老师 出差", ("王磊老师", "出差")),
        ("王磊 党委副书记 出差", ("王磊党委副书记", "出差")),
        ("王磊，出差", ("王磊", "出差")),
        ("吴副书记 主任不在", ("吴副书记", "主任不在")),
        ("吴副书记 主任 不在", ("吴副书记", "主任 不在")),
        ("2102 老师 您好", ("2102", "老师 您好")),
        ("王 请帮忙看一下", ("王", "请帮忙看一下")),
    ],
)
def test_a_name_and_what_is_said(words: str, found: tuple[str, str]) -> None:
    assert name_first(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("孙　老师、何 老师 并 拿不准", (("孙老师", "何老师"), "并 拿不准")),
        ("孙老师 、 何老师", (("孙老师", "何老师"), "")),
        ("孙老师 何老师来看", (("孙老师",), "何老师来看")),
        ("、", ((), "")),
    ],
)
def test_several_names_and_what_is_said(words: str, found: tuple[tuple[str, ...], str]) -> None:
    assert names_first(words) == found


def test_names_and_nothing_else() -> None:
    assert names_in("唐 老师、周　老师 2102，王磊 老师") == ("唐老师", "周老师", "2102", "王磊老师")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王磊老师", ("王磊", "老师")),
        ("王磊", ("王磊", "")),
        ("吴副书记", ("吴副书记", "")),
        ("老师", ("老师", "")),
    ],
)
def test_a_title_behind_a_name(name: str, parts: tuple[str, str]) -> None:
    assert titled(name) == parts
