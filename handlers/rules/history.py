"""One item of one medium through time: changes are laid in at their actual day, late ones too."""

from dataclasses import dataclass, replace
from datetime import date

from storage.records import MediumChange


@dataclass(frozen=True, slots=True)
class Strand:
    """What the ledger says of an item `now`, and its changes by their actual day.

    > 各单位变更平台信息后……发起平台信息变更流程。（第六条（二））

    The change has happened whenever its filing comes, so a filing may be entered before another.
    """

    now: str
    changes: tuple[MediumChange, ...] = ()

    def before(self, day: date) -> str:
        """What stood there when something changed on `day`, after what is filed of that day already."""
        later = [change for change in self.changes if change.effective_on > day]
        return later[0].before if later else self.now

    def entered(self, change: MediumChange) -> "Strand":
        """With a change laid in at its day; a later one then begins where this one ends."""
        placed = replace(change, before=self.before(change.effective_on))
        earlier = [known for known in self.changes if known.effective_on <= change.effective_on]
        later = self.changes[len(earlier) :]
        if not later:
            return Strand(placed.after, (*earlier, placed))
        return Strand(self.now, (*earlier, placed, replace(later[0], before=placed.after), *later[1:]))

    def without(self, request: int | None) -> "Strand":
        """As if that request had never been filed; the strand itself where it holds nothing of it."""
        for place, gone in enumerate(self.changes):
            if request is not None and gone.request == request:
                return self._without(place)
        return self

    def _without(self, place: int) -> "Strand":
        gone, rest = self.changes[place], self.changes[:place]
        if later := self.changes[place + 1 :]:
            first = replace(later[0], before=gone.before) if later[0].before == gone.after else later[0]
            return Strand(self.now, (*rest, first, *later[1:]))
        return Strand(gone.before if self.now == gone.after else self.now, rest)
