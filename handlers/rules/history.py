"""One item of one medium through time: what is recorded gives authority, what is filed is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from storage.records import MediumChange


@dataclass(frozen=True, slots=True)
class Strand:
    """What is `recorded` of an item, and its changes by their actual day, those that wait included.

    > 各单位变更平台信息后……发起平台信息变更流程。（第六条（二））

    The change has happened whenever its filing comes, so a filing may be entered before another; until
    the centre has recorded it, it is shown and nothing follows from it.
    """

    recorded: str
    changes: tuple[MediumChange, ...] = ()

    @property
    def shown(self) -> str:
        """What the ledger shows: the last change, recorded or not."""
        waits = bool(self.changes) and self.changes[-1].recorded_at is None
        return self.changes[-1].after if waits else self.recorded

    def before(self, day: date) -> str:
        """What stood there at the end of `day`, which is where one more change of that day begins."""
        later = [change for change in self.changes if change.effective_on > day]
        return later[0].before if later else self.shown

    def entered(self, change: MediumChange) -> "Strand":
        """With a change laid in at its day; a later one then begins where this one ends."""
        earlier = tuple(known for known in self.changes if known.effective_on <= change.effective_on)
        placed = replace(change, before=self.before(change.effective_on))
        later = self.changes[len(earlier) :]
        if later:
            later = (replace(later[0], before=placed.after), *later[1:])
        return self._counted((*earlier, placed, *later), placed if placed.recorded_at else None)

    def confirmed(self, request: int, at: datetime) -> "Strand":
        """Recorded by the centre: it counts unless a change of a later day was recorded before."""
        for place, change in enumerate(self.changes):
            if change.request == request and change.recorded_at is None:
                known = replace(change, recorded_at=at)
                return self._counted((*self.changes[:place], known, *self.changes[place + 1 :]), known)
        return self

    def _counted(self, changes: tuple[MediumChange, ...], new: MediumChange | None) -> "Strand":
        """With these changes, of which `new` is recorded now: the last one recorded gives authority."""
        last = [change for change in changes if change.recorded_at][-1:]
        return Strand(new.after if new and last == [new] else self.recorded, changes)

    def without(self, request: int | None) -> "Strand":
        """As if that request had never been filed; what is recorded stays."""
        for place, gone in enumerate(self.changes):
            if request is not None and gone.request == request:
                return Strand(self.recorded, self._without(place))
        return self

    def _without(self, place: int) -> tuple[MediumChange, ...]:
        gone, rest, later = self.changes[place], self.changes[:place], self.changes[place + 1 :]
        if later and later[0].before == gone.after:
            later = (replace(later[0], before=gone.before), *later[1:])
        return (*rest, *later)


def covers(after: Mapping[str, Any], owed: Mapping[str, Any]) -> bool:
    """Whether a filing answers a duty: it changes the item, and whoever left is no longer in it."""
    new = after.get(owed.get("item", ""))
    left = owed.get("person")
    return bool(new) and (left not in new if isinstance(new, list) else left != new)
