"""The one order over the trail, filled in as its entries are read, and held against checkpoints."""

from collections.abc import Sequence
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

    def grown(self, tree: Frontier, size: int) -> Frontier:
        """The tree over the first entries, as it is with `size` of them."""
        hashes = memoryview(self._hashes)
        at = range(tree.size * WIDTH, size * WIDTH, WIDTH)
        return tree.grown(leaf(hashes[begin : begin + WIDTH]) for begin in at)

    def broken(self, told: Sequence[Checkpoint], now: Frontier) -> Break | None:
        """The first checkpoint, by size, that the entries do not lead to; and whether `now` is what all of
        them come to."""
        tree = Frontier()
        for one in sorted(told, key=lambda checkpoint: checkpoint.size):
            if one.size > self.count:
                why = f"公布检查点时有 {one.size} 条，现在只有 {self.count} 条：末尾被删去，或恢复过旧的备份"
                return Break(ORDER, 0, why)
            tree = self.grown(tree, one.size)
            if tree.root != one.root:
                return Break(ORDER, 0, f"前 {one.size} 条与当时公布的检查点不符：其中有留痕被改动过")
        return None if self.grown(tree, self.count) == now else Break(ORDER, 0, "与记下的树不一致")
