"""What a card about a request is made from: loaded once, read by pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.records import Decision, Medium, Person, Request, Step


@dataclass(frozen=True, slots=True)
class View:
    """A request with everybody and everything it names, as of `now` (UTC).

    `unit` is the managing unit's name, `units` code -> name of those the form names;
    `reader` is who looks; `holders` who may decide now (person -> principal); `before` the form of
    the version this reader decided on, where it was an older one; `chains` those of the older
    versions that somebody decided on; `reminder` when the next
    reminder goes, to whom it goes is `holders`.
    """

    request: Request
    reader: str
    now: datetime
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Medium, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    chains: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)
    reminder: datetime | None = None
    reminder_copies_center: bool = False
    provisional: bool = False

    def name(self, person: str) -> str:
        """The person's name; the 工号 where the directory no longer knows them."""
        known = self.people.get(person)
        return known.name if known else person

    def unit_name(self, code: str) -> str:
        """The unit's name; the code where the directory no longer knows it."""
        return self.units.get(code, code)

    def decided_step(self, decision: Decision) -> Step | None:
        """The step a decision was about, in the chain of its version."""
        old = decision.version != self.request.version
        chain = self.chains.get(decision.version, ()) if old else self.request.chain
        return next((step for step in chain if step.name == decision.step), None)

    def decision_at(self, step: str, version: int) -> Decision | None:
        """The last decision taken on that step of that version."""
        for decision in reversed(self.decisions):
            if (decision.step, decision.version) == (step, version):
                return decision
        return None
