"""Rules about the source itself that no linter holds: light imports, short files, locks without addresses."""

import ast
import graphlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from clepsydra.ledger.verify import CHECKS
from clepsydra.settings.home import Home

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "app" / "clepsydra"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "lock").glob("*.txt"))
LAYERS = ["domain", "language", "settings", "store", "exchange", "calls", "evidence", "ledger", "cli", "tui"]
HEADLESS = LAYERS[:-1]
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
HEAVY = {
    "textual",
    "rich",
    "sqlite3",
    "sqlite_utils",
    "babel",
    "dateutil",
    "tomlkit",
    "fpdf",
    "icalendar",
    "numpy",
}

TABLES = ("domain/rounding.py", "settings/model.py", "store/schema.py")
"""Files that are one table, read from top to bottom: they may be longer."""

ROOMS = (
    "demo",
    "forecast",
    "leaks",
    "insights",
    "chasing",
    "receivables",
    "day",
    "imports",
    "documents",
    "evidence",
    "live",
    "billing",
    "calls",
    "agreements",
)
"""Of the ledger, the highest first: none imports from one before it. What stands beside them serves all of them."""

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print("\\n".join(sys.modules))
"""


def run_python(*arguments: str) -> str:
    """Standard output of a fresh interpreter that finds the package in this checkout."""
    setup = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
    command = [sys.executable, "-c", setup + arguments[0], *arguments[1:]]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("package", HEADLESS)
def test_headless_packages_never_load_the_screen(package):
    loaded = set(run_python(IMPORT_ALL, f"clepsydra.{package}").split())
    assert f"clepsydra.{package}" in loaded
    assert not loaded & {"textual", "rich", "clepsydra.tui"}


def test_the_rooms_of_the_ledger_import_downward():
    assert {path.parent.name for path in (PACKAGE / "ledger").glob("*/__init__.py")} == set(ROOMS)
    for index, room in enumerate(ROOMS):
        above = {f"clepsydra.ledger.{higher}" for higher in ROOMS[:index]}
        for path in sorted((PACKAGE / "ledger" / room).glob("*.py")):
            nodes = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)]
            used = {
                name for n in nodes for name in (n.module or "", *(f"{n.module}.{alias.name}" for alias in n.names))
            }
            assert not {each for each in used if any(f"{each}.".startswith(f"{higher}.") for higher in above)}, path


def test_each_room_proves_its_laws_by_a_function_of_one_shape():
    rooms = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in PACKAGE.rglob("*proving.py")}
    proven = {check.__module__: check for check in CHECKS if check.__module__ != "clepsydra.ledger.verify"}
    assert proven.keys() == rooms
    assert {(check.__name__, str(inspect.signature(check))) for check in proven.values()} == {
        (
            "breaches",
            "(ledger: clepsydra.ledger.ledger.Ledger) -> collections.abc.Iterator[clepsydra.ledger.breach.Breach]",
        )
    }


def test_what_the_design_names_is_there():
    """Files and folders by their path from the package or the top; `x.py` and `<level>` stand for any."""
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    named = [
        token for token in re.findall(r"`([^`\s]+/[^`\s]*)`", text) if re.search(r"(\.(py|sql|toml|md)|/)$", token)
    ]
    paths = [path for token in named for path in _each_of(token) if not re.search(r"[<>…*]|\bx\.py", path)]
    assert len(paths) > 80
    assert [p for p in paths if not any((root / p).exists() for root in (PACKAGE, ROOT, PACKAGE / "exchange"))] == []


def _each_of(path: str) -> list[str]:
    """The paths that one with braces stands for."""
    found = re.search(r"{([^{}]*)}", path)
    if not found:
        return [path]
    return [each for part in found[1].split(",") for each in _each_of(path.replace(found[0], part, 1))]


def test_nothing_imports_in_a_circle():
    """Imports inside functions count, since they hide a knot and do not undo it; imports for types alone do not."""
    graph = grimp.build_graph("clepsydra", exclude_type_checking_imports=True, cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert "clepsydra.tui.base_app" in imported["clepsydra.tui.app"]
    graphlib.TopologicalSorter(imported).prepare()


def test_only_the_store_runs_sql():
    """And a door that reads the databases of other programs."""
    asked = re.compile(r"\.(execute|executemany|executescript)\(")
    places = {str(path.relative_to(PACKAGE)) for path in SOURCES if asked.search(path.read_text("utf-8"))}
    assert {place for place in places if not place.startswith("store/")} == {"exchange/doors/parts/sqlite.py"}


def test_a_public_class_name_means_one_thing():
    """One class by a name at the top of a module; what a widget says of itself is nested in it and may be alike."""
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("package", LAYERS)
def test_public_functions_say_what_they_raise(package):
    """A function that raises by itself names the exception, or says what it refuses."""
    silent = []
    for path in sorted((PACKAGE / package).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        owners = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
        for node in (n for owner in owners for n in owner.body if isinstance(n, FUNCTION)):
            words = ast.get_docstring(node) or ""
            raised = [r.exc for r in ast.walk(node) if isinstance(r, ast.Raise) and isinstance(r.exc, ast.Call)]
            names = {ast.unparse(each.func) for each in raised} - {"AssertionError", "NotImplementedError"}
            if names and not node.name.startswith("_") and not re.search("[Rr]aise|[Rr]efus", words):
                silent.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}: {', '.join(sorted(names))}")
    assert silent == []


def test_readers_of_settings_say_what_they_refuse():
    """Also those that leave the refusal to another: a file of settings is told what is wrong by them all."""
    readers = {
        f"{path.name}:{node.name}": ast.get_docstring(node) or ""
        for path in sorted((PACKAGE / "settings").glob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.args.args and ast.unparse(node.args.args[0]) == "raw: object"
    }
    assert len(readers) > 30
    assert [name for name, words in readers.items() if not re.search("[Rr]aise|[Rr]efus", words)] == []


def test_verbs_raise_what_the_command_line_says_in_one_line():
    """As `cli/verbs/__init__.py` promises: words that mean nothing, and what the ledger refuses."""
    raised = {
        ast.unparse(node.exc.func)
        for path in sorted((PACKAGE / "cli" / "verbs").glob("*.py"))
        for verb in ast.parse(path.read_text("utf-8")).body
        if isinstance(verb, ast.FunctionDef) and not verb.name.startswith("_")
        for node in ast.walk(verb)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    assert raised == {"Usage", "Refused"}


def test_asking_the_version_loads_nothing_heavy():
    code = (
        "import clepsydra.__main__ as command\n"
        "sys.argv = ['clepsydra', '--version']\n"
        "try:\n    command.main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, sep='\\n')"
    )
    lines = run_python(code).splitlines()
    assert re.fullmatch(r"clepsydra \d+\.\d+\.\d+\S*", lines[0])
    assert not set(lines) & HEAVY


@pytest.mark.parametrize("verb", [["start", "acme"], ["status"], ["stop"]], ids=lambda verb: verb[0])
def test_what_is_typed_all_day_loads_nothing_heavy(tmp_path, verb):
    """Each of these costs as much as the whole of a small script."""
    home = Home(tmp_path)
    home.ensure()
    home.client_file("acme").write_text(
        'name = "Acme"\naddress = """\nRue\n"""\n[[rates]]\nfrom = 2020-01-01\nhourly = "90"\n'
    )
    code = (
        "from clepsydra.cli import main\n"
        "def run(*words): assert main.main([*words], {'CLEPSYDRA_HOME': sys.argv[1]}, streams) == 0\n"
        "import io; from clepsydra.cli.context import Streams\n"
        "streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())\n"
        "run(*sys.argv[2:])\n"
        "print(*sys.modules, sep='\\n')"
    )
    for words in (["start", "acme"], ["stop"], *([["start", "acme"]] if verb == ["stop"] else [])):
        run_python(code, str(home.path), *words)
    loaded = set(run_python(code, str(home.path), *verb).split())
    assert not loaded & (HEAVY - {"sqlite3"})
    assert not loaded & {
        "typing",
        "tomllib",
        "dataclasses",
        "inspect",
        "clepsydra.settings.load",
        "decimal",
        "json",
        "pathlib",
        "re",
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= (400 if str(path.relative_to(PACKAGE)) in TABLES else 300)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTION)]
    assert [f"{node.name}, line {node.lineno}" for node in nodes if node.end_lineno - node.lineno >= 40] == []


def test_there_are_locks():
    assert {path.stem for path in LOCKS} == {"run", "audio", "pyaudio", "dev"}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_locks_hold_names_versions_and_hashes_only(path):
    requirements = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert requirements
    line = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.+]*( ; [^:/@]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [requirement for requirement in requirements if not line.fullmatch(requirement)] == []


def test_locks_agree_on_every_version():
    pins: dict[tuple[str, str], set[str]] = {}
    for path in LOCKS:
        for name, version, marker in re.findall(r"^(\S+)==(\S+)(.*)", path.read_text(encoding="utf-8"), re.M):
            pins.setdefault((name, marker), set()).add(version)
    assert {pin: versions for pin, versions in pins.items() if len(versions) > 1} == {}
