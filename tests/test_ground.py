"""The ground the tests stand on."""

import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

ROOT = Path(__file__).parent.parent
SKIPS = """
import pytest

def test_one():
    pytest.skip("no such server")

@pytest.mark.xfail
def test_two():
    assert False

def test_three():
    pass
"""
MODULE_SKIPS = 'import pytest\npytest.importorskip("no_such_module")\n'


def run_pytest(path: Path, source: str, ci: str) -> tuple[int, str]:
    """Exit code and summary of a session with our conftest."""
    file = path / "test_it.py"
    file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-rs"]
    done = subprocess.run(
        [*command, "--rootdir", str(path), str(file)],
        cwd=ROOT,
        env={**os.environ, "CI": ci, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_skip_names_its_reason_and_passes_here(tmp_path: Path) -> None:
    code, out = run_pytest(tmp_path, SKIPS, ci="")

    assert code == 0
    assert "no such server" in out
    assert "1 passed, 1 skipped, 1 xfailed" in out


def test_a_skip_fails_in_ci(tmp_path: Path) -> None:
    code, out = run_pytest(tmp_path, SKIPS, ci="true")

    assert code == 1
    assert "no such server" in out
    assert "1 failed, 1 passed, 1 xfailed" in out


def test_a_skipped_module_fails_in_ci(tmp_path: Path) -> None:
    code, out = run_pytest(tmp_path, MODULE_SKIPS, ci="true")

    assert code != 0
    assert "no_such_module" in out


def test_the_last_lines_name_what_failed(tmp_path: Path) -> None:
    broken = "def test_one(nothing):\n    pass\n\n\ndef test_two():\n    assert False\n"
    code, out = run_pytest(tmp_path, broken, ci="")

    assert code == 1
    assert [line.partition("::")[::2] for line in out.splitlines()[-2:]] == [
        ("failed: test_it.py", "test_one"),
        ("failed: test_it.py", "test_two"),
    ]


@pytest.mark.parametrize("turn", [1, 2])
async def test_every_test_has_an_empty_postgres_of_its_own(postgres_url: str, turn: int) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        before = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        await connection.execute("CREATE TABLE kept (turn integer)")
    finally:
        await connection.close()

    assert before == 0
