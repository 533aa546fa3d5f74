"""The registers: what the command of each lists, and the buttons of trainings."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from cards import training as meetings
from cards.card import Card
from cards.form_personal import PERSONAL
from cards.form_systems import SYSTEMS
from cards.form_topic import TOPIC
from cards.form_training import TRAINING
from handlers.commands import Line
from handlers.events import Click, Message, Reply
from handlers.processes.training import TEMPLATE as MEETING
from handlers.registers import meeting, of_units, personal, quiz, signing, systems, topics, training
from storage.records import Person

LISTED: Mapping[str, Callable[[Message, Person, Line], Awaitable[Reply | None]]] = {
    PERSONAL.kind: personal.command,
    SYSTEMS.kind: systems.command,
    TOPIC.kind: topics.command,
    TRAINING.kind: training.command,
    **{kind: partial(of_units.command, kind=kind) for kind in of_units.LINES},
}
"""By the kind of what stands on one: what its command lists; None where it begins the form."""

CLICKS: Mapping[str, Callable[[Click, Person], Awaitable[Reply]]] = {
    meetings.SIGN: signing.sign,
    meetings.CODE: signing.show,
    meetings.OPEN: signing.opened,
    meetings.QUIZ: quiz.click,
}

CARDS: Mapping[str, Callable[[Mapping[str, Any], str, datetime], Awaitable[Card | None]]] = {
    personal.TEMPLATE: personal.card,
    of_units.TEMPLATE: of_units.card,
    systems.TEMPLATE: systems.card,
    topics.TEMPLATE: topics.card,
    MEETING: meeting.card,
    training.LIST: training.card,
    signing.SIGNING: signing.signing_card,
    signing.CODE: signing.code_card,
    quiz.TEMPLATE: quiz.card,
}
"""By template: what each of their letters shows."""
