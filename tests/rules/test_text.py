"""People's text: what the cleaner keeps and takes, and which names look the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.text import clean, label, plain, skeleton

JOINERS = "\u200c\u200d"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
ANY = st.text() | st.text(
    alphabet=f"甲a 1\n\r\t\x00\x1b\x85\xa0\xad\u2028\u200b\u200e\ufeff\ud800{JOINERS}{TURNING}"
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("👨\u200d👩\u200d👧 和 👩🏽\u200d🚀", "👨\u200d👩\u200d👧 和 👩🏽\u200d🚀"),
        ("می\u200cخواهم ئۇيغۇرچە", "می\u200cخواهم ئۇيغۇرچە"),
        ("❤\ufe0f 🏴\U000e0067\U000e0062\U000e007f", "❤\ufe0f 🏴\U000e0067\U000e0062\U000e007f"),
        ("Ａ①ﬁ e\u0301", "Ａ①ﬁ e\u0301"),
        ("甲\x00\x07乙\x1b[31m", "甲乙[31m"),
        ("甲\u202e乙\u2066丙\u2069", "甲乙丙"),
        ("甲\r\n乙\r丙\u2028丁\u2029戊\x85己\x0b庚", "甲\n乙\n丙\n丁\n戊\n己\n庚"),
        ("甲\t乙", "甲\t乙"),
        ("\ufeff\u200b\u3000甲 乙\u200e\xa0\n", "甲 乙"),
        ("甲\ud800乙\uffff", "甲乙"),
    ],
)
def test_text_is_as_typed_but_for_controls_and_turns_of_direction(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY)
def test_cleaning_twice_changes_nothing_and_takes_only_what_no_script_needs(typed: str) -> None:
    cleaned = clean(typed)

    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set(TURNING)
    assert all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in cleaned)
    assert [c for c in cleaned if _is_seen(c)] == [c for c in typed if _is_seen(c)]


def _is_seen(char: str) -> bool:
    return char.isprintable() and not char.isspace()


@given(st.text(alphabet=JOINERS + "甲اب👩"))
def test_joiners_within_a_text_stay(inner: str) -> None:
    assert clean(f"甲{inner}乙") == f"甲{inner}乙"
    assert label(f"甲{inner}乙") == f"甲{inner}乙"


@given(ANY)
def test_a_label_is_clean_and_a_skeleton_is_its_own(typed: str) -> None:
    assert clean(label(typed)) == label(typed) == label(label(typed))
    assert skeleton(skeleton(typed)) == skeleton(typed) == skeleton(label(typed))


@given(st.text())
def test_plain_keeps_every_place(typed: str) -> None:
    assert len(plain(typed)) == len(typed)


@pytest.mark.parametrize(
    "twin",
    [
        "机电\u00ad之声",
        "机电\u200b之声",
        "机电\u202e之声\x01",
        "机电 之声",
        "机电\u3164之声",
        "机电\u200c之声\ufe0f",
        "机电之声\u2060",
    ],
)
def test_names_that_look_the_same_are_the_same(twin: str) -> None:
    assert skeleton(twin) == skeleton("机电之声")


@pytest.mark.parametrize(("one", "other"), [("ＨＩＴ青年", "hit青年"), ("A–B", "A—B"), ("⽂学院", "文学院")])
def test_width_case_and_dashes_tell_no_names_apart(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert skeleton(one) != skeleton(other + "报")
