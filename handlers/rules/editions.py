"""The editions of the Measures: data with the day from which each is in force.

> 本办法自发布之日起执行，此前全媒体管理有关规定同时废止。（第十七条）

An edition is two files of `measures/` named by that day: its articles (.md), and what it is called and rests
on (.json). Records keep the edition under which they were submitted.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_FOLDER = Path(__file__).with_name("measures")


@dataclass(frozen=True, slots=True)
class Basis:
    """One paper that Article 1 names; `as_of` is the revision it means, `since` what was revised after it."""

    title: str
    by: str = ""
    number: str = ""
    as_of: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The Measures as they were from a day on: `version` is the paper's number, `text` its articles."""

    version: str
    since: date
    text: str
    told: str = ""
    bases: tuple[Basis, ...] = ()


def read(folder: Path) -> tuple[Edition, ...]:
    """The editions that a folder has, the oldest first."""
    return tuple(map(_edition, sorted(folder.glob("*.json"))))


def _edition(path: Path) -> Edition:
    said = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".md").read_text(encoding="utf-8")
    bases = tuple(Basis(**one) for one in said["bases"])
    return Edition(said["version"], date.fromisoformat(path.stem), text, said["told"], bases)


EDITIONS = read(_FOLDER)


def in_force(at: datetime) -> Edition:
    """The edition of that instant's day in Shanghai; of a day before all of them, the first."""
    day = at.astimezone(SHANGHAI).date()
    return next((one for one in reversed(EDITIONS) if one.since <= day), EDITIONS[0])


def noted(at: datetime, said: str = "") -> str:
    """What the trail keeps of a submission: the edition in force, then what was declared."""
    return "；".join(filter(None, (in_force(at).version, said)))


def of_note(note: str, at: datetime) -> Edition:
    """The edition that a submission's note names; where it names none, that of its instant."""
    parts = note.split("；")
    return next((one for one in EDITIONS if one.version in parts), in_force(at))
