"""The export: a workbook which an import takes back without any change."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import Result

from bot import export, sheets
from handlers.rules.import_cells import COLUMNS, TableKind, tidy
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan, plan
from storage.records import Identity, Medium, MediumState, Person, Role, Unit, UnitKind
from storage.vocabulary import PLATFORM_TYPES
from tests.test_cli import DEMO, quanmei

TODAY = date(2026, 11, 23)
WORDS = st.text("机电之声 =+-@'\"<&;,、_x0041%", min_size=1, max_size=12).map(tidy).filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31)) | st.none()
UNITS = st.sampled_from(["1000", "02", "x-1"])
PEOPLE = ("0101", "0102", "103")
STAFF = st.sampled_from(PEOPLE)


def units(names: list[str], deputies: list[str]) -> list[Unit]:
    kinds = (UnitKind.PARTY_COMMITTEE, UnitKind.PARTY_UNIT, UnitKind.INNER)
    codes = ("1000", "02", "x-1")
    parents = ("", "1000", "02")
    held = ((), tuple(deputies), ())
    return [Unit(*fields) for fields in zip(codes, names, kinds, parents, ("", "103", ""), held, strict=True)]


def people(key: str) -> st.SearchStrategy[Person]:
    plain = st.sampled_from(["", f"a{key}", f"=a{key}"])
    return st.builds(
        Person,
        id=st.just(key),
        name=WORDS.map(lambda text: text.replace(" ", "")).filter(bool),
        unit=UNITS,
        title=WORDS,
        roles=st.frozensets(st.sampled_from(list(Role))),
        wecom=plain,
        feishu=plain,
        mobile=st.sampled_from(["", "045186410000", "138 0000"]),
        email=st.sampled_from(["", "a@hit.edu.cn"]),
        left_on=DAYS,
    )


def ledger(names: list[str]) -> st.SearchStrategy[list[Medium]]:
    one = st.builds(
        Medium,
        no=st.just(""),
        name=st.just(""),
        platform_type=st.sampled_from(PLATFORM_TYPES) | st.just("自办平台"),
        unit=UNITS,
        operator=STAFF,
        admins=st.lists(STAFF, max_size=3, unique=True).map(tuple),
        account=st.just("") | WORDS,
        filed_on=DAYS,
        state=st.sampled_from(list(MediumState)),
    )
    return st.lists(one, min_size=len(names), max_size=len(names)).map(
        lambda media: [
            replace(m, no=f"QM-{n:04d}", name=name)
            for n, (m, name) in enumerate(zip(media, names, strict=True), 8)
        ]
    )


SCHOOLS = st.tuples(
    st.builds(units, st.lists(WORDS, min_size=3, max_size=3), st.lists(STAFF, max_size=2, unique=True)),
    st.tuples(*map(people, PEOPLE)).map(list),
    st.lists(WORDS, max_size=4, unique=True).flatmap(ledger),
)


def brought_back(of: tuple[list[Unit], list[Person], list[Medium]]) -> Plan:
    """The plan of an import of the export of a database that has just this."""
    existing = Existing(
        {unit.code: unit for unit in of[0]},
        {person.id: person for person in of[1]},
        {medium.no: medium for medium in of[2]},
        20,
    )
    with TemporaryDirectory() as folder:
        file = Path(folder, "school.xlsx")
        export.write(export.tables(*of), file)
        found = sheets.read(file)
    assert (found.problems, found.warnings) == ([], [])
    return plan(found.tables, existing, TODAY)


@settings(max_examples=60)
@given(SCHOOLS)
def test_an_export_that_is_imported_changes_nothing(
    of: tuple[list[Unit], list[Person], list[Medium]],
) -> None:
    back = brought_back(of)

    assert (back.problems, back.changes) == ((), ())
    assert (back.units, back.people, back.media, back.last_number) == ((), (), (), 20)
    assert [back.counts[kind].unchanged for kind in TableKind] == [len(of[0]), len(of[1]), len(of[2])]


def test_a_medium_that_only_students_run_by_now_is_taken_back_too() -> None:
    student = Person("0101", "陈同学", "02", Identity.STUDENT)
    staff = Person("103", "王书记", "02")
    of = (units(["校", "院", "室"], []), [student, staff], [Medium("QM-0001", "声", "微博", "02", "0101")])

    assert (brought_back(of).problems, brought_back(of).changes) == ((), ())


def test_the_sheets_have_the_columns_of_the_import_in_its_order(tmp_path: Path) -> None:
    file = tmp_path / "school.xlsx"
    export.write(export.tables([], [], []), file)
    book = openpyxl.load_workbook(file)

    assert {sheet.title: [cell.value for cell in sheet[1]] for sheet in book} == {
        str(kind): [column.name for column in columns] for kind, columns in COLUMNS.items()
    }


@pytest.mark.parametrize("name", ["=1+1", "+1", "@A1", "0012"])
def test_a_cell_is_text_whatever_it_begins_with(tmp_path: Path, name: str) -> None:
    file = tmp_path / "school.xlsx"
    export.write(export.tables([Unit("1", name, UnitKind.PARTY_COMMITTEE)], [], []), file)
    cell = openpyxl.load_workbook(file)["units"]["B2"]

    assert (cell.value, cell.data_type) == (name, "s")


def test_a_name_from_before_text_was_cleaned_breaks_no_export(tmp_path: Path) -> None:
    file = tmp_path / "school.xlsx"
    export.write(export.tables([Unit("1", "机电\x01学\x0b院\u202e", UnitKind.PARTY_COMMITTEE)], [], []), file)

    assert openpyxl.load_workbook(file)["units"]["B2"].value == "机电学\n院"


@pytest.fixture
def exported(sqlite_migrated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """The demo school, imported and exported to school.xlsx."""
    monkeypatch.setenv("QUANMEI_DATABASE_URL", sqlite_migrated)
    monkeypatch.chdir(tmp_path)
    quanmei("import", str(DEMO))
    return quanmei("export", "school.xlsx")


def test_an_export_says_how_many_rows_it_has(exported: Result) -> None:
    assert (exported.exit_code, exported.stdout) == (
        0,
        "已导出到 school.xlsx：单位 11 行，人员 20 行，台账 5 行。\n",
    )


def test_the_exported_demo_school_comes_back_unchanged(exported: Result) -> None:
    assert quanmei("import", "school.xlsx").stdout == (
        "单位：新增 0，变更 0，不变 11\n人员：新增 0，变更 0，不变 20\n"
        "台账：新增 0，变更 0，不变 5\n导入完成。\n"
    )


def test_only_its_owner_reads_what_was_exported(exported: Result, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "school.xlsx").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("nowhere/school.xlsx", 1, "没有导出，不能写入 nowhere/school.xlsx：没有这个文件或目录。"),
        ("school.csv", 2, "导出的是 .xlsx 表格，请把文件名改成 school.xlsx。"),
    ],
)
def test_a_file_that_cannot_be_written_is_named(exported: Result, file: str, code: int, said: str) -> None:
    refused = quanmei("export", file)
    assert (refused.exit_code, refused.stderr.strip()) == (code, said)
