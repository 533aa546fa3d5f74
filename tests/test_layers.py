"""The architecture: who may import whom, and what no file may be or do."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "storage": ["storage"],
    "cards": ["cards", "storage.records", "storage.steps", "storage.rows", "storage.vocabulary"],
    "handlers.rules": ["handlers.rules", "storage.records", "storage.steps", "storage.vocabulary"],
    "handlers.chain": [
        "handlers.chain",
        "handlers.rules",
        "storage.records",
        "storage.steps",
        "storage.chains",
        "storage.rows",
    ],
    "handlers": ["handlers", "cards", "storage"],
    "bot": ["bot", "handlers", "cards", "storage"],
}
GROUND = {"events", "commands", "digits", "workyear"}
ROOMS = (
    "rules", "chain", "people", "typed", "kinds", "letters", "duties", "ledger", "cases", "drafts",
    "applicants", "directory", "reminders", "processes", "rounds",
    "campaigns", "registers", "composing", "desk",
)  # fmt: skip
"""The rooms of handlers/ from the lowest up: each may import those before it and none after it. The files of
no room are the front desk; those of GROUND, which say what an event is, serve every room."""
FOLDERS = ("storage", "cards", "handlers", "bot")
ONLY_BOT_MAY_IMPORT = {
    "aiohttp",
    "aiolimiter",
    "apscheduler",
    "http",
    "os",
    "socket",
    "time",
    "urllib.request",
}
CLOCK = {"now", "today", "utcnow"}
LARK_MAY_LIVE_IN = {"bot.platforms.feishu_socket"}
LONGEST_FILE = 400
MOST_FLOORS = 14
BY_HAND = {".py", ".js", ".css", ".html"}
USED_WITHOUT_IMPORT = {"tzdata"}  # zoneinfo finds its files
MIGRATIONS = ROOT / "storage" / "migrations"  # written by Tortoise


def module_of(path: Path) -> str:
    """bot/app.py is bot.app; a package's __init__.py is the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> tuple[str, ...]:
    """Full names of what a module imports anywhere in it, a function's own imports included."""
    return tuple(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else str(node.module)


def lies_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def layer_of(module: str) -> str:
    return max((layer for layer in MAY_IMPORT if lies_in(module, layer)), key=len)


def test_a_module_imports_only_what_its_layer_may() -> None:
    """One test for all files, as below: a test a file costs more than what it looks at."""
    assert [(module, name) for module in MODULES for name in _beyond_its_layer(module)] == []


def _beyond_its_layer(module: str) -> list[str]:
    allowed = MAY_IMPORT[layer_of(module)]
    own = [name for name in imports(module) if name.partition(".")[0] in (*FOLDERS, "tests")]
    return [name for name in own if not any(lies_in(name, package) for package in allowed)]


def test_files_form_a_dag() -> None:
    graph = {module: {name for name in imports(module) if name in MODULES} for module in MODULES}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def room_of(module: str) -> str:
    """Of handlers.cases.decide cases, of handlers.table desk; empty for the ground and what is elsewhere."""
    first, _, rest = module.partition(".")
    room, _, file = rest.partition(".")
    if first != "handlers" or not rest or room in GROUND:
        return ""
    return room if file or room in ROOMS else "desk"


def test_every_folder_of_the_handlers_is_a_room() -> None:
    folders = {path.parent.name for path in (ROOT / "handlers").glob("*/*.py")}

    assert folders == set(ROOMS) - {"desk"}


def test_a_room_imports_only_rooms_below_it() -> None:
    places = {module: ROOMS.index(room) for module in MODULES if (room := room_of(module)) in ROOMS}
    assert places

    upward = [(one, name) for one in places for name in imports(one) if places.get(name, 0) > places[one]]
    assert upward == []


def floors(package: str = "") -> int:
    """How many files stand on one another, each importing the next, in a package or in all of it."""

    @cache
    def floor(module: str) -> int:
        below = [name for name in imports(module) if name in MODULES and lies_in(name, package or name)]
        return 1 + max(map(floor, below), default=0)

    return max(floor(module) for module in MODULES if lies_in(module, package or module))


@pytest.mark.parametrize("package", FOLDERS)
def test_a_folder_has_at_most_fourteen_floors(package: str) -> None:
    assert floors(package) <= MOST_FLOORS


def reached(module: str) -> set[str]:
    """A module and all that it imports, in however many steps."""
    found, waiting = set[str](), [module]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += [imported for imported in imports(name) if imported in MODULES]
    return found


def test_a_command_that_looks_processes_up_has_them_entered() -> None:
    commands = {name: reached(name) for name in imports("bot.__main__") if name in MODULES}
    looks_up = {name for name, found in commands.items() if "handlers.kinds.process" in found}
    assert "bot.importing" in looks_up

    assert {name for name in looks_up if "handlers.processes.all" not in commands[name]} == set()


def test_lark_oapi_is_imported_in_one_module() -> None:
    importers = {module for module in MODULES for name in imports(module) if lies_in(name, "lark_oapi")}

    assert importers <= LARK_MAY_LIVE_IN


def test_network_clock_and_environment_stay_in_bot() -> None:
    others = [module for module in MODULES if not lies_in(module, "bot")]
    asks = {
        (module, node.func.attr)
        for module in others
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK
    }
    outward = {
        (module, name)
        for module in others
        for name in imports(module)
        for other in ONLY_BOT_MAY_IMPORT
        if lies_in(name, other)
    }

    assert (asks, outward) == (set(), set())


def names_of_others(module: str) -> Iterator[str]:
    """What a module reads, sets or imports of somebody else, and the names of arguments it passes."""
    for node in ast.walk(tree_of(module)):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.ImportFrom(module=name, names=parts):
                yield from (*str(name).split("."), *(part.name for part in parts))
            case ast.Import(names=parts):
                yield from (word for part in parts for word in part.name.split("."))
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(value=str(name)), *_]
            ):
                yield name


