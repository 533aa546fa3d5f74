"""The quiz of a training: one question after the other, each answered once, the score for oneself alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import training as cards
from cards.card import Card
from cards.form_training import TRAINING
from handlers.events import Click, Reply
from handlers.registers import meeting
from handlers.rules import quiz
from storage import requests, trainings
from storage.records import Person, State

TEMPLATE = "quiz"


async def click(event: Click, person: Person) -> Reply:
    """答题, or an answer: `step` has place and letter; any other place than the next shows how it stands."""
    request = await requests.get(event.ref)
    there = await trainings.get(request.id, person.id) if request else None
    if request is None or request.kind != TRAINING.kind or request.state is not State.RECORDED:
        return Reply("这个培训已取消，不用答题。", ok=False)
    if there is None:
        return Reply("签到后才能答题。", ok=False)
    asked, args = meeting.questions(request), {"request": request.id}
    place, letter = event.step[:1], event.step[1:]
    if not letter:
        return Reply(template=TEMPLATE, args=args)
    done = len(there.answers)
    if done >= len(asked) or place != str(done + 1) or letter not in asked[done].letters:
        return Reply("这一题已答过。", template=TEMPLATE, args=args)
    if not await trainings.answer(there, letter):
        return Reply("这一题已答过。", template=TEMPLATE, args=args)
    return Reply(f"已答 {done + 1}/{len(asked)}", template=TEMPLATE, args=args)


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The next question; after the last what was right, for whoever answered."""
    request = await requests.by_id(int(args["request"]))
    there = await trainings.get(request.id, reader) if request else None
    asked = meeting.questions(request) if request else []
    if request is None or there is None or not asked:
        return None
    done = len(there.answers)
    if done < len(asked):
        one = asked[done]
        return cards.question(request.number, done + 1, len(asked), one.text, one.options)
    wrong = [_right(place, one) for place, one in enumerate(asked) if there.answers[place] != one.right]
    return cards.result(request.number, quiz.right(asked, there.answers), len(asked), wrong)


def _right(place: int, one: quiz.Question) -> str:
    return f"第 {place + 1} 题正确答案：{one.right} {one.options[one.letters.index(one.right)]}"
