"""What is asked next and what a plain line answers, of every field of every form."""

import pytest

from handlers.drafts import asking
from handlers.kinds.process import FILLINGS
from handlers.processes import all as entered
from storage.records import Draft, Platform, Talk
from tests.rules.requests import AT

assert entered
FIELDS = [(kind, field.name) for kind, one in FILLINGS.items() for field in one.form.fields]


def draft(kind: str, name: str, platform: Platform, *, guided: bool) -> Draft:
    """Nothing is in it but one answer that could not stand."""
    talk = Talk(guided=guided, wrong={name: "?"}, mistakes={name: ("· ?",)})
    return Draft(1, "2104", kind, platform, {}, AT, talk=talk)


def asked(kind: str, name: str) -> str:
    """A link that stands for a text is asked with the text, any other field by itself."""
    fields = FILLINGS[kind].form.fields
    return next((field.name for field in fields if field.instead == name), name)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_dialogue_asks_again_at_once_for_what_was_wrong(kind: str, name: str) -> None:
    wrong = draft(kind, name, Platform.WECOM, guided=True)

    assert asking.next_question(wrong, []) == asked(kind, name)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_plain_line_answers_the_one_field_that_is_wrong(kind: str, name: str) -> None:
    wrong = draft(kind, name, Platform.FEISHU, guided=False)

    assert (asking.next_question(wrong, []), asking.expects(wrong, [])) == (
        "",
        asked(kind, name),
    )
