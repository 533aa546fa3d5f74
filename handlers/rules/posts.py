"""Which units somebody is first responsible for (Article 5(2)): their own, and those below without one."""

from collections.abc import Collection

from storage.records import Unit


def led_by(person: str, units: Collection[Unit]) -> frozenset[str]:
    """Codes of the units whose nearest first-responsible person upwards is this one, in service or not."""
    known = {unit.code: unit for unit in units}
    return frozenset(code for code in known if _leader(code, known) == person)


def _leader(code: str, known: dict[str, Unit]) -> str:
    for _ in range(len(known)):
        unit = known.get(code)
        if unit is None or unit.first_responsible:
            return unit.first_responsible if unit else ""
        code = unit.parent
    return ""
