"""Drafts of interpretations and the settings that rest on them."""

import pytest

from cards.form_interpret import ANSWER, INTERPRET
from handlers.rules import articles
from handlers.rules.drafted import DRAFTED
from handlers.rules.editions import EDITIONS
from handlers.settings import SETTINGS

TEXT = EDITIONS[0].text


def test_every_setting_cites_a_draft_and_every_draft_bears_a_setting() -> None:
    assert {one.cites for one in SETTINGS} == {one.number for one in DRAFTED}


def test_every_draft_is_of_a_clause_and_fits_the_form() -> None:
    assert [one for one in DRAFTED if articles.clause(one.clause, TEXT) != one.clause] == []
    assert all(len(one.question) <= INTERPRET.field("question").limit for one in DRAFTED)
    assert all(len(one.brief) <= ANSWER.field("brief").limit for one in DRAFTED)
    assert all(len(one.answer) <= ANSWER.field("answer").limit for one in DRAFTED)


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        *(("6", "第六条"), ("第六条", "第六条"), ("6(3)1", "第六条（三）1"), ("第6条（三）", "第六条（三）")),
        *(("6(4)", ""), ("8(1)", ""), ("18", ""), ("必要时", ""), ("", ""), ("6(3)3", "")),
    ],
)
def test_a_clause_however_it_is_written(typed: str, clause: str) -> None:
    assert articles.clause(typed, TEXT) == clause
