"""What is asked next and what a plain line answers, of every field of every form."""

import pytest

from handlers.drafts import asking
from handlers.processes.all import PROCESSES
from storage.records import Draft, Platform, Talk
from tests.rules.requests import AT

FIELDS = [(kind, field.name) for kind, process in PROCESSES.items() for field in process.form.fields]


def draft(kind: str, name: str, platform: Platform, *, guided: bool) -> Draft:
    """Nothing is in it but one answer that could not stand."""
    talk = Talk(guided=guided, wrong={name: "?"}, mistakes={name: ("· ?",)})
    return Draft(1, "2104", kind, platform, {}, AT, talk=talk)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_dialogue_asks_again_at_once_for_what_was_wrong(kind: str, name: str) -> None:
    wrong = draft(kind, name, Platform.WECOM, guided=True)

    assert asking.next_question(wrong, []) == ("body" if name == "link" else name)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_plain_line_answers_the_one_field_that_is_wrong(kind: str, name: str) -> None:
    wrong = draft(kind, name, Platform.FEISHU, guided=False)

    assert (asking.next_question(wrong, []), asking.expects(wrong, [])) == (
        "",
        "body" if name == "link" else name,
    )
