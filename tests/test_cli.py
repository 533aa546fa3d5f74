"""The command line: what each command prints, and with which exit code it ends."""

import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import demo, sheets
from bot.__main__ import app
from tests.rules.test_notice import FORM, whole

DEMO = Path(sheets.__file__).parent / "sandbox" / "data"
SCHOOL = ("units.csv", "people.csv", "media.csv")
RUNNER = CliRunner()
MIGRATED = pytest.mark.usefixtures("sqlite_migrated")
"""Where it is not migrating that is proved: it lies there as `quanmei.db` and is up to date."""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty directory and no settings but a database of this test's own."""
    for name in os.environ:
        if name.startswith("QUANMEI_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUANMEI_DATABASE_URL", f"sqlite://{tmp_path / 'quanmei.db'}")
    monkeypatch.setattr("bot.logs.set_up", lambda _: None)


def quanmei(*words: str) -> Result:
    return RUNNER.invoke(app, list(words))


def a_school(tmp_path: Path, **changed: str) -> Path:
    """The demo school in a folder, some of its files with other content."""
    folder = tmp_path / "school"
    folder.mkdir(exist_ok=True)
    for name in SCHOOL:
        text = changed.get(name.removesuffix(".csv")) or (DEMO / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_help_names_every_command() -> None:
    for words in (
        *((), ("demo",), ("serve",), ("migrate",), ("import",), ("export",), ("doctor",)),
        *(("calendar",), ("calendar", "show"), ("calendar", "import")),
        *(("audit",), ("audit", "verify"), ("audit", "export")),
        *(("letters",), ("letters", "dead"), ("letters", "resend"), ("words",), ("words", "import")),
    ):
        assert quanmei(*words, "--help").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("import",),
        ("import", "nowhere"),
        ("calendar", "show", "next"),
        ("calendar", "show", "1066"),
        ("letters", "resend"),
        ("letters", "resend", "abc", "--all"),
        ("demo", "--port", "70000"),
    ],
)
def test_wrong_use_ends_with_2(words: tuple[str, ...]) -> None:
    assert quanmei(*words).exit_code == 2


def test_an_import_says_how_many_rows_are_new_and_the_second_time_none() -> None:
    first, second = quanmei("import", str(DEMO)), quanmei("import", str(DEMO))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == (
        "单位：新增 11，变更 0，不变 0\n人员：新增 20，变更 0，不变 0\n"
        "台账：新增 5，变更 0，不变 0\n导入完成。\n"
    )
    assert second.stdout == (
        "单位：新增 0，变更 0，不变 11\n人员：新增 0，变更 0，不变 20\n"
        "台账：新增 0，变更 0，不变 5\n导入完成。\n"
    )


@MIGRATED
def test_a_dry_run_lists_the_changes_and_leaves_them_to_be_made(tmp_path: Path) -> None:
    quanmei("import", str(DEMO))
    units = (DEMO / "units.csv").read_text(encoding="utf-8").replace("2004001,2004002", "2004002,")
    folder = a_school(tmp_path, units=units)

    tried, done = quanmei("import", str(folder), "--dry-run"), quanmei("import", str(folder))

    assert tried.stdout == (
        "机电工程学院 第一责任人：王书记→吴副书记\n机电工程学院 副职：吴副书记→（空）\n"
        "单位：新增 0，变更 1，不变 10\n人员：新增 0，变更 0，不变 20\n"
        "台账：新增 0，变更 0，不变 5\n试运行，没有写入。\n"
    )
    assert "单位：新增 0，变更 1，不变 10" in done.stdout


@MIGRATED
def test_every_bad_row_is_listed_with_file_row_column_and_reason(tmp_path: Path) -> None:
    people = (DEMO / "people.csv").read_text(encoding="utf-8").replace("李老师,2100,教职工", ",2100,老师")

    result = quanmei("import", str(a_school(tmp_path, people=people)))

    assert result.exit_code == 1
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["有", "2", "处要改，什么也没有导入"] in lines
    assert ["people.csv", "12", "姓名", "不能为空"] in lines
    assert ["people.csv", "12", "身份", "身份“老师”不在可选范围：教职工、学生"] in lines


def test_files_that_cannot_be_read_are_listed_and_nothing_is_imported(tmp_path: Path) -> None:
    folder = a_school(tmp_path)
    (folder / "people.csv").write_bytes("工号,姓名\n1,李老师".encode("gbk"))

    result = quanmei("import", str(folder))

    assert result.exit_code == 1
    assert "不是 UTF-8 编码，请在 Excel 中另存为“CSV UTF-8”" in result.stdout
    assert "数据库" in quanmei("audit", "verify").stderr


