"""The house rules that a program can check: sizes, docstrings, no left-overs."""

from __future__ import annotations

import ast
import graphlib
import io
import re
import statistics
import tokenize
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import isotunnel

SOURCE = Path(isotunnel.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))

LONGEST_FILE = 460
LONGEST_MEDIAN = 150
LONGEST_FUNCTION = 80
LONGEST_MEDIAN_FUNCTION = 10
LARGEST_ROOM = 0.15
"""Share of all lines in one folder of the package."""

# Folders that name one machine; the cache and temporary folders are asked from the system.
MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:home|Users|root|work|tmp|mnt|scratch|opt)/")
LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
DEBUGGING = {"breakpoint", "set_trace", "pprint"}
DEBUGGERS = {"pdb", "ipdb", "pprint"}
PRINTS = {Path("cli/main.py")}
"""The one file that may print: the command line's last line on stderr."""


def breaches(rule: Callable[[Path], object]) -> dict[str, object]:
    """What a rule finds, by file; nothing where all keep to it."""
    found = {str(p.relative_to(SOURCE)): rule(p) for p in FILES}
    return {name: breach for name, breach in found.items() if breach}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def tree_of(path: Path) -> ast.Module:
    return parsed(path.read_text(encoding="utf-8"))


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def functions_of(tree: ast.AST):
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name, "" for anything else."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def body_length(function) -> int:
    """Lines of a function's body; what declares and explains it does not count.

    The parameters of a command are its options with their help, one paragraph each.
    """
    first, *rest = function.body
    explained = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if explained and not rest:
        return 0
    return function.end_lineno - (rest[0] if explained else first).lineno + 1


def long_functions(path: Path) -> list[str]:
    every = functions_of(tree_of(path))
    return [f.name for f in every if body_length(f) > LONGEST_FUNCTION]


def public(node):
    named = isinstance(node, ast.FunctionDef | ast.ClassDef)
    return [node] if named and not node.name.startswith("_") else []


def unexplained(path: Path) -> list[str]:
    """Public modules, classes, functions and methods without a docstring."""
    tree = tree_of(path)
    bare = [] if ast.get_docstring(tree) else ["the module"]
    for node in tree.body:
        bare += [d.name for d in public(node) if not ast.get_docstring(d)]
        if not (isinstance(node, ast.ClassDef) and public(node)):
            continue
        # Protocols list attributes as properties, explained in the class's docstring.
        protocol = any(name_of(b) == "Protocol" for b in node.bases)
        methods = [m for member in node.body for m in public(member) if not ast.get_docstring(m)]
        bare += [
            f"{node.name}.{m.name}"
            for m in methods
            if not (protocol and "property" in map(name_of, m.decorator_list))
        ]
    return bare


def left_overs(path: Path) -> list[str]:
    """Reminders in comments, and what is used to look at a running program."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [t.string for t in tokens if t.type == tokenize.COMMENT]
    found = [c for c in comments if LEFT_OVER.search(c)]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            bare_print = getattr(node.func, "id", "") == "print"
            allowed = path.relative_to(SOURCE) in PRINTS
            if name_of(node) in DEBUGGING or (bare_print and not allowed):
                found.append(name_of(node))
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names if a.name in DEBUGGERS]
    return found


def machine_paths(path: Path) -> list[str]:
    return MACHINE_PATH.findall(path.read_text(encoding="utf-8"))


def compiled(path: Path) -> dict[str, dict[str, object]]:
    """What numba compiles in a file, with the constant keywords of its decorator."""
    tree = tree_of(path)
    return {
        f.name: keywords_of(d, tree)
        for f in functions_of(tree)
        for d in f.decorator_list
        if name_of(d) in ("njit", "jit", "vectorize", "guvectorize")
    }


def keywords_of(decorator: ast.expr, tree: ast.Module) -> dict[str, object]:
    """Constant keyword arguments; ``**NAME`` of a module-level dictionary is followed."""
    found: dict[str, object] = {}
    for keyword in getattr(decorator, "keywords", []):
        if keyword.arg is not None:
            found[keyword.arg] = getattr(keyword.value, "value", keyword.value)
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign) and name_of(node.targets[0]) == name_of(keyword.value):
                found |= ast.literal_eval(node.value)
    return found


def uncached(path: Path) -> list[str]:
    """Kernels that would be compiled anew in every process, which costs seconds each time."""
    # What is only ever inlined into another kernel is never compiled alone.
    return [
        name
        for name, words in compiled(path).items()
        if words.get("cache") is not True and words.get("inline") != "always"
    ]


def fastmath(path: Path) -> list[str]:
    """Kernels whose compiler may assume that there is no NaN, and reorder sums."""
    return [name for name, words in compiled(path).items() if words.get("fastmath")]


def test_there_is_something_to_check():
    names = {str(p.relative_to(SOURCE)) for p in FILES}
    assert len(names) > 80
    assert {"cli/main.py", "topology/descent.py", "analysis/analyze.py"} <= names
    assert sum(len(compiled(p)) for p in FILES) > 15


def test_files_are_small():
    assert breaches(lambda path: max(lines_of(path) - LONGEST_FILE, 0)) == {}


def test_most_files_are_much_smaller():
    assert statistics.median(map(lines_of, FILES)) <= LONGEST_MEDIAN


def test_functions_are_small():
    assert breaches(long_functions) == {}


def test_most_functions_are_much_smaller():
    lengths = [body_length(f) for p in FILES for f in functions_of(tree_of(p))]
    assert len(lengths) > 1000
    assert statistics.median(lengths) <= LONGEST_MEDIAN_FUNCTION


def test_no_room_is_crowded():
    rooms: Counter[str] = Counter()
    for path in FILES:
        rooms[path.relative_to(SOURCE).parts[0]] += lines_of(path)
    assert len(rooms) > 15
    room, lines = rooms.most_common(1)[0]
    assert lines <= LARGEST_ROOM * rooms.total(), room


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """Modules that each module imports, for types only included."""
    import grimp

    graph = grimp.build_graph("isotunnel", cache_dir=None)
    return {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring; none without one."""
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as found:
        return found.args[1]
    return []


