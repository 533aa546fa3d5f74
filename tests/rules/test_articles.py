"""The regulation: seventeen articles, found by number or words; and every quotation stands in it."""

import inspect
import re
from pathlib import Path

import pytest

from handlers.rules import articles, chain, deadlines, necessity
from handlers.rules.editions import EDITIONS

FIRST = EDITIONS[0].text


def test_there_are_seventeen_articles_in_order() -> None:
    assert [article.number for article in articles.articles(FIRST)] == list(range(1, 18))
    assert articles.articles(FIRST)[15].text == "本办法由全媒体中心负责解释。"
    assert articles.articles(FIRST)[16].text.startswith(
        "本办法自发布之日起执行，此前全媒体管理有关规定同时废止。"
    )


@pytest.mark.parametrize("number", range(1, 18))
def test_every_article_is_found_however_it_is_called(number: int) -> None:
    named = articles.chinese(number)
    calls = (str(number), named, f"第{named}条", f"第{number}条", f" 第{named}条 ")

    assert {found.number for call in calls if (found := articles.by_number(call, FIRST))} == {number}


@pytest.mark.parametrize("words", ["0", "18", "99", "百", "第条", "版权", "", "第六条（三）1"])
def test_what_is_no_article_is_none(words: str) -> None:
    assert articles.by_number(words, FIRST) is None


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("必要时", [6]), ("保密", [8]), ("摸底调查", [11]), ("督查 中心", [5]), ("量子", []), ("  ", [])],
)
def test_articles_are_found_by_all_of_the_words(words: str, numbers: list[int]) -> None:
    assert [article.number for article, _ in articles.search(words, FIRST)] == numbers


def test_a_hit_shows_the_sentence_around_the_word() -> None:
    (_, sentence), *_ = articles.search("注销账号", FIRST)

    assert sentence == (
        "出现第十三条、第十四条所列情形的，学校有权责令其停止运行、进行整改，直至责令其注销账号。"
    )


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (6, "六"), (10, "十"), (11, "十一"), (17, "十七"), (20, "二十")]
)
def test_numbers_in_chinese(number: int, text: str) -> None:
    assert articles.chinese(number) == text


@pytest.mark.parametrize("module", [chain, deadlines, necessity])
def test_what_the_rules_quote_stands_in_the_regulation(module: object) -> None:
    whole = "".join(article.text for article in articles.articles(FIRST)).replace("\n", "")
    source = Path(inspect.getfile(module)).read_text(encoding="utf-8")  # type: ignore[arg-type]
    quotes = re.findall(r"> (.+?)（第[一二三四五六七八九十]+条[^）]*(?:）[0-9]?)?）", source)

    assert quotes
    parts = [part.rstrip("。") for quote in quotes for part in quote.split("……")]
    assert [part for part in parts if part not in whole] == []
