"""Signed notes and checkpoints against the example of Go's `sumdb/note`, and against whoever bends one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import checkpoints
from storage.merkle import Frontier, leaf
from storage.notes import BadKey, BadNote, Signer, Verifier, opened

PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
SIGNED = f"— PeterNeumann {_SIGNATURE}\n"
GO_SUM = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SIGNER = Signer("media.example.edu.cn/quanmei", bytes(range(32)))
TREE = Frontier().grown([leaf(b"one"), leaf(b"two"), leaf(b"three")])


def test_a_note_is_signed_as_go_signs_it() -> None:
    signer = Signer.read(PRIVATE)

    assert signer.sign(TEXT) == f"{TEXT}\n{SIGNED}"
    assert (str(signer.verifier), signer.written()) == (PUBLIC, PRIVATE)
    assert opened(f"{TEXT}\n{SIGNED}", [Verifier.read(PUBLIC)]) == (TEXT, (signer.verifier,))
    assert str(Verifier.read(GO_SUM)) == GO_SUM


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        PRIVATE,
        PUBLIC.replace("c74f", "c74e"),
        PUBLIC.replace("ARpc", "ARpd"),
        f"{PUBLIC}AAAA",
        "+c74f20a3+",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        Verifier.read(text)
    with pytest.raises(BadKey):
        Signer.read(text.removeprefix("PRIVATE+KEY+"))


@given(st.integers(0, len(TEXT) - 2), st.characters(codec="utf-8"))
def test_a_changed_note_is_not_signed(at: int, put: str) -> None:
    note = f"{TEXT[:at]}{put}{TEXT[at + 1 :]}\n{SIGNED}"
    if note != f"{TEXT}\n{SIGNED}":
        with pytest.raises(BadNote):
            opened(note, [Verifier.read(PUBLIC)])


def test_a_signature_of_somebody_else_says_nothing() -> None:
    assert opened(f"{TEXT}\n{SIGNED}", [SIGNER.verifier]) == (TEXT, ())
    for bad in (TEXT, f"{TEXT}\n", f"{TEXT}\nPeterNeumann\n", f"{TEXT}\n— PeterNeumann x08g\n"):
        with pytest.raises(BadNote):
            opened(bad, [Verifier.read(PUBLIC)])


def test_a_checkpoint_is_found_in_what_was_copied_from_a_chat() -> None:
    made = checkpoints.made(TREE, SIGNER)
    blanks = made.note.replace("\n", "  \r\n")
    copied = f"【留痕检查点】\n说明…\n{blanks}公钥：…\n{made.note}".strip()

    assert made.note.splitlines()[:2] == ["media.example.edu.cn/quanmei", "3"]
    assert len(made.note.encode()) < 220
    assert checkpoints.within(copied) == [made, made]
    assert checkpoints.signed_by(made, [SIGNER.verifier]) == SIGNER.verifier


def test_a_checkpoint_of_another_log_or_key_is_nobodys() -> None:
    made = checkpoints.made(TREE, SIGNER)
    [larger] = checkpoints.within(made.note.replace("\n3\n", "\n4\n"))
    other = Signer(SIGNER.name, bytes(32))

    assert checkpoints.signed_by(larger, [SIGNER.verifier]) is None
    assert checkpoints.signed_by(made, [other.verifier]) is None
    assert checkpoints.within(made.note.replace("\n3\n", "\n03\n")) == []
    assert checkpoints.within(made.note.replace("— ", "- ")) == []
