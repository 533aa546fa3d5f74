"""A year in which people leave, steps wait, some are away and the program sleeps; and, worked out from
the Measures in the plainest way, every reminder that must go out in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, groupby, takewhile

from tests.year_days import DAY, GUESSED, OFFICIAL, PUBLISHED, SHANGHAI, Days, at

CENTRE = frozenset({"1101", "1102"})
LEADS = {"2100": "2101", "2200": "2201", "1100": "1001"}
"""Unit -> its first-responsible person; the centre answers to the school's."""
RUNS = {"QM-0001": "2104", "QM-0002": "2104", "QM-0003": "1101", "QM-0006": "2202"}
HOSTS = {"QM-0001": "2100", "QM-0002": "2100", "QM-0003": "1100", "QM-0006": "2200"}


@dataclass(frozen=True)
class Change:
    """The directory tells at `told` that somebody left on `on`; recorded at `until`, after it was `filed`
    and `returned` where it was."""

    told: datetime
    medium: str
    person: str
    on: date
    until: datetime
    filed: datetime | None = None
    returned: datetime | None = None

    @property
    def name(self) -> str:
        return f"change:{self.medium}:admins:{self.person}"

    @property
    def revision(self) -> str:
        return f"revise:{self.medium}:{self.person}"


@dataclass(frozen=True)
class Step:
    """A post of a unit waits for its first-responsible person from `since` to `until`."""

    since: datetime
    unit: str
    until: datetime
    urgent: bool = False

    @property
    def name(self) -> str:
        return f"step:{self.since:%m%d}"


@dataclass(frozen=True)
class Absence:
    """Set at `told`, between two instants; cancelled at `until`, if ever."""

    told: datetime
    principal: str
    delegate: str
    starts: datetime
    ends: datetime
    until: datetime | None = None

    @property
    def name(self) -> str:
        return f"absence:{self.told:%m%d}"


@dataclass(frozen=True)
class Year:
    begins: datetime
    ends: datetime
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    absences: tuple[Absence, ...] = ()
    asleep: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def filings(self) -> tuple[Step, ...]:
        """The filings that wait for the first-responsible person until they are returned."""
        return tuple(
            Step(change.filed, HOSTS[change.medium], change.returned)
            for change in self.changes
            if change.filed and change.returned
        )


YEAR = Year(
    at("2026-01-01 00:00"),
    at("2027-04-01 00:00"),
    (
        Change(at("2026-02-12 15:10"), "QM-0001", "2105", date(2026, 2, 11), at("2026-03-06 11:00")),
        Change(at("2026-04-30 02:10"), "QM-0006", "9001", date(2026, 4, 29), at("2026-05-20 10:00")),
        Change(at("2026-06-10 09:12"), "QM-0003", "9002", date(2026, 6, 1), at("2026-06-23 10:00")),
        Change(at("2026-09-18 10:07"), "QM-0002", "2105", date(2026, 9, 18), at("2026-09-24 10:00")),
        Change(at("2026-09-24 16:40"), "QM-0006", "9003", date(2026, 9, 24), at("2026-10-16 10:00")),
        Change(
            at("2026-11-02 10:07"), "QM-0002", "9007", date(2026, 11, 2), at("2026-11-20 10:00"),
            filed=at("2026-11-04 15:10"), returned=at("2026-11-06 11:20"),
        ),
        Change(at("2026-12-30 10:07"), "QM-0001", "9004", date(2026, 12, 28), at("2027-01-20 10:00")),
        Change(at("2027-01-25 10:07"), "QM-0002", "9005", date(2027, 1, 25), at("2027-03-01 10:00")),
        Change(at("2027-01-26 18:20"), "QM-0006", "9006", date(2027, 1, 26), at("2027-02-18 10:00")),
    ),
    (
        Step(at("2026-01-06 10:10"), "2100", at("2026-01-12 16:00")),
        Step(at("2026-02-13 14:40"), "2100", at("2026-02-27 09:00")),
        Step(at("2026-05-16 22:10"), "2100", at("2026-05-20 12:00"), urgent=True),
        Step(at("2026-07-01 09:10"), "2100", at("2026-07-22 10:00")),
        Step(at("2026-09-24 10:10"), "2200", at("2026-10-16 11:11")),
        Step(at("2027-01-28 10:10"), "2100", at("2027-02-24 10:00")),
    ),
    (
        Absence(at("2026-07-14 09:07"), "2101", "2102", at("2026-07-14 09:07"), at("2026-07-19 00:00")),
        Absence(at("2026-09-24 11:07"), "2201", "2101", at("2026-09-28 00:00"), at("2026-10-08 00:00")),
        Absence(
            at("2026-11-16 09:07"), "2101", "2102", at("2026-11-17 00:00"), at("2026-11-28 00:00"),
            at("2026-11-19 09:07"),
        ),
    ),
    (
        (at("2026-01-07 08:00"), at("2026-01-07 11:40")),
        (at("2026-05-11 07:00"), at("2026-05-12 09:50")),
        (at("2026-07-06 00:00"), at("2026-07-13 10:00")),
        (at("2027-02-22 08:00"), at("2027-02-23 18:30")),
    ),
)  # fmt: skip
AUTUMN = Year(
    at("2026-09-01 00:00"), at("2026-11-22 00:00"), YEAR.changes[3:6], YEAR.steps[4:5], YEAR.absences[1:2]
)
"""A slice of it: the autumn's holidays, with two made-up days, and a filing that was returned."""


