"""What is typed of a training and its quiz, and when people can sign in."""

from datetime import datetime

import pytest

from handlers.rules import quiz, training
from handlers.rules.permits import SHANGHAI

FORM = {"held_on": "2026-12-03", "starts": "14:00", "hours": "1.5"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:00", "14:00"), ("14点", "14:00"), ("下午2点半", "14:30"), ("８：05", "08:05"),
        ("上午9时15分", "09:15"),
        ("25:00", ""), ("12:60", ""), ("下午", ""), ("14", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_time_of_day(typed: str, said: str) -> None:
    assert training.clock(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"), [("2", 2), ("1.5学时", 1.5), ("２小时", 2), ("0", None), ("101", None), ("两", None)]
)
def test_hours(typed: str, said: float | None) -> None:
    assert training.hours(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [("35", 35), ("约35人", 35), ("120余人次", 120), ("李老师", None), ("35人、李老师", None)],
)
def test_how_many_came(typed: str, said: int | None) -> None:
    assert training.many(typed) == said


@pytest.mark.parametrize(
    ("form", "opens", "closes"),
    [
        (FORM, "2026-12-03T13:30", "2026-12-03T16:00"),
        ({**FORM, "hours": ""}, "2026-12-03T13:30", "2026-12-03T16:30"),
        ({"held_on": "2026-12-31"}, "2026-12-31T00:00", "2027-01-01T00:00"),
        ({**FORM, "starts": "23:30"}, "2026-12-03T23:00", "2026-12-04T01:30"),
    ],
)
def test_when_people_can_sign_in(form: dict[str, str], opens: str, closes: str) -> None:
    there = tuple(datetime.fromisoformat(one).replace(tzinfo=SHANGHAI) for one in (opens, closes))

    assert training.window(form) == there


def test_who_was_there_is_entered_until_seven_days_after() -> None:
    assert training.late_until(FORM) == datetime(2026, 12, 11, tzinfo=SHANGHAI)


def test_a_quiz_is_read_as_it_is_typed_and_kept_in_one_form() -> None:
    text = "1. 先做什么？；A 保密审查；B. 排版；答案：A\n\n2、谁审？|编辑｜审查人| C、书记 ;答案 b。"
    found, wrong = quiz.read(text)

    assert wrong == []
    assert found == [
        quiz.Question("先做什么？", ("保密审查", "排版"), "A"),
        quiz.Question("谁审？", ("编辑", "审查人", "书记"), "B"),
    ]
    assert quiz.read("\n".join(one.line() for one in found)) == (found, [])
    assert (quiz.right(found, "AB"), quiz.right(found, "B"), quiz.right(found, "")) == (2, 0, 0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("先做什么？", "没有写答案"),
        ("先做什么？；A 审查；B 排版", "没有写答案"),
        ("先做什么？；A 审查；答案 A", "2 至 4 个选项"),
        ("先；甲；乙；丙；丁；戊；答案 A", "2 至 4 个选项"),
        ("先做什么？；A 审查；B 排版；答案 C", "没有 C 这个选项"),
        (f"{'长' * 51}；甲；乙；答案 A", "太长"),
        (f"先？；{'长' * 21}；乙；答案 A", "太长"),
        ("；；；答案 A", "没有写答案"),
    ],
)
def test_why_a_question_cannot_be(line: str, why: str) -> None:
    found, wrong = quiz.read(line)

    assert found == []
    assert wrong[0].startswith("第 1 题")
    assert why in wrong[0]


def test_no_more_than_five() -> None:
    assert quiz.read("问？；甲；乙；答案 A\n" * 6)[1] == ["最多 5 题，现在 6 题"]


@pytest.mark.parametrize(
    ("option", "kept"), [("A", "A"), ("A 甲", "甲"), ("B 甲", "B 甲"), ("AI 技术", "AI 技术")]
)
def test_an_option_loses_its_own_letter_alone(option: str, kept: str) -> None:
    assert quiz.read(f"问？；{option}；乙；答案 A")[0][0].options[0] == kept
