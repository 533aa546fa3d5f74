"""The one order over the whole trail: places 0, 1, 2 … without a gap, and the tree over their hashes.

Places are given at the end of a transaction, to all its entries at once, under one locked row: two replicas
wait for each other only from there to the commit, and what was undone has had none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import db
from storage.merkle import Frontier, leaf


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry that is about to have a place: which one it is, and its hash."""

    matter: str
    seq: int
    hash: str


async def settle(entries: Sequence[Placed]) -> None:
    """Give these entries the next places, in their order."""
    row = await db.one(f"SELECT size, peaks FROM trail_tree WHERE id = 1{db.locked()}")
    assert row is not None, "the row lies there from the migration on"
    tree = Frontier.unpacked(row["size"], row["peaks"])
    places = [(tree.size + n, entry.matter, entry.seq) for n, entry in enumerate(entries)]
    await db.many("UPDATE trail SET idx = ? WHERE matter = ? AND seq = ?", places)
    tree = tree.grown(leaf(bytes.fromhex(entry.hash)) for entry in entries)
    await db.run("UPDATE trail_tree SET size = ?, peaks = ? WHERE id = 1", tree.size, tree.packed())


async def tree() -> Frontier:
    """The tree as it is kept at hand."""
    row = await db.one("SELECT size, peaks FROM trail_tree WHERE id = 1")
    return Frontier.unpacked(row["size"], row["peaks"]) if row else Frontier()