def test_no_module_imports_itself_by_way_of_others(imports):
    assert sum(map(len, imports.values())) > 1000
    assert circle(imports) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


def test_nothing_reaches_up_to_the_root_package(imports):
    assert "isotunnel" in imports
    assert [m for m, wanted in imports.items() if "isotunnel" in wanted] == []


def imports_by_name(path: Path) -> list[str]:
    """Modules imported by a name that is computed, or of our own: import-linter cannot see them."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and name_of(node) in ("import_module", "__import__"):
            first = node.args[0]
            name = first.value if isinstance(first, ast.Constant) else ast.unparse(first)
            if not isinstance(first, ast.Constant) or str(name).startswith("isotunnel"):
                found.append(str(name))
    return found


def test_the_linter_sees_every_import_of_ours():
    """But readers of file formats, which ``FORMATS`` lists, and a user's own theory."""
    named = set(breaches(imports_by_name))
    assert named == {"fields/readers/read.py", "scorecard/user_theory.py"}


def test_everything_public_is_explained():
    assert breaches(unexplained) == {}


def test_no_left_overs():
    assert breaches(left_overs) == {}


def test_no_path_of_one_machine():
    assert breaches(machine_paths) == {}


def test_data_and_page_files_name_no_machine_either():
    endings = (".toml", ".js", ".css", ".json", ".txt")
    texts = [p for p in SOURCE.rglob("*") if p.suffix in endings and ".min." not in p.name]
    assert texts
    assert not [p for p in texts if machine_paths(p)]


def test_kernels_are_cached():
    assert breaches(uncached) == {}


def test_topology_keeps_exact_comparisons():
    assert not [name for name in breaches(fastmath) if name.startswith("topology")]


def test_the_checks_would_notice(tmp_path, monkeypatch):
    """Guard: each rule finds its own breach."""
    monkeypatch.setitem(globals(), "SOURCE", tmp_path)
    path = tmp_path / "bad.py"
    path.write_text(
        "import pdb\nimport numba\nFAST = {'fastmath': True}\n# TODO all of it\n"
        "@numba.njit(**FAST)\ndef f(x):\n    print(x)\n    breakpoint()\n"
        "    return open('/home/me/x')\n"
    )
    assert unexplained(path) == ["the module", "f"]
    assert uncached(path) == fastmath(path) == ["f"]
    assert sorted(left_overs(path)) == ["# TODO all of it", "breakpoint", "pdb", "print"]
    assert machine_paths(path) == ["/home/"]
    assert not MACHINE_PATH.search("https://example.org/home/page ./work/x ~/opt/y")
    path.write_text("def f(x):\n" + "    x += 1\n" * LONGEST_FUNCTION)
    assert long_functions(path) == []
    path.write_text("def f(x):\n" + "    x += 1\n" * (LONGEST_FUNCTION + 1))
    assert long_functions(path) == ["f"]
    path.write_text('def f(x):\n    """Long.\n' + "    text\n" * LONGEST_FUNCTION + '    """\n')
    assert long_functions(path) == []