def test_faulty_settings_are_all_named_with_2_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANMEI_PORT", "many")
    monkeypatch.setenv("QUANMEI_FEISHU_APP_ID", "cli_1")

    result = quanmei("serve")

    assert (result.exit_code, result.stdout) == (2, "")
    names = ("PORT", "SECRET_KEY", "FEISHU_APP_SECRET", "FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN")
    assert sorted(line.split()[0] for line in result.stderr.splitlines()) == sorted(
        f"QUANMEI_{name}" for name in names
    )


def test_a_misspelt_setting_is_named_by_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANMEI_DATABSE_URL", "sqlite://elsewhere.db")
    told = "不认识设置 QUANMEI_DATABSE_URL，程序不会读取它；是不是 QUANMEI_DATABASE_URL？\n"

    for words in (("migrate",), ("import", str(DEMO)), ("calendar", "show", "2026"), ("audit", "verify")):
        result = quanmei(*words)
        assert (result.exit_code, result.stderr) == (0, told)
    assert quanmei("serve").stderr.endswith(told)


@pytest.mark.parametrize(
    "words",
    [
        ("migrate",),
        ("serve",),
        ("import", str(DEMO)),
        ("calendar", "show", "2026"),
        ("audit", "verify"),
        ("letters", "dead"),
    ],
)
@pytest.mark.parametrize("place", ["postgres://a:b@127.0.0.1:1/x", "sqlite://{}"])
def test_an_unreachable_database_ends_with_1_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], place: str
) -> None:
    monkeypatch.setenv("QUANMEI_DATABASE_URL", place.format(tmp_path))
    monkeypatch.setenv("QUANMEI_SECRET_KEY", "s")
    for name in ("APP_ID", "APP_SECRET", "ENCRYPT_KEY", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"QUANMEI_FEISHU_{name}", "x")

    result = quanmei(*words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert [line[:7] for line in result.stderr.splitlines()] == ["数据库不可用："]


def test_serving_no_platform_ends_with_2_and_says_what_switches_one_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUANMEI_SECRET_KEY", "s")

    result = quanmei("serve")

    assert result.exit_code == 2
    assert result.stderr == (
        "没有接入任何平台，请至少设全一家：\n"
        "feishu: QUANMEI_FEISHU_APP_ID, QUANMEI_FEISHU_APP_SECRET, QUANMEI_FEISHU_ENCRYPT_KEY,"
        " QUANMEI_FEISHU_VERIFICATION_TOKEN\n"
        "wecom: QUANMEI_WECOM_CORP_ID, QUANMEI_WECOM_AGENT_ID, QUANMEI_WECOM_SECRET,"
        " QUANMEI_WECOM_TOKEN, QUANMEI_WECOM_ENCODING_AES_KEY\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", str(DEMO), "--dry-run"), 0, "试运行，没有写入。"),
        (("audit", "verify"), 1, "还没有数据库"),
        (("calendar", "show", "2026"), 0, "2026 年"),
        (("doctor",), 1, "数据库结构不是最新"),
    ],
)
def test_what_only_looks_creates_no_database(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = quanmei(*words)

    assert (result.exit_code, said in result.output) == (code, True)
    assert list(tmp_path.iterdir()) == []


@MIGRATED
def test_an_export_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    result = quanmei("audit", "export", "nowhere/trail.jsonl")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "不能写入 nowhere/trail.jsonl：没有这个文件或目录。\n"


@MIGRATED
@pytest.mark.parametrize("change", ["at = 'nonsense'", "note = x'ff'"])
def test_an_entry_of_nonsense_is_named(tmp_path: Path, change: str) -> None:
    quanmei("import", str(DEMO))
    with sqlite3.connect(tmp_path / "quanmei.db") as books:
        books.execute(f"UPDATE trail SET {change}")

    checked, exported = quanmei("audit", "verify"), quanmei("audit", "export", "trail.jsonl")

    assert (checked.exit_code, exported.exit_code) == (1, 1)
    assert "第 1 条，内容无法读取。" in checked.stdout
    assert "第 1 条无法读取" in exported.stderr


def test_a_year_before_all_official_ones_is_reckoned_and_says_so() -> None:
    assert quanmei("calendar", "show", "1900").stdout.startswith(
        "1900 年（没有这一年的官方放假安排，按周末和法定节日推算）\n"
    )


def test_migrating_twice_says_so() -> None:
    first, second = quanmei("migrate"), quanmei("migrate")

    assert first.stdout.startswith("已执行：0001_initial")
    assert (second.exit_code, second.stdout) == (0, "数据库结构已是最新。\n")


def test_a_database_without_tables_is_told_from_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "quanmei.db").touch()
    result = quanmei("audit", "verify")

    assert result.exit_code == 1
    assert result.stderr.startswith("数据库结构不是最新，请先运行 quanmei migrate（待执行：0001_initial")


