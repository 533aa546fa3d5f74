"""The proof of one matter, checked by `verify.py` alone, and by nothing else where it was bent."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import verify
from tests.test_cli import DEMO, MIGRATED, _elsewhere, quanmei
from tests.test_cli_trail import signing

__all__ = ["_elsewhere"]
pytestmark = MIGRATED


@pytest.fixture
def proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A matter of several entries, proved in `proof` under the checkpoint in `kept`."""
    signing(monkeypatch, tmp_path)
    quanmei("import", str(DEMO))
    quanmei("unit", "rename", "2200", "智能学院")
    quanmei("unit", "rename", "2200", "智能工程学院党委")
    matter = "unit:2200"
    quanmei("audit", "checkpoint", "--out", "kept")
    made = quanmei("audit", "proof", matter, "--out", "proof", "--at", "kept")
    assert made.exit_code == 0, made.output
    return matter


def alone(*words: str) -> tuple[int, str]:
    """What `verify.py` says where nothing else of us is."""
    shutil.copy(verify.__file__, "verify.py")
    done = subprocess.run([sys.executable, "-I", "verify.py", *words], capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout


def test_one_file_checks_it_anywhere(proved: str) -> None:
    code, said = alone("proof", "kept")
    assert (code, said.count(f'"matter": "{proved}"')) == (0, 6)
    assert said.endswith("签名未核对：没有公钥。\n")

    key = Path("keys/quanmei.key").read_text(encoding="utf-8")
    public = str(verify_key(key))
    assert alone("proof", "kept", "--key", public)[0] == 0
    kept = Path("kept").read_text(encoding="utf-8")
    Path("chat").write_text(f"【留痕检查点】\n\n{kept}\n公钥 {public}", encoding="utf-8")
    assert alone("proof", "chat")[1].endswith("签名有效。\n")


def verify_key(private: str) -> object:
    from storage.notes import Signer

    return Signer.read(private.strip()).verifier


def test_without_a_posted_one_a_checkpoint_is_made_for_it(proved: str) -> None:
    assert quanmei("audit", "proof", proved, "--out", "again").exit_code == 0
    assert Path("again").read_text(encoding="utf-8") == Path("proof").read_text(encoding="utf-8")
    assert quanmei("audit", "proof", "FB-2099-0001", "--out", "none").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("\nindex 1", "\nindex 9", "位次超出检查点"),
        ("extra ", "extra AAAA", "不在留存的检查点之下"),
        ("index ", "where ", "证明的格式不对"),
        (verify.HEADER, "", "文件里没有证明"),
    ],
)
def test_what_was_bent_does_not_hold(proved: str, old: str, new: str, why: str) -> None:
    text = Path("proof").read_text(encoding="utf-8")
    Path("bent").write_text(text.replace(old, new), encoding="utf-8")
    code, said = alone("bent", "kept")
    assert (code, why in said) == (1, True), said


def test_another_checkpoint_or_key_does_not_hold(proved: str) -> None:
    quanmei("unit", "rename", "2200", "又一个名称")
    quanmei("audit", "checkpoint", "--out", "later")
    assert "留存的是" in alone("proof", "later")[1]

    half = verify.HEADER + Path("proof").read_text(encoding="utf-8").split(verify.HEADER)[2]
    Path("half").write_text(half, encoding="utf-8")
    assert "与上一条接不上" in alone("half", "kept")[1]
    other = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert "不是用这把密钥签名的" in alone("proof", "kept", "--key", other)[1]
