"""Text made to be slow, or to break a number: the work grows with its length, and no digit is a trap."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

import orjson
import pytest

from bot.platforms import feishu_content
from cards.difference import changes
from cards.form import PUBLISH
from cards.form_media import CHANGE, FILING
from handlers.commands import fields_in, nearest, number_in, parse
from handlers.digits import whole_number
from handlers.events import LONGEST_TEXT
from handlers.ledger.naming import platform_typed
from handlers.looking import asked
from handlers.rules import articles
from handlers.rules.editions import EDITIONS
from handlers.table import NAMES
from handlers.typed import fields, moments

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
AT_ONCE = 0.02
"""Seconds of a work that is fast however it grows."""


def _feishu(text: str) -> object:
    message = {"message_type": "text", "message_id": "om_1", "content": orjson.dumps({"text": text}).decode()}
    named = feishu_content.Mentions({"@_user_1": "周十"}, bot=False)
    return feishu_content.read(message, named)


def _clean(text: str) -> object:
    forms = (PUBLISH, FILING, CHANGE)
    return [fields.clean(form, {f.name: text for f in form.fields}, NOW) for form in forms]


def _moment(text: str) -> object:
    try:
        return moments.moment(text, NOW), moments.calendar_day(text, NOW)
    except moments.Wrong as why:
        return why


def _compared(text: str) -> object:
    half = len(text) // 2
    return changes({"body": text}, {"body": text[half:] + "改。" + text[:half]})


WORK: tuple[Callable[[str], object], ...] = (
    *(_feishu, _clean, _moment, _compared, platform_typed, asked, number_in, parse),
    lambda text: articles.by_number(text, EDITIONS[0].text),
    lambda text: fields_in(text, PUBLISH.titles()),
    lambda text: articles.search(text, EDITIONS[0].text),
    lambda text: nearest(text, NAMES),
)
SEEDS = (
    *(
        "[http://a",
        "发布时间：x",
        " ",
        "　",
        "1 ",
        "@_user_",
        "@",
        "。",
        "甲。乙。",
        "/",
        "、",
        "，x",
        "\n",
        "：\n",
    ),
    *("FB-2026-", "[https://a](", "第", "９", "标题", "其他：a ", "<a", "；张", "² "),
)


def _once(work: Callable[[str], object], text: str) -> float:
    begun = process_time()
    work(text)
    return process_time() - begun


def _spent(work: Callable[[str], object], text: str) -> float:
    return min(_once(work, text) for _ in range(3))


@pytest.mark.parametrize("seed", SEEDS)
def test_three_doublings_of_a_text_cost_nothing_like_a_square(seed: str) -> None:
    """Eight times the text is eight times the work where that is in proportion, sixty-four where it is a
    square."""
    long = (seed * LONGEST_TEXT)[:LONGEST_TEXT]
    short = long[: LONGEST_TEXT // 8]
    for work in WORK:
        for begin, end in (("", ""), ("其他：发布时间：x", "x")):
            assert _once(work, begin + long + end) < AT_ONCE or (
                _spent(work, begin + long + end) < 24 * _spent(work, begin + short + end)
            ), (seed, work)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        *((text, None) for text in ("", "²", "٣", "１", "-1", "1.0", "1_000", "9" * 16, "9" * 5000)),
    ],
)
def test_a_number_is_written_in_plain_digits_and_fits_its_column(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2月30日", "1" * 5000, "明天" * 5000])
def test_a_day_that_nobody_means_is_refused_in_words(text: str) -> None:
    with pytest.raises(moments.Wrong):
        moments.calendar_day(text, NOW)