def test_storage_touches_no_private_part_of_others() -> None:
    names = [(one, name) for one in MODULES if lies_in(one, "storage") for name in names_of_others(one)]
    assert names

    assert [(module, name) for module, name in names if re.match(r"_(?!_)", name)] == []


def test_every_package_file_is_empty() -> None:
    packages = [*(ROOT / "tests").rglob("__init__.py"), *(MODULES[name] for name in MODULES)]

    assert [path for path in packages if path.name == "__init__.py" and path.read_bytes()] == []


def test_no_file_is_longer_than_400_lines() -> None:
    files = [path for folder in (*FOLDERS, "tests") for path in (ROOT / folder).rglob("*")]
    written = [path for path in files if path.suffix in BY_HAND and path.parent != MIGRATIONS]
    lengths = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in written}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def pins(text: str) -> set[str]:
    """`name==version` of every requirement, the extras of a name left out."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==([\w.!+-]+)", text, re.MULTILINE)
    return {f"{name.lower()}=={version}" for name, version in found}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_hashed_and_name_no_index(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = text.replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]

    assert [line for line in wanted if not re.match(r"[\w.-]+==[^ ]+ .*--hash=sha256:", line)] == []
    assert re.findall(r"://|--(?:extra-)?index-url [^-]|--find-links", text) == []


def test_requirements_are_those_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    runtime = pins("\n".join([*project["project"]["dependencies"], *groups["build"]]))
    dev = pins("\n".join(line for line in groups["dev"] if isinstance(line, str)))
    locked, locked_dev = (
        pins((ROOT / file).read_text(encoding="utf-8"))
        for file in ("requirements.txt", "requirements-dev.txt")
    )

    assert runtime <= locked <= locked_dev
    assert dev <= locked_dev


def test_each_package_of_the_runtime_is_used_by_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {pin.partition("==")[0] for pin in pins("\n".join(project["dependencies"]))}
    giver = packages_distributions()
    roots = {name.partition(".")[0] for module in MODULES for name in imports(module)}
    used = {given.lower().replace("_", "-") for root in roots for given in giver.get(root, ())}

    assert wanted - used == USED_WITHOUT_IMPORT
