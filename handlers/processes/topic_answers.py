"""How the answers about a publication are read: who publishes it, who reviewed it, how many are printed."""

import re
from dataclasses import replace

from cards.form_topic import TOPIC
from cards.topic_stages import OUTSIDE, OWN, PRESS, PUBLISHERS, REVIEWS
from handlers.people import whose
from handlers.rules.text import skeleton
from handlers.typed import people_named
from handlers.typed.answers import Answer, Mistake, Read, Readers
from handlers.typed.own_unit import own_unit
from handlers.typed.reading import checked
from storage import people
from storage.records import UnitKind

_CALLED = ("出版社", "本校出版社", "哈尔滨工业大学出版社", "哈工大出版社")
"""What people also call the press of the school."""
OPINION = "："
"""Stands between who reviewed and what they found."""


_PARTS = re.compile(r"\s*[；;\n]\s*")
_WORDS = dict(zip(REVIEWS, ("初审", "复审", "终审"), strict=True))


async def press() -> str:
    """The code of the school's press; empty where the directory has none."""
    found = [unit.code for unit in await people.all_units() if unit.kind is UnitKind.PRESS]
    return found[0] if found else ""


async def _publisher(answer: Answer) -> Read:
    """One of three, or a name, which is the press's, one's own unit's, or that of somebody outside."""
    typed = str(answer.value)
    own, the_press = await whose.managing_unit(answer.by.unit), await press()
    if typed in PUBLISHERS:
        return answer.good(PRESS if typed == OWN and own == the_press else typed)
    known = {unit.code: skeleton(unit.name) for unit in await people.all_units()}
    key = skeleton(typed)
    if key in (*map(skeleton, _CALLED), known.get(the_press)):
        return answer.good(PRESS)
    if key == known.get(own):
        return answer.good(OWN)
    return Read({answer.field.name: OUTSIDE, "publisher_name": typed})


async def _review(answer: Answer) -> Read:
    """何老师 内容准确: somebody of the school by name, and what they found; kept as 何老师：内容准确."""
    name, _, opinion = _parted(str(answer.value))
    if not opinion:
        return answer.wrong("请先写姓名，空一格再写意见")
    person, wrong = await people_named.find(answer.field, name, answer.at)
    if wrong:
        return Read({}, [_whole(one, str(answer.value), name) for one in wrong])
    known = await people.get(person)
    assert known is not None, "somebody of the directory was found"
    alone = len(await people.called(known.name)) == 1
    label = known.name if alone else f"{known.name}（{known.id}）"
    return answer.good(f"{label}{OPINION}{opinion}")


async def _reviews(answer: Answer) -> Read:
    """All three at once: 初审 何老师 准确；复审 …；终审 …, each read as if it were written by itself."""
    values: dict[str, object] = {}
    wrong: list[Mistake] = []
    for part in _PARTS.split(str(answer.value)):
        name = next((name for name, word in _WORDS.items() if part.startswith(word)), "")
        if not name:
            return answer.wrong("请分三段写：初审 姓名 意见；复审 姓名 意见；终审 姓名 意见")
        said = part.removeprefix(_WORDS[name]).strip(" 　:：意见")
        found = await _review(replace(answer, field=TOPIC.field(name), value=said))
        values |= found.values
        wrong += found.wrong
    return Read(values, wrong)


def _parted(text: str) -> tuple[str, str, str]:
    """The name, and the opinion behind it; of 王磊（2105） the number."""
    for mark in (OPINION, ":", "，", "　", " "):
        if mark in text:
            name, _, said = text.partition(mark)
            number = name.partition("（")[2].rstrip("）")
            return number or name.strip(), mark, said.strip()
    return text, "", ""


def _whole(wrong: Mistake, text: str, name: str) -> Mistake:
    """With what may have been meant in the name's place, and the opinion behind it."""
    offers = {shown: text.replace(name, one, 1) for shown, one in wrong.offers.items()}
    return Mistake(wrong.name, wrong.title, text, wrong.reason, wrong.example, offers)


async def reviewers(form: dict[str, object], names: tuple[str, ...]) -> list[str]:
    """The 工号 of those who reviewed, in order; of whom the directory no longer knows nothing."""
    said = [_parted(str(form[name]))[0] for name in names if form.get(name)]
    found = [await people.called(name) for name in said]
    return [one[0].id for one in found if one]


def _count(value: str) -> str:
    return "" if value.isdigit() and int(value) > 0 else "请只写数字，如 500"


READERS: Readers = {
    "publisher": _publisher,
    "copies": checked(_count),
    "host_unit": own_unit("只能为本单位报审"),
    "three_reviews": _reviews,
    **dict.fromkeys(REVIEWS, _review),
}
