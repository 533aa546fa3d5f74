"""The tree against RFC 6962's own examples, and against the plainest tree there is."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.merkle import Frontier, Tree, consistent, included, leaf, node, split

RECORDS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
)]  # fmt: skip
"""The eight records over which certificate transparency computes its reference roots."""

ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
GROWN = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def plain(leaves: list[bytes]) -> bytes:
    """The definition, word for word."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = split(len(leaves))
    return node(plain(leaves[:k]), plain(leaves[k:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    leaves = [leaf(record) for record in RECORDS]
    assert Frontier().grown(leaves[:size]).root.hex() == ROOTS[size] == Tree(leaves).root(size).hex()


@pytest.mark.parametrize(("place", "path"), PATHS.items())
def test_inclusion_paths_are_those_of_certificate_transparency(
    place: tuple[int, int], path: list[str]
) -> None:
    index, size = place
    found = Tree(leaf(record) for record in RECORDS).inclusion(index, size)
    assert [one.hex() for one in found] == path
    assert included(RECORDS[index], index, size, found) == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize(("sizes", "path"), GROWN.items())
def test_consistency_paths_are_those_of_certificate_transparency(
    sizes: tuple[int, int], path: list[str]
) -> None:
    old, size = sizes
    found = Tree(leaf(record) for record in RECORDS).consistency(old, size)
    assert [one.hex() for one in found] == path
    assert consistent((old, bytes.fromhex(ROOTS[old])), (size, bytes.fromhex(ROOTS[size])), found)


sizes = st.integers(1, 70)


@given(sizes, st.lists(st.integers(0, 20), max_size=6))
def test_a_frontier_grown_in_any_steps_has_the_plain_root(size: int, steps: list[int]) -> None:
    leaves, frontier, done = [leaf(bytes([n])) for n in range(size)], Frontier(), 0
    for step in [*steps, size]:
        frontier = frontier.grown(leaves[done : done + step])
        done = min(done + step, size)
    assert (frontier.size, frontier.root) == (size, plain(leaves))
    assert Frontier.unpacked(size, frontier.packed()) == frontier


@given(sizes, st.data())
def test_every_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    upto = data.draw(st.integers(index + 1, size))
    tree = Tree(leaf(bytes([n])) for n in range(size))
    path, root = tree.inclusion(index, upto), tree.root(upto)

    assert included(bytes([index]), index, upto, path) == root
    assert included(bytes([index + 1]), index, upto, path) != root
    assert included(bytes([index]), index, upto, [*path, root]) is None
    assert not path or included(bytes([index]), index, upto, path[:-1]) is None
    assert included(bytes([index]), upto, upto, path) is None


@given(sizes, st.data())
def test_growth_is_proved_and_a_changed_past_is_not(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    leaves = [leaf(bytes([n])) for n in range(size)]
    tree = Tree(leaves)
    path, before, after = tree.consistency(old, size), tree.root(old), tree.root(size)
    changed = data.draw(st.integers(0, old - 1))
    other = Tree([*leaves[:changed], leaf(b"forged"), *leaves[changed + 1 :]])

    assert consistent((old, before), (size, after), path)
    assert not consistent((old, before), (size, other.root(size)), other.consistency(old, size))
    assert not consistent((old, other.root(old)), (size, after), path)
    assert not consistent((old, before), (size, after), [*path, before])
