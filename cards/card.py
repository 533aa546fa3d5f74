"""A card in neutral words: what it says and asks, before any platform draws it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cards.stop import Stop


class Tone(StrEnum):
    """What a card feels like at a glance; each platform has its own colour for it."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    CLOSED = "closed"
    INFO = "info"
    ALARM = "alarm"


class Style(StrEnum):
    PRIMARY = "primary"
    DEFAULT = "default"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Row:
    """A label of at most five characters and one line of value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Button:
    """`act`, `ref`, `step` and `version` route the click; they never grant anything."""

    text: str
    act: str
    ref: str = ""
    step: str = ""
    version: int = 0
    style: Style = Style.DEFAULT


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str


class Input(StrEnum):
    """How a field of a form is filled in."""

    LINE = "line"
    TEXT = "text"
    ONE = "one"
    MANY = "many"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to fill in or choose; `value` is what stands there already (a tuple for MANY)."""

    name: str
    title: str
    input: Input
    options: tuple[Option, ...] = ()
    value: str | tuple[str, ...] = ""
    hint: str = ""
    required: bool = False
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Panel:
    """Detail that opens on request; where a platform cannot fold, it is left behind 查看.

    `instead` is the line that stands for a long one in a plain text.
    """

    title: str
    lines: tuple[str, ...]
    instead: str = ""


def folded(title: str, panels: Iterable[Panel]) -> Panel:
    """Several panels behind one fold, so that a phone has title and buttons on one screen."""
    return Panel(title, tuple(line for one in panels for line in (f"【{one.title}】", *one.lines)))


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that a decision may carry: typed in Feishu, chosen from `options` in WeCom."""

    name: str
    title: str
    options: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts side by side: (label, count) each; where a platform draws none, the rows say the same."""

    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    `must` is what a press on it answers for, said before the text: all else gives way to it. `questions`
    make it a form whose `buttons` submit it; `closed` replaces the buttons where a decided card can no
    longer be pressed; `stops` are a way that is drawn; `summary` is the line in the chat list; `shows` is
    the step and version of a request that waits and whose matter stands on the card; `whole` that its text
    is never cut: where a card cannot hold it, it is said in words before it; `urgent` that its reader is
    called besides, where the platform can; `bare` that it is sent as plain text everywhere, since nobody can
    repaint that.
    """

    title: str
    tone: Tone = Tone.INFO
    tag: str = ""
    lead: str = ""
    rows: tuple[Row, ...] = ()
    must: str = ""
    text: str = ""
    stops: tuple[Stop, ...] = ()
    panels: tuple[Panel, ...] = ()
    note: str = ""
    buttons: tuple[Button, ...] = ()
    questions: tuple[Question, ...] = ()
    reason: Reason | None = None
    chart: Chart | None = None
    closed: str = ""
    summary: str = ""
    shows: tuple[str, int] | None = None
    whole: bool = False
    urgent: bool = False
    bare: bool = False

    def plain(self) -> str:
        """The whole card as plain text, nothing cut: for `查看`, and for platforms that take text.

        A panel that says what stands instead of it is told by that line.
        """
        lines = [f"【{self.title}】"]
        lines += [self.lead] if self.lead else []
        lines += [f"{row.label}：{row.value}" for row in self.rows]
        lines += filter(None, (self.must, self.text))
        lines += [line for stop in self.stops for line in stop.told()]
        for panel in self.panels:
            lines += [panel.instead] if panel.instead else [f"{panel.title}：", *panel.lines]
        lines += [self.note] if self.note else []
        return "\n".join(lines)
