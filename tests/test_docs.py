"""The documents say what the program has: no more, no less."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer import Typer

from bot import sheets
from bot.__main__ import app
from bot.config import PREFIX, Config
from bot.platforms.settings import FeishuSettings, WecomSettings
from cards.phrases import STATES, act
from handlers.kinds.process import SUPPLEMENTS
from handlers.rules.drafted import DRAFTED
from handlers.rules.import_rows import Existing
from handlers.rules.imports import plan
from handlers.rules.lifecycle import DECISIONS, NEXT
from handlers.settings import SETTINGS as GAPS
from handlers.table import COMMANDS, OPERATIONS
from storage.records import Act, State
from storage.steps import Step, StepRole, Verb

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
SETTINGS = (*READMES, "docs/operations.md")
PAGES = sorted(str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
LARGEST_IMAGE = 400_000
TODAY = date(2026, 11, 23)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def rows(page: str) -> Iterator[list[str]]:
    """The cells of every table row, without the marks of code."""
    for line in text_of(page).splitlines():
        if line.startswith("| "):
            yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def edges(page: str) -> set[tuple[str, str, str]]:
    """From, act and to of every arrow in the diagram of states."""
    found = re.findall(r"^ +(\S+) --> (\S+): (.+)$", text_of(page), re.MULTILINE)
    return {(start, act.split()[-1], end) for start, end, label in found for act in label.split(" / ")}


def commands_of(typer: Typer, before: str = "quanmei") -> Iterator[str]:
    for command in typer.registered_commands:
        assert command.callback
        yield f"{before} {command.name or command.callback.__name__}"
    for group in typer.registered_groups:
        assert group.typer_instance
        yield from commands_of(group.typer_instance, f"{before} {group.name}")


def names_of(settings: type, group: str = "") -> set[str]:
    names = {f.name for f in fields(settings)} - {"feishu", "wecom", "unknown"}
    return {f"{PREFIX}{group}{name}".upper() for name in names}


@pytest.mark.parametrize("page", READMES)
def test_the_diagram_has_every_transition_of_the_table(page: str) -> None:
    table = {
        (state.value, act.value, after.value) for state, acts in NEXT.items() for act, after in acts.items()
    }

    assert edges(page) == table | {("[*]", Act.SUBMIT.value, State.IN_REVIEW.value)}


@pytest.mark.parametrize("page", READMES)
def test_the_diagram_calls_every_state_what_cards_call_it(page: str) -> None:
    named = dict(re.findall(r'^ +state "(.+)" as (\w+)$', text_of(page), re.MULTILINE))

    assert named == {words: state.value for state, words in STATES.items()}


@pytest.mark.parametrize("page", READMES)
def test_the_diagram_ends_where_nothing_can_follow(page: str) -> None:
    ends = set(re.findall(r"^ +(\w+) --> \[\*\]$", text_of(page), re.MULTILINE))

    assert ends == {state.value for state, acts in NEXT.items() if not acts}


@pytest.mark.parametrize("page", READMES)
def test_every_chat_command_stands_in_the_table_as_it_is_used(page: str) -> None:
    listed = [(cells[0], cells[1]) for cells in rows(page) if cells[0].startswith("/") and len(cells) == 3]

    assert listed == [(command.usage, command.alias) for command in COMMANDS]


@pytest.mark.parametrize("page", READMES)
def test_every_command_of_the_command_line_stands_in_the_table(page: str) -> None:
    listed = [cells[0] for cells in rows(page) if cells[0].startswith("quanmei ")]

    assert sorted(listed) == sorted(commands_of(app))


@pytest.mark.parametrize("page", SETTINGS)
def test_every_setting_stands_in_the_table(page: str) -> None:
    listed = [cells[0] for cells in rows(page) if cells[0].startswith(PREFIX)]
    platforms = names_of(FeishuSettings, "FEISHU_") | names_of(WecomSettings, "WECOM_")

    assert sorted(listed) == sorted(names_of(Config) | platforms)


@pytest.mark.parametrize("page", SETTINGS)
def test_every_default_is_the_real_one(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = {cells[0]: cells[1] for cells in rows(page) if cells[0].startswith(PREFIX)}
    for name in listed:
        monkeypatch.delenv(name, raising=False)
    config = Config.load(need_secret=False)
    real = {name: getattr(config, name.removeprefix(PREFIX).lower()) for name in names_of(Config)}
    for group, settings in (("FEISHU_", FeishuSettings), ("WECOM_", WecomSettings)):
        given = {f.name: f.default for f in fields(settings) if isinstance(f.default, str)}
        real |= {
            name: given.get(name.removeprefix(PREFIX + group).lower()) for name in names_of(settings, group)
        }

    told = {name: "" if default in ("none", "无") else default for name, default in listed.items()}
    assert told == {name: str(value or "") for name, value in real.items()}


@pytest.mark.parametrize("page", PAGES)
def test_relative_links_and_images_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    paths = [unquote(target.partition("#")[0]) for target in targets if "://" not in target]

    assert [path for path in paths if path and not (ROOT / page).parent.joinpath(path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_into_a_page_name_one_of_its_headings(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s#]*)#([^)\s]+)\)", text_of(page))
    named = [((ROOT / page).parent / path if path else ROOT / page, anchor) for path, anchor in targets]

    assert [anchor for path, anchor in named if anchor not in anchors(path)] == []


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_image_is_shown_and_small() -> None:
    shown = "".join(text_of(page) for page in PAGES)
    images = sorted((ROOT / "docs" / "images").iterdir())

    assert [image.name for image in images if image.name not in shown] == []
    assert [image.name for image in images if image.stat().st_size > LARGEST_IMAGE] == []


@pytest.mark.parametrize("page", READMES)
def test_the_example_tables_can_be_imported(page: str, tmp_path: Path) -> None:
    for name, content in re.findall(r"^`(\w+\.csv)`.*\n\n```csv\n([^`]+)```", text_of(page), re.MULTILINE):
        (tmp_path / name).write_text(content, encoding="utf-8")
    found = sheets.read(tmp_path)
    decided = plan(found.tables, Existing(), TODAY)

    assert (found.problems, decided.problems, decided.warnings) == ([], (), ())
    assert [len(rows) for rows in (decided.units, decided.people, decided.media)] == [3, 4, 1]


def test_the_page_of_settings_has_every_one_with_value_clause_and_draft() -> None:
    listed = [(cells[0], cells[1], cells[3], cells[4]) for cells in rows("docs/settings.md")][1:]
    cited = {one.number: one.clause for one in DRAFTED}

    assert listed == [(one.what, one.value, cited[one.cites], str(one.cites)) for one in GAPS]


def test_the_page_of_settings_names_where_each_stands() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers").rglob("*.py"))
    for *_, where in list(rows("docs/settings.md"))[1:]:
        for one in re.findall(r"[\w/.]+", where) if where != "a rule of the forms" else ():
            assert (ROOT / one).is_file() or re.search(rf"^{one}\b.* = ", source, re.MULTILINE), one


def test_every_item_of_the_measures_has_commands_and_tests_that_are_there() -> None:
    page = text_of("docs/measures.md")
    cells = [row for row in rows("docs/measures.md") if row[0] != "Item"]
    called = {name.split()[0] for row in cells for name in re.findall(r"/([^`\s]+)", row[2])}
    tests = {name for row in cells for name in re.findall(r"tests/\S+?\.py", row[3])}

    assert re.findall("^## Article ([0-9]+)$", page, re.MULTILINE) == [str(n) for n in range(1, 18)]
    assert [row for row in cells if len(row) != 4 or not all(row) or "tests/" not in row[3]] == []
    assert called - {command.name for command in COMMANDS} == set()
    assert {name for name in tests if not (ROOT / name).exists()} == set()


def test_every_verb_has_its_row_among_the_approvals() -> None:
    steps = [Step("step", StepRole.MEDIA_CENTER, verb, "") for verb in Verb]
    decided = {act(one, step) for step in steps for one in (*DECISIONS, Act.SUPPLY)}
    begun = {one.command for one in OPERATIONS} | {one.form.command for one in SUPPLEMENTS.values()}
    table = [line for line in text_of("docs/approvals.md").splitlines() if line.startswith("| ")]
    written = set(re.findall(r"`/?([^` ]+)", "\n".join(table)))

    assert {"签到", "补签", *decided, *begun} - written == set()
