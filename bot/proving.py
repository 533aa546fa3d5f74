"""`quanmei audit proof`: that a matter's entries stand in the trail, for whoever has no database."""

import base64
from collections.abc import Sequence
from pathlib import Path

from bot import audits, console, keys, reasons, verify
from storage import checkpoints, db, order, published, trail
from storage.checkpoints import Checkpoint
from storage.merkle import Tree, leaf
from storage.records import TrailEntry

PAGE = 5000


class Unproved(Exception):
    """Why there is no proof, in words."""


def prove(number: str, out: Path, at: Path | None) -> None:
    """One c2sp.org/tlog-proof@v1 for each entry; `at` holds the checkpoint they are to lead to."""
    config = console.configured()
    kept = audits.kept([at])[0] if at else None
    with console.guarded():
        signer = keys.signer(config)

    async def work() -> tuple[int, Checkpoint, str]:
        async with console.database(config), db.reading():
            known = [*keys.verifiers(config), *await published.keys()]
            if kept and not checkpoints.signed_by(kept, known):
                raise Unproved(f"{at} 里的检查点不是用已知的密钥签名的，不能据以证明")
            entries = await trail.of(number)
            upto = 1 + max((entry.idx or 0 for entry in entries), default=-1)
            checkpoint = kept or await _posted(upto)
            if checkpoint is None:
                if signer is None:
                    raise Unproved("没有公布过含这些留痕的检查点，也没有签名密钥可以现做一个")
                checkpoint = checkpoints.made(await order.tree(), signer)
            there = [entry for entry in entries if entry.idx is not None and entry.idx < checkpoint.size]
            if not there:
                raise Unproved(f"{number} 在那个检查点之前没有留痕")
            return len(there), checkpoint, await written(there, checkpoint)

    try:
        count, checkpoint, text = console.run(work())
        out.write_text(text, encoding="utf-8")
    except Unproved as why:
        console.fail(f"{why}。")
    except OSError as why:
        console.fail(f"不能写入 {out}：{reasons.said(why)}。")
    console.say(f"{number} 的 {count} 条留痕的证明已写入 {out}，对 {checkpoint.size} 条时的检查点。", "green")
    console.say(f"核对：python {verify.__file__} {out} 留存的检查点；这一个文件可以拷到任何一台电脑上用。")


async def _posted(upto: int) -> Checkpoint | None:
    """The newest that people have got, if it covers so many entries."""
    last = await published.last_posted()
    return checkpoints.within(last.note)[0] if last and last.size >= upto else None


async def written(entries: Sequence[TrailEntry], checkpoint: Checkpoint) -> str:
    tree = Tree(await _leaves(checkpoint.size))
    if tree.size < checkpoint.size or tree.root(checkpoint.size) != checkpoint.root:
        raise Unproved("留痕与检查点不符，请运行 quanmei audit verify --against")
    return "".join(_proof(entry, tree, checkpoint) for entry in entries)


def _proof(entry: TrailEntry, tree: Tree, checkpoint: Checkpoint) -> str:
    """What hangs in the tree is the hash of `extra`: the salt and the entry."""
    assert entry.idx is not None
    extra = bytes.fromhex(entry.salt) + trail.canonical(entry)
    path = [base64.b64encode(one).decode() for one in tree.inclusion(entry.idx, checkpoint.size)]
    lines = [f"extra {base64.b64encode(extra).decode()}", f"index {entry.idx}", *path, "", checkpoint.note]
    return verify.HEADER + "\n".join(lines)


async def _leaves(size: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < size:
        sql = "SELECT hash FROM trail WHERE idx >= ? AND idx < ? ORDER BY idx LIMIT ?"
        rows = await db.rows(sql, len(found), size, PAGE)
        if not rows:
            break
        found += [leaf(bytes.fromhex(row["hash"])) for row in rows]
    return found
