"""The trail on the command line: what imports leave in it, verified and exported."""

import getpass
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import keys
from bot.config import Config
from storage.notes import Signer
from tests.test_cli import DEMO, MIGRATED, SCHOOL, _elsewhere, a_school, on_the_database, quanmei

__all__ = ["_elsewhere"]
pytestmark = MIGRATED
OPERATIONS = Path(__file__).parents[1] / "docs" / "operations.md"


def exported(tmp_path: Path) -> list[dict[str, Any]]:
    """The trail as `audit export` writes it, which `audit verify` must call whole."""
    assert quanmei("audit", "verify").exit_code == 0
    assert quanmei("audit", "export", str(tmp_path / "trail.jsonl")).exit_code == 0
    return [json.loads(line) for line in (tmp_path / "trail.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_trail_says_who_replaced_a_head_and_granted_a_role_out_of_which_files(tmp_path: Path) -> None:
    quanmei("import", str(DEMO))
    before = exported(tmp_path)
    units = (DEMO / "units.csv").read_text(encoding="utf-8").replace("2004001,2004002", "2004002,")
    people = (DEMO / "people.csv").read_text(encoding="utf-8").replace("辅导员,", "辅导员,中心审批人")
    folder = a_school(tmp_path, units=units, people=people)

    assert quanmei("import", str(folder)).exit_code == 0
    assert quanmei("import", str(folder)).exit_code == 0

    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SCHOOL}
    sources = {name: f"{name} sha256 {hashes[name]}" for name in SCHOOL}
    added = [entry for entry in exported(tmp_path) if entry not in before]
    (counts,) = [entry for entry in added if entry["matter"].startswith("import:")]
    assert counts["note"] == (
        f"units +0 ~1; people +0 ~1; media +0 ~0; {sources['media.csv']}; {sources['people.csv']};"
        f" {sources['units.csv']}"
    )
    assert {entry["actor"] for entry in added} == {f"cli:{getpass.getuser()}"}
    singles = [entry for entry in added if entry is not counts]
    assert [(e["matter"], e["before"], e["after"], e["note"]) for e in singles] == [
        ("person:2008002", "", "中心审批人", f"roles; {sources['people.csv']}"),
        ("unit:2100", "2004001", "2004002", f"first_responsible; {sources['units.csv']}"),
        ("unit:2100", "2004002", "", f"deputies; {sources['units.csv']}"),
    ]


def test_the_trail_names_who_laid_a_year_down_and_a_name_that_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    year = tmp_path / "2027.json"
    year.write_text('{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {}}', encoding="utf-8")
    for _ in range(2):
        assert quanmei("calendar", "import", str(year)).exit_code == 0

    sha256 = hashlib.sha256(year.read_bytes()).hexdigest()
    assert [(e["matter"], e["act"], e["actor"], e["note"]) for e in exported(tmp_path)] == [
        ("calendar:2027", "calendar", f"cli:{os.getuid()}", f"part, 1 days; 2027.json sha256 {sha256}"),
    ]


def test_the_trail_is_verified_exported_and_its_first_broken_entry_named(tmp_path: Path) -> None:
    quanmei("import", str(DEMO))
    whole_trail, export = quanmei("audit", "verify"), quanmei("audit", "export", "trail.jsonl")
    entries = exported(tmp_path)
    count, entry = len(entries), entries[0]

    assert (whole_trail.exit_code, whole_trail.stdout) == (0, f"共 {count} 条留痕，完整无缺，与申请一致。\n")
    assert (export.exit_code, export.stdout) == (0, f"已导出 {count} 条到 trail.jsonl。\n")
    assert (entry["seq"], entry["prev"], len(entry["hash"])) == (1, "", 64)

    script = re.search(
        r"python3 - trail.jsonl <<'PY'\n(.*?)PY\n", OPERATIONS.read_text(encoding="utf-8"), re.S
    )
    assert script
    alone = [sys.executable, "-", "trail.jsonl"]
    assert subprocess.run(alone, input=script[1], capture_output=True, encoding="utf-8").stdout == "whole\n"

    on_the_database(tmp_path, "UPDATE trail SET note = 'units +1'")
    broken = quanmei("audit", "verify")
    assert (broken.exit_code, broken.stdout) == (
        1,
        f"留痕有损：{entry['matter']} 第 1 条，内容被改动过。\n",
    )


def signing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A key in a file of its own, as `serve` makes it."""
    file = tmp_path / "keys" / "quanmei.key"
    monkeypatch.setenv("QUANMEI_KEY_FILE", str(file))
    keys.signer(Config.load(need_secret=False), make=True)
    return file


def test_what_was_kept_finds_what_a_resealed_trail_hides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quanmei("import", str(DEMO))
    assert quanmei("audit", "checkpoint").exit_code == 2  # no key

    key = signing(monkeypatch, tmp_path)
    assert key.stat().st_mode & 0o777 == 0o600
    assert quanmei("audit", "checkpoint", "--out", "kept.txt").exit_code == 0
    kept = Path("kept.txt").read_text(encoding="utf-8")
    assert quanmei("audit", "checkpoint").stdout == kept
    Path("chat.txt").write_text(f"【留痕检查点】\n截至…\n\n{kept}\n公钥 …", encoding="utf-8")
    whole = quanmei("audit", "verify", "--against", "kept.txt", "--against", "chat.txt")
    assert (whole.exit_code, "与 2 个留存的检查点相符" in whole.stdout) == (0, True)

    Path("nothing.txt").write_text("你好", encoding="utf-8")
    assert quanmei("audit", "verify", "--against", "nothing.txt").exit_code == 2

    Path("keys/quanmei.key").unlink()
    lost = quanmei("audit", "checkpoint")
    assert (lost.exit_code, "serve 第一次启动时会生成" in lost.stderr) == (2, True)
    signing(monkeypatch, tmp_path)
    unknown = quanmei("audit", "verify", "--against", "kept.txt")
    assert (unknown.exit_code, "不是用已知的密钥签名的" in unknown.stdout) == (1, True)


def test_a_key_that_was_replaced_stays_known_where_its_file_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = signing(monkeypatch, tmp_path)
    old = Signer.read(file.read_text(encoding="utf-8").strip()).verifier
    quanmei("import", str(DEMO))
    quanmei("audit", "checkpoint", "--out", "kept.txt")
    file.unlink()
    signing(monkeypatch, tmp_path)
    file.write_text(f"{file.read_text(encoding='utf-8')}{old}\n", encoding="utf-8")

    assert quanmei("audit", "verify", "--against", "kept.txt").exit_code == 0
    file.write_text("no key", encoding="utf-8")
    assert quanmei("audit", "checkpoint").exit_code == 2
    monkeypatch.delenv("QUANMEI_KEY_FILE")
    monkeypatch.setenv("QUANMEI_SECRET_KEY", "a secret of our own")
    derived = [quanmei("audit", "checkpoint").stdout for _ in range(2)]
    assert derived[0] == derived[1]
    assert "127.0.0.1:8080/quanmei" in derived[0]


def test_what_cannot_be_read_is_said_in_words_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing(monkeypatch, tmp_path)
    quanmei("import", str(DEMO))
    quanmei("audit", "checkpoint", "--out", "kept")
    kept = Path("kept").read_text(encoding="utf-8")
    Path("theirs").write_text(kept.replace("127.0.0.1:8080", "other.example"), encoding="utf-8")
    Path("cut").write_text(kept[:60], encoding="utf-8")
    before = exported(tmp_path)

    told = [
        (("audit", "verify", "--against", "nowhere"), "没有这个文件：nowhere。"),
        (("audit", "verify", "--against", "keys"), "keys 是一个目录，请给一个文件。"),
        (("audit", "verify", "--against", "cut"), "cut 里没有检查点"),
        (("audit", "verify", "--against", "theirs"), "检查点是 other.example/quanmei 的，不是本系统"),
        (("import", "nowhere"), "没有这个文件：nowhere。"),
        (("restore", "keys"), "keys 是一个目录，请给一个文件。"),
        (("audit", "export", "keys"), "keys 是一个目录，请写明文件名。"),
    ]
    for words, why in told:
        done = quanmei(*words)
        assert (done.exit_code, why in done.stderr) == (2, True), (words, done.output)
    unproved = quanmei("audit", "proof", "unit:2200", "--out", "proof", "--at", "theirs")
    assert (unproved.exit_code, "不能据以证明" in unproved.stderr) == (1, True)

    Path("keys/quanmei.key").write_text("no key", encoding="utf-8")
    warned = quanmei("audit", "verify", "--against", "kept")
    assert (warned.exit_code, "只用留痕里记下的公钥核对" in warned.stderr) == (1, True)
    assert exported(tmp_path) == before
