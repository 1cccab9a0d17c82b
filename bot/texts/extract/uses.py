"""Uses: every place in the code that names a text, read from the syntax tree.

`line("id", var=…)`, `Line("id")`, `Label(f"family.{…}")` and `where.get(f"menu.{…}")` are seen,
through a variable or a conditional of the same function as well. What cannot be seen is an
error: an id must never escape the check. It must never look into a catalogue.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.texts.extract.families import families, questions, tells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
ID = re.compile(r"[a-z][a-z_]*(\.[A-Za-z_]+)+")
MAKERS = frozenset({"line", "Line", "Label"})
PLAIN_IN = frozenset({"Answer", "Button", "Key"})
"""Calls whose texts Telegram shows without markup."""

ELSEWHERE: dict[str, Callable[[], frozenset[str]]] = {
    "fact.wording": questions,
    "_tell_customer:text": tells,
}
"""Ids that come from data: by the expression, or by function and parameter."""

HANDED_ON = frozenset({"tell"})
"""Arguments that carry an id to where it is shown."""

OWN = frozenset({"effects.py:_id"})
"""The makers' own definition."""


class UnseenIdError(Exception):
    """An id is named in a way that the extractor cannot follow."""


@dataclass(slots=True)
class Use:
    """How a text is used: with which variables, as plain words, on a button, where."""

    variables: frozenset[str] | None = None  # what every place gives it; None: nobody yet
    plain: bool = False
    button: bool = False
    places: list[str] = field(default_factory=list)

    def add(self, place: str, variables: frozenset[str], context: str) -> None:
        """Take one more place into account."""
        self.variables = variables if self.variables is None else self.variables & variables
        self.plain = self.plain or context != ""
        self.button = self.button or context in {"Button", "Key"}
        self.places.append(place)


Uses = dict[str, Use]


def uses(root: Path = ROOT) -> Uses:
    """Return every text id the code uses."""
    found: Uses = {}
    for path in sorted(root.rglob("*.py")):
        if Path(__file__).parent in path.parents:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        _Reader(path.relative_to(root.parent).as_posix(), found).visit(tree)
    return found


class _Reader(ast.NodeVisitor):
    """Walks one file; knows the function it is in and the call around an id."""

    def __init__(self, place: str, found: Uses) -> None:
        self.place = place
        self.found = found
        self.functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        self.context = ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._inside(node)

    def _inside(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = _called(node)
        if _makes(node) and node.args:
            self._use(node, node.args[0], self.context or ("Label" if name == "Label" else ""))
        elif name == "get" and node.args and (family := _family_got(node.args[0])):
            self._use(node, node.args[0], "Button" if family == "menu." else "got")
        elif name == "WrongError":
            given = frozenset(self._variables(node)) - {"place"}
            self._take(f"wrong.{ast.literal_eval(node.args[0])}", node, given, "")
        elif name == "press" and len(node.args) == 2:  # noqa: PLR2004 - cards' own maker
            self._take(f"card.{ast.literal_eval(node.args[0])}", node, frozenset(), "Button")
        for keyword in node.keywords:
            if keyword.arg in HANDED_ON and isinstance(keyword.value, ast.Constant):
                self._named(node, keyword.value.value)
        outer = self.context
        self.context = name if name in PLAIN_IN else ("" if name == "Tell" else outer)
        self.generic_visit(node)
        self.context = outer

    def _named(self, node: ast.Call, value: object) -> None:
        """Take an id that is handed on as data; what shows it must be in ELSEWHERE."""
        if isinstance(value, str) and ID.fullmatch(value):
            self.found.setdefault(value, Use()).places.append(f"{self.place}:{node.lineno}")

    def _use(self, node: ast.Call, named: ast.expr, context: str) -> None:
        variables = frozenset(self._variables(node))
        for text_id in self._ids(named):
            self._take(text_id, node, variables, context)

    def _take(self, text_id: str, node: ast.Call, given: frozenset[str], context: str) -> None:
        use = self.found.setdefault(text_id, Use())
        use.add(f"{self.place}:{node.lineno}", given, context)

    # ---- ids --------------------------------------------------------------------------------

    def _ids(self, named: ast.expr) -> Iterator[str]:
        match named:
            case ast.Constant(value=str(text_id)):
                yield text_id
            case ast.IfExp(body=one, orelse=other):
                yield from self._ids(one)
                yield from self._ids(other)
            case ast.JoinedStr(values=parts):
                yield from self._family(parts, named)
            case ast.Name(id=name):
                yield from self._through(name, named)
            case ast.Call() | ast.Attribute():
                source = ELSEWHERE.get(ast.unparse(named).partition("(")[0])
                if source is None:
                    raise self._unseen(named)
                yield from source()
            case _:
                raise self._unseen(named)

    def _family(self, parts: list[ast.expr], named: ast.expr) -> Iterator[str]:
        match parts:
            case [ast.Constant(value=str(prefix)), ast.FormattedValue()] if prefix in families():
                yield from (prefix + one for one in families()[prefix])
            case [ast.FormattedValue(), ast.Constant(value=str(suffix))] if suffix in families():
                yield from (one + suffix for one in families()[suffix])
            case [ast.Constant(value="card."), ast.FormattedValue()]:
                return  # named one by one, in calls of `press`
            case _:
                raise self._unseen(named)

    def _through(self, name: str, named: ast.expr) -> Iterator[str]:
        """Follow a name to what the function puts into it."""
        if f"{self.place.rpartition('/')[2]}:{name}" in OWN:
            return
        function = self.functions[-1] if self.functions else None
        source = ELSEWHERE.get(f"{function.name}:{name}") if function else None
        if source is not None:
            yield from source()
            return
        assigned = list(_assigned(function, name)) if function else []
        if not assigned:
            raise self._unseen(named)
        for value in assigned:
            yield from self._ids(value)

    def _unseen(self, named: ast.expr) -> UnseenIdError:
        return UnseenIdError(
            f"{self.place}:{named.lineno}: no ids seen in {ast.unparse(named)!r}; write the id "
            "out, or teach bot/texts/extract (families or ELSEWHERE)"
        )

    # ---- variables --------------------------------------------------------------------------

    def _variables(self, node: ast.Call) -> Iterator[str]:
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield keyword.arg
            else:
                yield from self._keys(keyword.value)

    def _keys(self, given: ast.expr) -> Iterator[str]:
        """Return the names in `**given`; of a conditional, those of either branch."""
        match given:
            case ast.Dict(keys=keys):
                yield from (str(key.value) for key in keys if isinstance(key, ast.Constant))
            case ast.IfExp(body=one, orelse=other):
                yield from self._keys(one)
                yield from self._keys(other)
            case ast.Name(id=name) if self.functions:
                for value in _assigned(self.functions[-1], name):
                    yield from self._keys(value)


def _makes(node: ast.Call) -> bool:
    """Whether this makes a text: `line(…)` or `e.line(…)`, not another object's `line`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="e"), attr=name):
            return name in MAKERS
    return False


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _family_got(named: ast.expr) -> str:
    """Return the family that `where.get(f"family.{…}")` reads from, "" for any other `get`."""
    match named:
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), ast.FormattedValue()]):
            return prefix if prefix in families() else ""
    return ""


def _assigned(function: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if (
                target == name
            ):
                yield value
