#!/usr/bin/env python3
"""Check a proof of quanmei's trail anywhere: python verify.py FILE CHECKPOINT [--key KEY]

FILE is what `quanmei audit proof` wrote: one c2sp.org/tlog-proof@v1 for each entry of a matter. CHECKPOINT is
the message that somebody kept, as text. This one file needs Python 3.9 and, for signatures, `cryptography`.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

HEADER = "c2sp.org/tlog-proof@v1\n"
NOTE = re.compile(r"^([^\s+]+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\n\n((?:— \S+ [A-Za-z0-9+/=]+\n)+)", re.M)
KEY = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}")


class Wrong(Exception):
    """What does not hold, in words."""


def sha256(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def root_of(record: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Where a path of RFC 6962 leads from a record."""
    if not 0 <= index < size:
        raise Wrong("位次超出检查点")
    found, at, last, left = sha256(b"\0" + record), index, size - 1, list(path)
    while last:
        if at & 1 or at != last:
            if not left:
                raise Wrong("路径太短")
            beside = left.pop(0)
            found = sha256(b"\1" + (beside + found if at & 1 else found + beside))
        at, last = at >> 1, last >> 1
    if left:
        raise Wrong("路径太长")
    return found


def checkpoint_in(text: str, what: str) -> tuple[str, int, str, str]:
    """Origin, size, root (base64) and the whole note."""
    lines = "\n".join(line.strip() for line in text.replace("\r", "").split("\n"))
    found = NOTE.search(lines + "\n")
    if not found:
        raise Wrong(f"{what}里没有检查点")
    return found[1], int(found[2]), found[3], found[0]


def check_signature(note: str, key: str) -> None:
    """Raises Wrong unless that key signed the note."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, key_id, encoded = key.split("+", 2)
    public = base64.b64decode(encoded)
    if public[:1] != b"\1" or sha256(name.encode() + b"\n" + public)[:4].hex() != key_id:
        raise Wrong("公钥有误")
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        signer, raw = line[2:].split(" ")[0], base64.b64decode(line.rsplit(" ", 1)[1])
        if signer == name == note.split("\n")[0] and raw[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], (text + "\n").encode())
            except InvalidSignature:
                raise Wrong("签名不符") from None
            return
    raise Wrong("不是用这把密钥签名的")


def proofs_in(text: str) -> list[tuple[bytes, int, list[bytes], str]]:
    """The data of each entry, its index, its path and its checkpoint's text."""
    found = []
    for part in text.split(HEADER)[1:]:
        head, _, checkpoint = part.partition("\n\n")
        lines = head.split("\n")
        if len(lines) < 2 or not lines[0].startswith("extra ") or not lines[1].startswith("index "):
            raise Wrong("证明的格式不对")
        path = [base64.b64decode(line, validate=True) for line in lines[2:]]
        found.append((base64.b64decode(lines[0][6:], validate=True), int(lines[1][6:]), path, checkpoint))
    if not found:
        raise Wrong("文件里没有证明")
    return found


def entry_of(data: bytes) -> dict[str, Any]:
    """The entry behind its salt of 16 bytes; entries of before there was one have none."""
    try:
        entry: dict[str, Any] = json.loads(data[16:])
    except ValueError:
        entry = json.loads(data)
    return entry


def verified(text: str, kept: str) -> list[dict[str, Any]]:
    """The entries that a file proves against what was kept; raises Wrong."""
    origin, size, root, _ = checkpoint_in(kept, "留存的文件")
    entries: list[dict[str, Any]] = []
    before: tuple[dict[str, Any], str] | None = None
    for data, index, path, own in proofs_in(text):
        said = checkpoint_in(own, "证明")
        if said[:3] != (origin, size, root):
            raise Wrong(f"证明用的是 {said[1]} 条时的检查点，留存的是 {size} 条时的")
        record = sha256(data)
        if root_of(record, index, size, path) != base64.b64decode(root):
            raise Wrong(f"idx {index} 的一条不在留存的检查点之下")
        entry = entry_of(data)
        seq, prev = (before[0]["seq"] + 1, before[1]) if before else (1, "")
        if (entry["seq"], entry["prev"]) != (seq, prev) or (
            before and entry["matter"] != before[0]["matter"]
        ):
            raise Wrong(f"第 {entry['seq']} 条与上一条接不上")
        before = entry, record.hex()
        entries.append(entry)
    return entries


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("checkpoint", metavar="CHECKPOINT")
    parser.add_argument("--key", help="the public key; else the one that stands in CHECKPOINT")
    given = parser.parse_args()
    try:
        text = Path(given.checkpoint).read_text(encoding="utf-8-sig")
        entries = verified(Path(given.file).read_text(encoding="utf-8"), text)
        _, size, _, note = checkpoint_in(text, "留存的文件")
        named = KEY.search(text)
        key = given.key or (named[0] if named else "")
        if key:
            check_signature(note, key)
    except (Wrong, OSError, ValueError, KeyError, ImportError) as why:
        print(f"不成立：{why}")
        return 1
    for entry in entries:
        print(json.dumps(entry, ensure_ascii=False, sort_keys=True))
    signed = "签名有效" if key else "签名未核对：没有公钥"
    matter, count = entries[0]["matter"], len(entries)
    print(f"成立：{matter} 的 {count} 条留痕都在 {size} 条时的检查点之下；{signed}。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
