"""The checks of which a description of card JSON 2.0 is made: object, list, string, number, choice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


class CardError(Exception):
    """The card is refused; `code` is the sub-code inside 230099."""

    def __init__(self, code: int, path: str, why: str) -> None:
        super().__init__(f"ErrCode: {code}; ErrPath: {path}; ErrMsg: {why}; ")
        self.code, self.path, self.why = code, path, why


@dataclass(slots=True)
class Walk:
    """What has been met in the whole card so far."""

    names: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    tables: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the card a value stands; `root` is an element of the body itself."""

    path: str = "ROOT"
    walk: Walk = field(default_factory=Walk)
    depth: int = 0
    in_form: bool = False
    root: bool = False

    def at(self, step: str, *, root: bool = False) -> "Place":
        return Place(f"{self.path} -> {step}", self.walk, self.depth, self.in_form, root)

    def refuse(self, why: str, code: int = 200621) -> CardError:
        return CardError(code, self.path, why)


Check = Callable[[Any, Place], None]
Properties = dict[str, Check]


def each(inner: Check, names: str) -> Properties:
    """The same check for several properties."""
    return dict.fromkeys(names.split(), inner)


def shape(properties: Properties, required: str = "") -> Check:
    """An object with these properties and no other."""

    def check_object(value: Any, place: Place) -> None:
        anything(value, place)
        for name in required.split():
            if name not in value:
                raise place.refuse(f"missing property {name}")
        for name, inner in value.items():
            if name not in properties:
                raise place.refuse(f"unknown property {name}")
            properties[name](inner, place.at(name))

    return check_object


def anything(value: Any, place: Place) -> None:
    """Some object."""
    if not isinstance(value, Mapping):
        raise place.refuse("expected an object")


def string(most: int | None = None, least: int = 0) -> Check:
    def check_string(value: Any, place: Place) -> None:
        if not isinstance(value, str) or len(value) < least:
            raise place.refuse("expected a string")
        if most is not None and len(value) > most:
            raise place.refuse(f"longer than {most} characters")

    return check_string


def like(pattern: str) -> Check:
    def check_pattern(value: Any, place: Place) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise place.refuse(f"expected {pattern}", 200737)

    return check_pattern


def one(words: str) -> Check:
    """One of these words."""
    allowed = words.split()

    def check_one(value: Any, place: Place) -> None:
        if not isinstance(value, str) or value not in allowed:
            raise place.refuse(f"expected one of {words}", 200737)

    return check_one


def flag(value: Any, place: Place) -> None:
    if not isinstance(value, bool):
        raise place.refuse("expected true or false", 200732)


def always(value: Any, place: Place) -> None:
    if value is not True:
        raise place.refuse("only true is possible")


def number(least: int, most: int) -> Check:
    def check_number(value: Any, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise place.refuse(f"expected a whole number from {least} to {most}", 200732)

    return check_number


def several(inner: Check, most: int | None = None) -> Check:
    def check_list(value: Any, place: Place) -> None:
        if not isinstance(value, list):
            raise place.refuse("expected an array")
        if most is not None and len(value) > most:
            raise place.refuse(f"more than {most} items")
        for index, item in enumerate(value):
            inner(item, place.at(f"[{index}]"))

    return check_list


def options(inner: Check) -> Check:
    """The options of a select: their values are unique."""

    def check_options(value: Any, place: Place) -> None:
        several(inner)(value, place)
        values = [entry["value"] for entry in value]
        if len(set(values)) < len(values):
            raise place.refuse("option values are not unique")

    return check_options
