"""How alike two texts are: on values, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.likeness import NEAR, bare, likeness, pieces, shingles

KEPT = "经学校批准，机电学院今日更名为机电与智能学院，新的院名自即日起启用，原院名同时停止使用。"


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        (KEPT, True),
        ("经学校批准 机电学院 今日更名为\n机电与智能学院", True),
        ("经学校批准，机电学院昨天更名为机电与智能学院，新的院名自即日起正式启用。", True),
        ("ＡＢＣ", False),
        ("计算学部今日召开全体教职工大会，部署新学期的工作。", False),
        ("", False),
    ],
)
def test_a_text_is_near_that_has_half_of_what_is_asked_for(asked: str, near: bool) -> None:
    assert (likeness(asked, KEPT) >= NEAR) is near


def test_width_case_blanks_and_marks_do_not_count() -> None:
    assert bare("Ｈ I T，2026 年！") == "hit2026年"
    assert likeness("HIT2026年", "ｈｉｔ 2026年") == 1


@given(st.text(), st.text(), st.text())
def test_any_part_of_a_text_is_wholly_in_it(before: str, part: str, after: str) -> None:
    letters = bare(part)
    assert likeness(letters, letters) == (1.0 if letters else 0.0)
    assert 0 <= likeness(part, before + part + after) <= 1
    if len(letters) >= 5:
        assert shingles(letters) <= shingles(bare(before) + letters + bare(after))


@given(st.text(max_size=2000))
def test_pieces_stand_in_the_text_as_typed_and_are_few(text: str) -> None:
    found = pieces(text)

    assert len(found) <= 12
    assert all(piece in text and piece.isalnum() for piece in found)