@dataclass(frozen=True, order=True)
class Reminder:
    """Who hears which rung of what, and when."""

    when: datetime
    person: str
    what: str
    rung: int


@dataclass(frozen=True)
class Rung:
    index: int
    due: datetime
    hears: frozenset[str] = field(default=frozenset())


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 45), SHANGHAI).astimezone(UTC)


def allowed(moment: datetime, known: Days) -> datetime:
    """Working days 8:30 to 17:30, not at minutes 0 and 30; otherwise the next minute or morning."""
    local = moment.astimezone(SHANGHAI)
    if known.worked(local.date()) and time(8, 30) <= local.time() < time(17, 30):
        return moment if local.minute % 30 else moment.replace(second=0) + timedelta(minutes=1)
    early = known.worked(local.date()) and local.time() < time(8, 30)
    return morning(local.date() if early else known.after(local.date(), 1))


def goes(year: Year, moment: datetime, known: Days, *, urgent: bool) -> datetime:
    """When what is due at `moment` is sent: awake, and where it is not urgent within working hours."""
    while True:
        found = next((end for begin, end in year.asleep if begin <= moment < end), moment)
        found = found if urgent else allowed(found, known)
        if found == moment:
            return moment
        moment = found


def told_of_change(change: Change, known: Days) -> Iterator[Rung]:
    """Rung 0 at once, to the first-responsible person too; working days 3, 5 and each one after."""
    doer, leader = RUNS[change.medium], LEADS[HOSTS[change.medium]]
    yield Rung(0, change.told, frozenset({doer, leader}))
    for index in count(1):
        nth = 3 if index == 1 else index + 3
        hears = {doer} | ({leader} if nth >= 5 else set()) | (CENTRE if nth > 5 else set())
        yield Rung(index, max(change.told, morning(known.after(change.on, nth))), frozenset(hears))


def told_of_revision(change: Change, known: Days) -> Iterator[Rung]:
    """Every working morning after it was returned, to whoever filed it; from the third one on to the
    first-responsible person too."""
    assert change.returned
    day = change.returned.astimezone(SHANGHAI).date()
    for index in count(1):
        day = known.after(day, 1)
        leader = {LEADS[HOSTS[change.medium]]} if index >= 3 else set()
        yield Rung(index, morning(day), frozenset({RUNS[change.medium]} | leader))


def told_again(
    year: Year, change: Change, last: int, known: Days
) -> Iterator[tuple[datetime, int, frozenset[str]]]:
    """What is sent of a change after its filing was returned: the ladder goes on with its next rung, which is
    for those of the missed ones too."""
    assert change.returned
    owed = list(takewhile(lambda rung: rung.due < change.until, told_of_change(change, known)))
    missed = [rung.hears for rung in owed if rung.index > last and rung.due < change.returned]
    for rung in owed:
        if rung.due >= change.returned:
            yield goes(year, rung.due, known, urgent=False), rung.index, rung.hears.union(*missed)
            missed = []


