"""Python sources as a reader sees them: which words an expression may stand for, found without running it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Part = str | ast.expr
"""A piece of a text: words, or an expression whose value is put there."""


@dataclass(slots=True)
class SourceFile:
    """One module.

    Attributes:
        path: where it lies.
        tree: its syntax.
        constants: module-level names and what they are bound to.
        functions: functions and methods by name.
        classes: class names with the names of their bases.
        imports: names taken from other modules of the package: (module's last parts, name there).
        others: every module of the package by its dotted name.
    """

    path: Path
    tree: ast.Module
    others: dict[str, SourceFile]
    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)

    def scopes(self) -> Iterator[Scope]:
        """The module's own level, then every function in it."""
        yield Scope(self, None)
        for functions in self.functions.values():
            for function in functions:
                yield Scope(self, function)


def read_sources(package: Path, rooms: tuple[str, ...]) -> list[SourceFile]:
    """The modules of some rooms of a package, in the order of their paths."""
    others: dict[str, SourceFile] = {}
    for path in sorted(path for room in rooms for path in (package / room).rglob("*.py")):
        module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts))
        others[module] = _read(path, others)
    return list(others.values())


def _read(path: Path, others: dict[str, SourceFile]) -> SourceFile:
    file = SourceFile(path, ast.parse(path.read_text("utf-8")), others)
    for node in file.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            file.constants[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            file.constants[node.target.id] = node.value
        elif isinstance(node, ast.ImportFrom) and node.module:
            file.imports.update({name.asname or name.name: (node.module, name.name) for name in node.names})
    for inner in ast.walk(file.tree):
        if isinstance(inner, ast.FunctionDef):
            file.functions.setdefault(inner.name, []).append(inner)
        elif isinstance(inner, ast.ClassDef):
            file.classes[inner.name] = {base.id for base in inner.bases if isinstance(base, ast.Name)}
    return file


def name_called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def is_counted(node: ast.expr) -> bool:
    """Whether it is a call of `domain.counted.counted`."""
    return isinstance(node, ast.Call) and name_called(node) == "counted"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and type(node.value) is str)


