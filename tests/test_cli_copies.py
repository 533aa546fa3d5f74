"""Backup, restore and prune: what is written, what is refused, and what is said to be missing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import listening
from tests.test_cli import DEMO, MIGRATED, _elsewhere, on_the_database, quanmei
from tests.test_cli_trail import exported, signing

__all__ = ["_elsewhere"]
pytestmark = MIGRATED


@pytest.fixture(autouse=True)
def school(sqlite_migrated: str, _elsewhere: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signing(monkeypatch, tmp_path)
    monkeypatch.setenv("QUANMEI_PORT", "18399")
    quanmei("import", str(DEMO))


def backed_up() -> None:
    done = quanmei("backup", "copy.db")
    assert done.exit_code == 0, done.output


def test_a_copy_is_whole_by_itself_and_nobody_elses_to_read(tmp_path: Path) -> None:
    backed_up()

    assert Path("copy.db").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.glob("*copy.db*")) == ["copy.db"]
    assert quanmei("backup", "copy.db").exit_code == 2  # what is there stays
    with closing(sqlite3.connect("copy.db")) as copy, closing(sqlite3.connect("quanmei.db")) as now:
        count = "SELECT COUNT(*) FROM trail"
        assert copy.execute(count).fetchone() == now.execute(count).fetchone()


def test_a_broken_database_gives_no_copy(tmp_path: Path) -> None:
    on_the_database(tmp_path, "UPDATE trail SET note = 'bent' WHERE idx = 3")
    done = quanmei("backup", "copy.db")

    assert (done.exit_code, "没有通过核对" in done.stderr) == (1, True)
    assert list(tmp_path.glob("*copy.db*")) == []


def test_what_is_put_back_says_what_it_lacks(tmp_path: Path) -> None:
    backed_up()
    before = len(exported(tmp_path))
    quanmei("unit", "rename", "2200", "智能学院")
    assert quanmei("audit", "checkpoint", "--out", "kept").exit_code == 0

    done = quanmei("restore", "copy.db", "--against", "kept")
    assert done.exit_code == 0, done.output
    assert "缺少其后的 1 条留痕" in done.stdout
    assert len(list(tmp_path.glob("quanmei.db.before-*"))) >= 1
    entries = exported(tmp_path)
    assert (len(entries), entries[-1]["act"]) != (before, "")
    assert [one["note"] for one in entries if one["act"] == "restore"] == [
        f"copy.db; {before} entries; lacks 1"
    ]
    assert quanmei("audit", "verify", "--against", "kept").exit_code == 1


def test_what_does_not_fit_is_not_put_back(tmp_path: Path) -> None:
    backed_up()
    quanmei("audit", "checkpoint", "--out", "kept")
    with closing(sqlite3.connect("copy.db")) as copy, copy:
        copy.execute(
            "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('quanmei', '9999_x', '')"
        )
    newer = quanmei("restore", "copy.db")
    assert (newer.exit_code, "来自更新的版本（9999_x）" in newer.stderr) == (1, True)

    with closing(sqlite3.connect("copy.db")) as copy, copy:
        copy.execute("DELETE FROM tortoise_migrations WHERE name = '9999_x'")
        copy.execute("UPDATE trail SET note = 'bent' WHERE idx = 3")
    assert "内容被改动过" in quanmei("restore", "copy.db").stderr

    Path("other.db").write_text("no database", encoding="utf-8")
    assert "不是本系统的数据库" in quanmei("restore", "other.db").stderr
    with closing(listening.bound("127.0.0.1", 18399)):
        assert "请先停止 quanmei serve" in quanmei("restore", "copy.db").stderr
    assert list(tmp_path.glob("quanmei.db.before-*")) == []
    assert quanmei("audit", "verify", "--against", "kept").exit_code == 0


def test_prune_lets_go_of_claims_and_of_no_entry(tmp_path: Path) -> None:
    on_the_database(tmp_path, "INSERT INTO claims (key, at) VALUES ('old', 1), ('older', 0)")
    before = exported(tmp_path)

    assert "将清除" in quanmei("prune", "--dry-run").stdout
    assert "键 2 个" in quanmei("prune", "--dry-run").stdout
    assert "键 2 个" in quanmei("prune").stdout
    assert "键 0 个" in quanmei("prune").stdout
    assert exported(tmp_path) == before