def told_of_step(year: Year, step: Step, known: Days) -> Iterator[Rung]:
    """4 working hours (urgent: 30 minutes, 2 hours), then each working morning; the centre from the third
    (urgent: the second) on."""
    if step.urgent:
        early = [step.since + timedelta(minutes=30), step.since + timedelta(hours=2)]
    else:
        closes = datetime.combine(step.since.astimezone(SHANGHAI).date(), time(17, 30), SHANGHAI)
        left = closes - step.since
        wait = timedelta(hours=4)
        if wait > left:
            opens = known.after(step.since.astimezone(SHANGHAI).date(), 1)
            early = [datetime.combine(opens, time(8, 30), SHANGHAI).astimezone(UTC) + wait - left]
        else:
            early = [step.since + wait]
    day = early[-1].astimezone(SHANGHAI).date()
    if known.worked(day) and early[-1] < morning(day):
        day -= DAY
    dues = [*early, *(morning(known.after(day, n)) for n in range(1, 40))]
    for index, due in enumerate(dues, start=1):
        copied = CENTRE if index >= (2 if step.urgent else 3) else frozenset()
        yield Rung(index, due, frozenset({LEADS[step.unit]}) | copied)


def weeks(first: date, known: Days, hears: frozenset[str]) -> Iterator[Rung]:
    """The first working morning of every week, from `first` on."""
    for index in count(1):
        monday = first - DAY * first.weekday() + DAY * 7 * (index - 1)
        worked = [d for i in range(7) if known.worked(d := monday + DAY * i) and d >= first]
        if worked:
            yield Rung(index, morning(worked[0]), hears)


def climbed(
    year: Year, ladder: dict[bool, Iterator[Rung]], until: datetime, *, urgent: bool = False
) -> Iterator[tuple[datetime, int, frozenset[str]]]:
    """What is sent of a ladder before `until`; `ladder[True]` is the one of the official days. Rungs that
    fall on one moment are one message, with the highest number, to everybody concerned."""
    last = -1
    for official in (False, True):
        known = OFFICIAL if official else GUESSED
        begins, stops = (PUBLISHED, until) if official else (year.begins, min(PUBLISHED, until))
        sent: list[tuple[datetime, Rung]] = []
        for rung in ladder[official]:
            when = goes(year, max(rung.due, begins), known, urgent=urgent)
            if rung.due >= stops or when >= stops:
                break
            if rung.index > last:
                sent.append((when, rung))
        for when, group in groupby(sent, key=lambda pair: pair[0]):
            rungs = [rung for _, rung in group]
            last = rungs[-1].index
            yield when, last, frozenset().union(*(rung.hears for rung in rungs))


def expected(year: Year) -> list[Reminder]:
    """Every reminder of the year."""
    found: list[Reminder] = []

    def add(what: str, sent: Iterator[tuple[datetime, int, frozenset[str]]]) -> None:
        found.extend(Reminder(when, person, what, rung) for when, rung, hears in sent for person in hears)

    for change in year.changes:
        ladder = {official: told_of_change(change, k) for official, k in ((False, GUESSED), (True, OFFICIAL))}
        begun = list(climbed(year, ladder, change.filed or change.until))
        add(change.name, iter(begun))
        if change.filed and change.returned:
            add(change.name, told_again(year, change, begun[-1][1], GUESSED))
            revision = {False: told_of_revision(change, GUESSED), True: iter(list[Rung]())}
            add(change.revision, climbed(year, revision, change.until))
    for step in (*year.steps, *year.filings):
        ladder = {
            official: told_of_step(year, step, k) for official, k in ((False, GUESSED), (True, OFFICIAL))
        }
        sent = climbed(year, ladder, step.until, urgent=step.urgent)
        add(step.name, ((when, rung, hears | _stand_ins(year, step, when)) for when, rung, hears in sent))
    for absence in year.absences:
        last = absence.ends.astimezone(SHANGHAI).date() - DAY
        while not GUESSED.worked(last):
            last -= DAY
        both = frozenset({absence.principal, absence.delegate})
        rung = Rung(1, morning(last), both)
        ladder = {False: iter([rung]), True: iter(list[Rung]())}
        add(absence.name, climbed(year, ladder, min(absence.until or absence.ends, absence.ends)))
    _add_weeks(year, found)
    return sorted(found)


