"""/官方吗 on values: what is on the books, what is not, and what nobody can tell."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rules.official import Answer, look
from handlers.rules.quota import A_DAY, too_often
from storage.records import Medium

BOOKS = (
    Medium("QM-0001", "机电之声", "微信公众号", "2100", "2104", account="hit_jd"),
    Medium("QM-0002", "机电学院网站", "单位网站", "2100", "2104", account="jd.hit.edu.cn"),
    Medium("QM-0004", "机电青年", "微博", "2100", "2105", account="jdqn"),
    Medium("QM-0006", "机电之声", "微博", "2100", "2104"),
)
HOMES = {"QM-0006": ["https://weibo.com/u/77"]}
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


@pytest.mark.parametrize(
    ("asked", "answer", "numbers"),
    [
        ("机电青年", YES, ["QM-0004"]),
        ("《机电 青年》", YES, ["QM-0004"]),
        ("机电之声", YES, ["QM-0001", "QM-0006"]),
        ("机电之声（微博）", YES, ["QM-0006"]),
        ("机电之声 公众号", YES, ["QM-0001"]),
        ("机电青年·抖音", NO, []),
        ("qm0004", YES, ["QM-0004"]),
        ("@jdqn", YES, ["QM-0004"]),
        ("机电表白墙", NO, []),
        ("jd.hit.edu.cn", YES, ["QM-0002"]),
        ("https://JD.hit.edu.cn/info/1.htm?x=1", YES, ["QM-0002"]),
        ("https://jd.hit.edu.cn.fake.com/", NO, []),
        ("https://fake.com/jd.hit.edu.cn", NO, []),
        ("https://jd.hit.edu.cn@fake.com/x", NO, []),
        ("https://fakejd.hit.edu.cn/", UNSURE, []),
        ("https://weibo.com/u/77?refer=1", YES, ["QM-0006"]),
        ("https://weibo.com/u/777", UNSURE, []),
        ("https://weibo.com/jdqn", YES, ["QM-0004"]),
        ("https://fake.com/jdqn", NO, []),
        ("https://bilibili.com/jdqn", UNSURE, []),  # the id of another platform
        ("https://mp.weixin.qq.com/s/abc", UNSURE, []),
    ],
)
def test_an_account_is_official_where_it_is_on_the_books(
    asked: str, answer: Answer, numbers: list[str]
) -> None:
    found = look(asked, BOOKS, HOMES)

    assert (found.answer, [medium.no for medium in found.media]) == (answer, numbers)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("机电之生", ["机电之声"]),
        ("机电青年报", ["机电青年"]),
        ("机电青年·抖音", ["机电青年"]),
        ("校园集市", []),
    ],
)
def test_near_names_are_offered_and_three_at_most(asked: str, names: list[str]) -> None:
    near = [medium.name for medium in look(asked, BOOKS, HOMES).near]

    assert near[: len(names)] == names
    assert len(near) <= 3


NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_whoever_is_not_on_the_books_asks_five_times_at_once_and_twenty_a_day() -> None:
    hours = [NOW - timedelta(hours=hour) for hour in range(1, A_DAY + 1)]

    assert too_often([NOW] * 4, NOW) == ""
    assert too_often([NOW] * 5, NOW).startswith("查得太快了")
    assert too_often(hours, NOW).startswith("没有登记的账号每天最多查 20 次")
    assert too_often(hours, NOW + timedelta(hours=5)) == ""
