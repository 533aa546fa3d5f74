"""What a line of /代理 says, as values."""

from datetime import UTC, datetime

import pytest

from handlers.cases.proxy_words import Wish, cancelled_for, read
from storage.proxies import Proxy

KINDS = {"发布": "FB", "备案": "BA", "变更": "BG"}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("吴副书记 12-01 12-05", Wish("吴副书记", "", "12-01", "12-05")),
        ("吴副书记 12-01 12-05 出差 三天", Wish("吴副书记", "", "12-01", "12-05", (), "出差 三天")),
        ("吴副书记 12-01 12-05 发布 出差", Wish("吴副书记", "", "12-01", "12-05", ("FB",), "出差")),
        ("2102 今天 明天 发布、备案、发布", Wish("2102", "", "今天", "明天", ("FB", "BA"))),
        ("吴副书记 今天 明天 只代发布 出差", Wish("吴副书记", "", "今天", "明天", ("FB",), "出差")),
        ("吴副书记 今天 明天 只代 发布、备案", Wish("吴副书记", "", "今天", "明天", ("FB", "BA"))),
        ("吴副书记 今天 明天 只代推文", None),
        ("吴副书记 今天 明天 全部 开会", Wish("吴副书记", "", "今天", "明天", (), "开会")),
        ("吴副书记 今天 明天 发布会", Wish("吴副书记", "", "今天", "明天", (), "发布会")),
        ("吴副书记 替 王书记 今天 明天 变更", Wish("吴副书记", "王书记", "今天", "明天", ("BG",))),
        ("吴副书记 替王书记 今天 明天", Wish("吴副书记", "王书记", "今天", "明天")),
        ("王　磊 替 李　明 今天 明天", Wish("王磊", "李明", "今天", "明天")),
        ("吴副书记", None),
        ("吴副书记 今天", None),
        ("吴副书记 替", None),
        ("吴副书记 替 王书记 今天", None),
    ],
)
def test_who_when_for_what_and_why(text: str, wish: Wish | None) -> None:
    assert read(text, KINDS) == wish


@pytest.mark.parametrize(
    ("text", "whose"),
    [("取消", ""), ("取消 王书记", "王书记"), ("取消 替 王书记", "王书记"), ("吴副书记 今天 明天", None)],
)
def test_whose_is_cancelled(text: str, whose: str | None) -> None:
    assert cancelled_for(text) == whose


def test_a_proxy_is_for_what_its_scope_names_or_for_all() -> None:
    day = datetime(2026, 11, 23, tzinfo=UTC)
    some, all_of_them = Proxy(1, "a", "b", day, day, ("FB",)), Proxy(2, "a", "b", day, day)

    assert [some.covers(kind) for kind in ("FB", "BA", "")] == [True, False, False]
    assert all_of_them.covers("BA")