def letters(year: Year, due: Iterable[Reminder]) -> Iterator[Reminder]:
    """The reminders that are letters: whoever hears of a revision does not get the change beside it."""
    owed = list(due)
    heard = {(r.when, r.person, r.what) for r in owed}
    revision = {change.name: change.revision for change in year.changes}
    for one in owed:
        if (one.when, one.person, revision.get(one.what)) not in heard:
            yield one


def _stand_ins(year: Year, step: Step, when: datetime) -> frozenset[str]:
    leader = LEADS[step.unit]
    return frozenset(
        a.delegate
        for a in year.absences
        if a.principal == leader and a.starts <= when < a.ends and not (a.until and when >= a.until)
    )


def _add_weeks(year: Year, found: list[Reminder]) -> None:
    """The Monday digest, next year's days while they are missing, and the year's account, which nobody opens:
    15 November 2026 is a Sunday."""
    begins = year.begins.astimezone(SHANGHAI).date()
    first = begins + DAY * (7 - begins.weekday())
    ladder = {o: weeks(first, k, CENTRE) for o, k in ((False, GUESSED), (True, OFFICIAL))}
    for when, rung, hears in climbed(year, ladder, year.ends):
        busy = {LEADS[HOSTS[c.medium]] for c in year.changes if c.told <= when < c.until}
        busy |= {LEADS[s.unit] for s in year.steps if s.since <= when < s.until}
        found.extend(Reminder(when, person, "week", rung) for person in hears | busy)
    november = date(2026, 11, 1)
    missing = {False: weeks(november, GUESSED, CENTRE), True: iter(list[Rung]())}
    if year.ends > morning(november):
        for when, rung, hears in climbed(year, missing, min(PUBLISHED, year.ends)):
            found.extend(Reminder(when, person, "calendar:2027", rung) for person in hears)
    _add_rounds(year, found)
    account = {o: weeks(date(2026, 11, 16), k, CENTRE) for o, k in ((False, GUESSED), (True, OFFICIAL))}
    for when, rung, hears in climbed(year, account, year.ends):
        found.extend(Reminder(when, person, "account:2026", rung) for person in hears)
    _add_systems(year, found)


SYSTEMS_ON = ((1, "03-15"), (2, "06-15"), (3, "10-15"))


def on_systems(year: int, known: Days) -> Iterator[Rung]:
    """Three times a year every unit that runs media is told what it lacks; here nobody records anything."""
    for index, day in SYSTEMS_ON:
        yield Rung(index, morning(known.after(date.fromisoformat(f"{year}-{day}") - DAY, 1)), frozenset())


def _add_systems(year: Year, found: list[Reminder]) -> None:
    for number in (2026, 2027):
        for rung in on_systems(number, OFFICIAL if number == 2027 else GUESSED):
            when = goes(year, rung.due, GUESSED, urgent=False)
            if year.begins <= when < year.ends:
                named = {f"systems:{number}:{unit}": leader for unit, leader in LEADS.items()}
                found.extend(Reminder(when, leader, name, rung.index) for name, leader in named.items())


def _add_rounds(year: Year, found: list[Reminder]) -> None:
    """In June and in December the centre is asked to open an inventory, each week, and nobody does."""
    for first, over in ((date(2026, 6, 1), date(2026, 7, 1)), (date(2026, 12, 1), date(2027, 1, 1))):
        begins, ends = at(f"{first} 00:00"), at(f"{over} 00:00")
        if begins < year.begins or begins >= year.ends:
            continue
        ladder = {o: weeks(first, k, CENTRE) for o, k in ((False, GUESSED), (True, OFFICIAL))}
        for when, rung, hears in climbed(year, ladder, min(ends, year.ends)):
            found.extend(Reminder(when, person, f"round:{first:%Y-%m}", rung) for person in hears)
