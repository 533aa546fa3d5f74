"""Three reviews by three different people: who may take the first of those that are left (Article 5(4))."""

import pytest

from handlers.rules.different import first_of


@pytest.mark.parametrize(
    ("able", "first"),
    [
        ((["a"], ["b"], ["c"]), ["a"]),
        ((["a", "b"], ["b"], ["c"]), ["a"]),  # b alone can take the second
        ((["a", "b"], ["b", "c"], ["c"]), ["a"]),
        ((["a", "b"], ["a", "b"], ["c"]), ["a", "b"]),
        ((["a"], ["a"], ["c"]), ["a"]),  # nobody else: it goes as far as it can
        (([], ["b"], ["c"]), []),
        ((["c"],), ["c"]),
        ((["a", "b"], []), ["a", "b"]),
    ],
)
def test_who_may_take_a_review_leaves_the_others_somebody(able: list[list[str]], first: list[str]) -> None:
    assert first_of(able) == first