class Scope:
    """A function, or a module's own level: what names stand for there.

    Args:
        file: the module.
        function: None for the module's own level.
    """

    _DEEPEST = 6

    def __init__(self, file: SourceFile, function: ast.FunctionDef | None, depth: int = 0) -> None:
        self.file = file
        self._function = function
        self._depth = depth

    # --- what stands in it -----------------------------------------------------------------------------

    def _nodes(self, skip: Callable[[ast.Call], bool] | None = None) -> Iterator[ast.AST]:
        """Everything in it but inner functions, docstrings and the arguments of calls that are skipped."""
        waiting: list[ast.AST] = list(self._function.body if self._function else self.file.tree.body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            if skip is not None and isinstance(node, ast.Call) and skip(node):
                continue
            yield node
            if not isinstance(node, ast.JoinedStr):
                waiting.extend(ast.iter_child_nodes(node))

    def texts(self, skip: Callable[[ast.Call], bool]) -> Iterator[ast.expr]:
        """Literal texts and f-strings."""
        return (node for node in self._nodes(skip) if isinstance(node, ast.expr) and _is_text(node))

    def calls(self) -> Iterator[ast.Call]:
        """Calls, those inside of calls included."""
        return (node for node in self._nodes() if isinstance(node, ast.Call))

    # --- what an expression may say --------------------------------------------------------------------

    def choices(self, node: ast.expr) -> Iterator[tuple[ast.expr, Scope]]:
        """The texts an expression may be, each with the scope it stands in; nothing where that is unknown."""
        if _is_text(node) or is_counted(node):
            yield node, self
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if any(True for side in (node.left, node.right) for _ in self.choices(side)):
                yield node, self
        elif self._depth < self._DEEPEST:
            for meant, scope in self._meant(node):
                yield from scope.choices(meant)

    def _meant(self, node: ast.expr) -> Iterator[tuple[ast.expr, Scope]]:
        """What an expression that is no text itself may stand for."""
        deeper = Scope(self.file, self._function, self._depth + 1)
        match node:
            case ast.IfExp():
                yield from ((branch, deeper) for branch in (node.body, node.orelse))
            case ast.BoolOp():
                yield from ((value, deeper) for value in node.values)
            case ast.Name():
                yield from self._named(node.id)
            case ast.Subscript(value=ast.Name(id=name)):
                yield from self._held_by(name, None)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")) if self._constant(name):
                yield from self._held_by(name, None)
                yield from ((argument, deeper) for argument in node.args[1:])
            case ast.Call():
                yield from self._returned(name_called(node))

    def _named(self, name: str) -> Iterator[tuple[ast.expr, Scope]]:
        """What a name is bound to: here, else in the module, else where it is imported from."""
        here = [*self._bound_here(name), *self._handed_over(name)]
        yield from here
        if not here and (constant := self._constant(name)):
            yield constant

    def _bound_here(self, name: str) -> Iterator[tuple[ast.expr, Scope]]:
        deeper = Scope(self.file, self._function, self._depth + 1)
        for node in self._nodes() if self._function else ():
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    yield value, deeper
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                    yield value, deeper
                case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                    yield value, deeper
                case ast.For(target=ast.Tuple(elts=targets), iter=source):
                    for place, bound in enumerate(targets):
                        if isinstance(bound, ast.Name) and bound.id == name:
                            yield from self._iterated(source, place)

    def _handed_over(self, name: str) -> Iterator[tuple[ast.expr, Scope]]:
        """What calls hand over for a parameter of this function, here and where it is imported."""
        arguments = [argument.arg for argument in self._function.args.args] if self._function else []
        if self._function is None or name not in arguments:
            return
        place = arguments.index(name) - (arguments[0] in ("self", "cls"))
        for file in (self.file, *self._importers(self._function.name)):
            for scope in file.scopes():
                caller = Scope(file, scope._function, self._depth + 1)
                for call in caller.calls():
                    if name_called(call) == self._function.name:
                        yield from ((argument, caller) for argument in call.args[place : place + 1])
                        yield from ((given.value, caller) for given in call.keywords if given.arg == name)

    def _importers(self, function: str) -> Iterator[SourceFile]:
        """The modules that take a function from this one."""
        for file in self.file.others.values():
            module, there = file.imports.get(function, ("", ""))
            if there == function and self.file.others.get(module) is self.file:
                yield file

    def _iterated(self, source: ast.expr, place: int) -> Iterator[tuple[ast.expr, Scope]]:
        """What a loop finds at a place of the rows of a constant, or among the values of a dictionary."""
        match source:
            case ast.Name(id=name):
                yield from self._held_by(name, place)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="items")):
                yield from self._held_by(name, None)

    def _held_by(self, name: str, place: int | None) -> Iterator[tuple[ast.expr, Scope]]:
        """What a constant dictionary holds, or the rows of a constant table at a place."""
        constant = self._constant(name)
        if constant is None:
            return
        held, home = constant
        if isinstance(held, ast.Dict):
            yield from ((value, home) for value in held.values)
        elif isinstance(held, ast.Tuple | ast.List) and place is not None:
            for row in held.elts:
                if isinstance(row, ast.Tuple):
                    yield row.elts[place], home

    def _constant(self, name: str) -> tuple[ast.expr, Scope] | None:
        if name in self.file.constants:
            return self.file.constants[name], Scope(self.file, None, self._depth + 1)
        module, there = self.file.imports.get(name, ("", ""))
        other = self.file.others.get(module)
        if other is not None and there in other.constants:
            return other.constants[there], Scope(other, None, self._depth + 1)
        return None

    def _returned(self, function: str) -> Iterator[tuple[ast.expr, Scope]]:
        file, name = self.file, function
        if function not in file.functions and function in file.imports:
            module, name = file.imports[function]
            file = file.others.get(module, file)
        for definition in file.functions.get(name, ()):
            inside = Scope(file, definition, self._depth + 1)
            for node in inside._nodes():
                if isinstance(node, ast.Return) and node.value is not None:
                    yield node.value, inside

    # --- its pieces ------------------------------------------------------------------------------------

    def parts(self, node: ast.expr) -> Iterator[Part]:
        """The pieces of a text; a constant that can only be one text is written out."""
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.JoinedStr):
            for value in node.values:
                if isinstance(value, ast.FormattedValue):
                    yield from self._place(value.value)
                else:
                    yield from self.parts(value)
        elif isinstance(node, ast.BinOp):
            yield from self.parts(node.left)
            yield from self.parts(node.right)
        else:
            yield from self._place(node)

    def _place(self, node: ast.expr) -> Iterator[Part]:
        constant = self._constant(node.id) if isinstance(node, ast.Name) else None
        if constant is not None and isinstance(constant[0], ast.Constant):
            yield str(constant[0].value) if type(constant[0].value) is str else node
        else:
            yield node
