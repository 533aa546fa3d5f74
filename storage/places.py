"""The one order over the trail, filled in as its entries are read, and held against checkpoints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.checkpoints import Checkpoint
from storage.merkle import WIDTH, Frontier, leaf
from storage.records import TrailEntry

ORDER = "总序"
"""What a break of the one order over all matters is said of."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not what it was when it was written; number 0: the matter itself is not."""

    matter: str
    seq: int
    why: str


class Places:
    """The hashes of all entries by place: 33 bytes an entry."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._hashes = bytearray(count * WIDTH)
        self._taken = bytearray(count)

    def took(self, entry: TrailEntry) -> Break | None:
        """Put an entry where it says that it belongs."""
        idx = entry.idx
        if idx is None or idx < 0:
            return Break(entry.matter, entry.seq, "没有编入总序")
        if idx < self.count:  # else another is missing, and will be named
            if self._taken[idx]:
                return Break(entry.matter, entry.seq, f"idx {idx} 已被另一条占用")
            self._taken[idx] = 1
            self._hashes[idx * WIDTH : (idx + 1) * WIDTH] = bytes.fromhex(entry.hash)
        return None

    def missing(self) -> Break | None:
        gap = self._taken.find(0)
        return None if gap < 0 else Break(ORDER, 0, f"idx {gap} 的一条不见了")

    def broken(self, told: Sequence[Checkpoint]) -> Break | None:
        """The first checkpoint, by size, that the entries do not lead to."""
        tree = Frontier()
        for one in sorted(told, key=lambda checkpoint: checkpoint.size):
            if one.size > self.count:
                why = f"公布检查点时有 {one.size} 条，现在只有 {self.count} 条：末尾被删去，或恢复过旧的备份"
                return Break(ORDER, 0, why)
            tree = tree.grown(self._leaves(tree.size, one.size))
            if tree.root != one.root:
                return Break(ORDER, 0, f"前 {one.size} 条与当时公布的检查点不符：其中有留痕被改动过")
        return None

    def tree(self) -> Frontier:
        return Frontier().grown(self._leaves(0, self.count))

    def _leaves(self, begin: int, end: int) -> Iterator[bytes]:
        for at in range(begin * WIDTH, end * WIDTH, WIDTH):
            yield leaf(bytes(self._hashes[at : at + WIDTH]))
