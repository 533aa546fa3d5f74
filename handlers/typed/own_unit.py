"""The unit that hosts something, as whoever asks for it may name it: their own, or one below it."""

from handlers.people import whose
from handlers.rules.articles import ART_4
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read, Reader


def own_unit(why: str) -> Reader:
    """A reader of units, of those alone that the same unit manages; `why` no other can stand."""

    async def read(answer: Answer) -> Read:
        code, wrong = await people_named.unit(answer.field, answer.value, answer.at)
        if code and await whose.managing_unit(code) != await whose.managing_unit(answer.by.unit):
            return answer.wrong(f"{why}（{ART_4}）")
        return Read({answer.field.name: code}, wrong)

    return read