def test_a_year_is_shown_before_there_is_any_table() -> None:
    result = quanmei("calendar", "show", "2026")

    assert result.exit_code == 0
    assert "春节：2月15日–23日放假；2月14日、2月28日上班\n" in result.stdout


def test_some_days_of_a_year_are_brought_in_and_then_shown(tmp_path: Path) -> None:
    (tmp_path / "2027.json").write_text(FORM, encoding="utf-8")

    tried = quanmei("calendar", "import", "2027.json", "--dry-run")
    assert tried.stdout.splitlines()[-1] == "试运行，没有写入。"
    assert "暂定" in quanmei("calendar", "show", "2027").stdout

    result = quanmei("calendar", "import", "2027.json")
    assert (result.exit_code, result.stdout) == (
        0,
        (
            "国务院办公厅 2027 年部分安排：放假 1 天，调休上班 1 天。\n"
            "其中没有春节、清明节、劳动节、端午节、中秋节、国庆节，不是全年的安排：其余日子照旧。\n"
            "2027-01-03（周日）：休息 → 上班（元旦）\n"
            "1 天的上班安排有变动。\n没有办理期限变动。\n导入完成。\n"
        ),
    )
    assert quanmei("calendar", "show", "2027").stdout.endswith(
        "依据：国务院办公厅 2027 年部分安排\n元旦：1月1日放假；1月3日上班\n"
    )


@MIGRATED
def test_the_state_councils_notice_is_brought_in_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(whole(2026), encoding="utf-8-sig")

    result = quanmei("calendar", "import", "通知.txt")

    assert result.stdout.startswith("国务院办公厅 2026 年安排：放假 33 天，调休上班 6 天。\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("放假通知".encode("gbk"), "a.txt 不是 UTF-8 编码的文本，请在记事本中另存为“UTF-8”。\n"),
        (b"{}", "a.txt：JSON 中应有 year、holidays、workdays 三项。\n"),
    ],
)
def test_a_notice_that_cannot_be_read_ends_with_1(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)

    result = quanmei("calendar", "import", "a.txt")

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", reason)


def on_the_database(tmp_path: Path, sql: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "quanmei.db")) as connection, connection:
        connection.execute(sql)


@MIGRATED
def test_dead_letters_are_listed_and_sent_again(tmp_path: Path) -> None:
    quanmei("import", str(DEMO))
    empty = quanmei("letters", "dead")
    assert empty.stdout == "没有未送达的消息。\n"
    created = int(datetime.now().timestamp() * 1000)  # noqa: DTZ005
    on_the_database(
        tmp_path,
        "INSERT INTO letters (id, kind, platform, person, account, template, args, lane, target, urgent,"
        " state, attempts, created_at, next_at, message_id, response_codes, closed, error) VALUES"
        " ('abc', 'send', 'wecom', '2008001', 'lilaoshi', 'status', '{}', 'notice', '', 0,"
        f" 'dead', 9, {created}, {created}, '', '', 0, '81013')",
    )

    listed = quanmei("letters", "dead").stdout.splitlines()[1].split()
    assert [listed[0], *listed[-4:]] == ["abc", "李老师", "wecom", "status", "平台没有收下（81013）"]

    unknown = quanmei("letters", "resend", "xyz")
    assert (unknown.exit_code, unknown.stderr) == (1, "没有 ID 为 xyz 的未送达消息。\n")
    assert quanmei("letters", "resend", "abc").stdout == "1 条消息已排队重发。\n"
    assert quanmei("letters", "resend", "--all").stdout == "0 条消息已排队重发。\n"


def test_doctor_ends_with_1_while_something_keeps_the_bot_from_work() -> None:
    result = quanmei("doctor")

    assert result.exit_code == 1
    assert "✗ 没有设置 QUANMEI_SECRET_KEY\n  → 设为一串随机字符" in result.stdout
    assert "✗ 数据库结构不是最新\n  → 运行 quanmei migrate。\n" in result.stdout


def test_demo_ends_as_its_story_does(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def played(*, once: bool, port: int | None) -> int:
        asked.append((once, port))
        return 1

    monkeypatch.setattr(demo, "run", played)

    assert quanmei("demo", "--once", "--port", "8091").exit_code == 1
    assert asked == [(True, 8091)]


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "bot", "calendar", "show", "2026"]
    root = Path(sheets.__file__).parents[1]

    done = subprocess.run(
        words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("2026 年\n")
