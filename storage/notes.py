"""Signed notes (c2sp.org/signed-note) with Ed25519: a text, a blank line, and who signed it.

A key is written as Go's `sumdb/note` writes it, so that other programs read ours: the public one
`<name>+<id>+<base64>`, the private one `PRIVATE+KEY+<name>+<id>+<base64>`.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
SIGNED = "— "
"""What a line of a signature begins with."""


class BadKey(ValueError):
    """A text that is no key; nothing of it is in the message."""


class BadNote(ValueError):
    """A text that is no signed note."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and its public key of 32 bytes."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that lead from a signature to its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """Raises BadKey."""
        name, key_id, public = _parts(text)
        found = cls(name, public)
        if found.id.hex() != key_id:
            raise BadKey("its id does not fit")
        return found

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and its private key: the 32 bytes of an Ed25519 seed."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key().public_key().public_bytes_raw())

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def written(self) -> str:
        """The key as it lies in its file."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_base64(_ED25519 + self.seed)}"

    @classmethod
    def read(cls, text: str) -> "Signer":
        """Raises BadKey."""
        if not text.startswith(_PRIVATE):
            raise BadKey("no private key")
        name, key_id, seed = _parts(text.removeprefix(_PRIVATE))
        found = cls(name, seed)
        if found.verifier.id.hex() != key_id:
            raise BadKey("its id does not fit")
        return found

    def sign(self, text: str) -> str:
        """The note: `text`, which ends with a newline, and the signature."""
        signature = self._key().sign(text.encode())
        return f"{text}\n{SIGNED}{self.name} {_base64(self.verifier.id + signature)}\n"


def opened(note: str, known: Iterable[Verifier]) -> tuple[str, tuple[Verifier, ...]]:
    """The text of a note and those of the known keys that signed it; raises BadNote where the shape is
    another, or where a signature that says it is of a known key is not."""
    text, blank, lines = note.rpartition("\n\n")
    signatures = lines.splitlines()
    if not blank or not signatures or not all(line.startswith(SIGNED) for line in signatures):
        raise BadNote("no signature below a blank line")
    by_key = {(one.name, one.id): one for one in known}
    found = []
    for line in signatures:
        name, _, encoded = line.removeprefix(SIGNED).partition(" ")
        raw = _bytes(encoded)
        if raw is None or len(raw) < 5:
            raise BadNote("a signature that cannot be read")
        if verifier := by_key.get((name, raw[:4])):
            if not verifier.signed(f"{text}\n", raw[4:]):
                raise BadNote("a signature that is not of its key")
            found.append(verifier)
    return f"{text}\n", tuple(found)


def _parts(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _bytes(encoded)
    if not name or any(one.isspace() for one in name) or raw is None or len(raw) != 33 or raw[:1] != _ED25519:
        raise BadKey("not <name>+<id>+<key> of Ed25519")
    return name, key_id, raw[1:]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None
