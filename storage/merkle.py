"""The tree of RFC 6962 over SHA-256: what a log of so many leaves comes to, and that it only grew.

A leaf is hashed behind 0x00, a node behind 0x01; a tree splits at the largest power of two below its size.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDTH = 32
"""Bytes of a hash."""


def leaf(record: bytes | memoryview) -> bytes:
    """The hash of a record as it hangs in the tree."""
    return hashlib.sha256(b"\0" + record).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def split(size: int) -> int:
    """Leaves of the left part: the largest power of two below `size`, of two leaves or more."""
    return 1 << ((size - 1).bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to grow a tree and to know its root: the roots of its perfect parts, largest first,
    one for each bit of `size`."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> "Frontier":
        size, peaks = self.size, list(self.peaks)
        for one in leaves:
            last, full = one, size
            while full & 1:
                last, full = node(peaks.pop(), last), full >> 1
            peaks.append(last)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """Of no leaves it is the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        *left, root = self.peaks
        for peak in reversed(left):
            root = node(peak, root)
        return root

    def packed(self) -> bytes:
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Frontier":
        return cls(size, tuple(packed[i : i + WIDTH] for i in range(0, len(packed), WIDTH)))


class Tree:
    """A whole tree in memory, 64 bytes a leaf: its root at any size, and the proofs."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = bytearray().join(leaves)
        self.size = len(level) // WIDTH
        self._levels = [level]
        while len(level) > WIDTH:
            level = bytearray().join(_pairs(level))
            self._levels.append(level)

    def root(self, size: int) -> bytes:
        """Over its first `size` leaves."""
        return self._part(0, size) if size else Frontier().root

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """What leads from a leaf to the root over the first `size` leaves, from below."""
        return list(self._path(index, 0, size))

    def consistency(self, old: int, size: int) -> list[bytes]:
        """What shows that the tree of `old` leaves, one at least, is the beginning of that of `size`."""
        return list(self._grown(old, 0, size, whole=True))

    def _path(self, index: int, begin: int, end: int) -> Iterator[bytes]:
        if end - begin <= 1:
            return
        middle = begin + split(end - begin)
        if index < middle:
            yield from self._path(index, begin, middle)
            yield self._part(middle, end)
        else:
            yield from self._path(index, middle, end)
            yield self._part(begin, middle)

    def _grown(self, old: int, begin: int, end: int, *, whole: bool) -> Iterator[bytes]:
        """`whole`: the old tree is this very part, whose root is known to whoever checks."""
        if old == end:
            if not whole:
                yield self._part(begin, end)
            return
        middle = begin + split(end - begin)
        if old <= middle:
            yield from self._grown(old, begin, middle, whole=whole)
            yield self._part(middle, end)
        else:
            yield from self._grown(old, middle, end, whole=False)
            yield self._part(begin, middle)

    def _part(self, begin: int, end: int) -> bytes:
        """The root of the leaves from `begin` on; perfect parts lie ready."""
        size = end - begin
        if size & (size - 1) == 0:
            height = size.bit_length() - 1
            at = (begin >> height) * WIDTH
            return bytes(self._levels[height][at : at + WIDTH])
        middle = begin + split(size)
        return node(self._part(begin, middle), self._part(middle, end))


def _pairs(level: bytearray) -> Iterator[bytes]:
    """The nodes above; a last one without a neighbour is part of none."""
    sha256 = hashlib.sha256
    for at in range(0, len(level) - WIDTH, 2 * WIDTH):
        yield sha256(b"\1" + level[at : at + 2 * WIDTH]).digest()


def included(record: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to; None where it is too short or too long for that place."""
    if not 0 <= index < size:
        return None
    found, at, last, left = leaf(record), index, size - 1, list(path)
    while last:
        if at & 1 or at != last:
            if not left:
                return None
            beside = left.pop(0)
            found = node(beside, found) if at & 1 else node(found, beside)
        at, last = at >> 1, last >> 1
    return None if left else found


def consistent(old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Whether the path shows that the tree of `old` (size and root) is the beginning of that of `new`."""
    (small, small_root), (size, root) = old, new
    if not 0 < small <= size or small == size:
        return small == size and small_root == root and not path
    left = [small_root, *path] if small & (small - 1) == 0 else list(path)
    if not left:
        return False
    at, last = small - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = left.pop(0)
    for beside in left:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node(beside, before), node(beside, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and (before, after) == (small_root, root)
