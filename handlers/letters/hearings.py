"""The letters of a case to those concerned by it, made from what is true when they leave."""

from collections.abc import Callable, Mapping
from typing import Any

from cards import hearing as cards
from cards.card import Card
from cards.view import View
from handlers.rules.hearing import Hearing

Drawn = Callable[[View, Mapping[str, Any]], Card | None]


def _alleged(view: View, args: Mapping[str, Any]) -> Card | None:
    heard = Hearing.of(view.request.outcome)
    concerns = heard is not None and view.reader in heard.concerned
    return cards.allegation(view, int(args.get("rung", 0))) if concerns else None


def _decided(view: View, args: Mapping[str, Any]) -> Card | None:
    if view.request.form.get("review") and not args.get("review", True):
        return cards.reviewed(view)
    return cards.decided(view) if view.request.form.get("disposal") else None


LETTERS: Mapping[str, Drawn] = {
    "allegation": _alleged, "disposed": _decided, "slip": lambda view, _: cards.slip(view)
}  # fmt: skip
