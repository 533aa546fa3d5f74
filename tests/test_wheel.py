"""The wheel: everything is in it, and what it installs starts by itself, far from the sources."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.test_layers import FOLDERS, ROOT

BESIDE = ("pyproject.toml", "README.md", "LICENSE")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
LONGEST = 120
"""Seconds for a step: building takes about five."""


def run(*words: str | Path, at: Path, **environment: str) -> str:
    """What a command prints, run without this process's own settings; fails with what it complained of."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("QUANMEI_", "PYTHON"))}
    done = subprocess.run(
        list(map(str, words)), cwd=at, env=kept | environment, capture_output=True, text=True, timeout=LONGEST
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: a build leaves files behind, and takes what an earlier one left."""
    place = tmp_path_factory.mktemp("wheel")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, place / "src" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, place / "src")
    alone = ("--no-build-isolation", "--no-deps", "--no-index")
    run(*PIP, "wheel", *alone, "--wheel-dir", place, place / "src", at=place)
    return next(place.glob("quanmei-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; its dependencies are those of this one.

    A path in a `.pth` is added as it is: the finder of an editable checkout that lies there stays asleep.
    """
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel, at=place)
    packages = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return place


def test_every_file_of_the_four_folders_is_in_the_wheel(wheel: Path) -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}

    assert wanted - set(ZipFile(wheel).namelist()) == set()


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    places = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}

    assert {place for place in places if not place.endswith(".dist-info")} == set(FOLDERS)


def test_it_is_the_wheels_own_code_that_runs(installed: Path, tmp_path: Path) -> None:
    code = f"import {', '.join(FOLDERS)}; print(*(m.__file__ for m in ({', '.join(FOLDERS)})), sep='\\n')"
    files = run(installed / "bin" / "python", "-c", code, at=tmp_path).split()

    assert [file for file in files if not Path(file).is_relative_to(installed)] == []


def test_an_installed_wheel_starts_in_an_empty_directory(installed: Path, tmp_path: Path) -> None:
    quanmei = installed / "bin" / "quanmei"

    assert "serve" in run(quanmei, "--help", at=tmp_path)
    assert "2026" in run(quanmei, "calendar", "show", "2026", at=tmp_path)
    assert "0001_initial" in run(quanmei, "migrate", at=tmp_path)
