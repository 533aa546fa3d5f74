"""`quanmei words import`: the school's own list of words is laid down, or every bad row is named."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from bot.__main__ import app

LIST = "本校词表\n词,建议,说明\n哈工程,哈尔滨工程大学,简称易混\nWeChat,微信,\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_migrated: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUANMEI_DATABASE_URL", sqlite_migrated)


def bring_in(content: str, *more: str) -> Result:
    Path("words.csv").write_text(content, encoding="utf-8")
    return CliRunner().invoke(app, ["words", "import", "words.csv", *more])


def test_a_list_is_brought_in_and_the_next_takes_its_place() -> None:
    tried = bring_in(LIST, "--dry-run")
    first = bring_in(LIST)
    second = bring_in("词,说明\n哈工程,请写全称\n二校区,\n")

    assert "新增：哈工程、WeChat" in tried.output
    assert "试运行，没有写入。" in tried.output
    assert "词表：2 个词，新增 2，变更 0，去掉 0\n导入完成。" in first.output
    assert "新增：二校区\n变更：哈工程\n去掉：WeChat\n词表：2 个词，新增 1，变更 1，去掉 1" in second.output


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("建议", "词"), ("微信", "WeChat")):
        book.active.append(row)
    book.save(tmp_path / "words.xlsx")
    done = CliRunner().invoke(app, ["words", "import", "words.xlsx"])

    assert "词表：1 个词，新增 1" in done.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("名称\n哈工程\n", "没有找到表头"),
        ("词\n的\n", "至少 2 个字"),
        ("词\n哈工程\n哈工程\n", "写了不止一行"),
        (f"词,建议\n哈工程,{'长' * 61}\n", "最多 60 字"),
        ("", "没有找到表头"),
    ],
)
def test_what_cannot_stand_is_named_and_nothing_is_written(content: str, said: str) -> None:
    bring_in(LIST)
    refused = bring_in(content)

    assert refused.exit_code == 1
    assert said in refused.output
    assert "新增 0，变更 0，去掉 0" in bring_in(LIST).output
