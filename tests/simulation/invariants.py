"""What must be so after any story, whatever happened in it."""

import hashlib

from handlers import audit
from tests.dialogues import fitting, owing, replaying
from tests.simulation import accepted, decided, erased, screens
from tests.simulation.story import Story
from tests.simulation.town import Town


async def faults(town: Town, story: Story) -> list[str]:
    """Everything that is not as it must be, in words."""
    broken = await audit.verify()
    return [
        *town.errors,
        *await owing.faults(),
        *await replaying.faults(),
        *([str(broken)] if broken else []),
        *await fitting.faults(),
        *accepted.faults(town),
        *decided.faults(town),
        *screens.faults(town, story),
        *erased.faults(town, story),
    ]


def mark(town: Town) -> str:
    """A digest of what stands in the file: two plays of one token must come to the same."""
    tables = ("requests", "trail", "letters", "decisions", "duties", "drafts")
    rows = [str(row) for table in tables for row in town.store.look(f"SELECT * FROM {table} ORDER BY 1, 2")]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
