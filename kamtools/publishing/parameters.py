"""The parameters of a notebook: which there are, and whether what was given fits.

Read from the cell tagged `parameters` by parsing it, not by pattern: papermill's own
inspection loses a parameter whose comment holds an equals sign, and papermill only warns
of a name it does not know and runs on with the default (its issue 818).
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from kamtools.errors import InputError
from kamtools.publishing.suggesting import suggestion

SET_BY_RUNNER = "engagement"
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the names of the types it takes, its default."""

    name: str
    types: tuple[str, ...]
    default: object


def declared(notebook: NotebookNode) -> dict[str, Parameter]:
    """Return the parameters that a notebook's cell tagged `parameters` sets.

    Examples
    --------
    >>> from nbformat import v4
    >>> cell = v4.new_code_cell("top: int = 12  # how many", metadata={"tags": ["parameters"]})
    >>> declared(v4.new_notebook(cells=[cell]))
    {'top': Parameter(name='top', types=('int',), default=12)}
    """
    cells = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", ())]
    statements = ast.parse(cells[0].source).body if cells else []
    found = [p for p in map(_parameter, statements) if p is not None]
    return {parameter.name: parameter for parameter in found}


def check(
    given: Mapping[str, Any], by_notebook: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, dict[str, Any]]:
    """Return the given values for each notebook, read as the types it declares.

    Parameters
    ----------
    given : mapping of name to value
        Text, as from the command line, is read by the declared type; other values must
        be of it already.
    by_notebook : mapping of notebook to its parameters
        A name must be known to at least one of them; each gets those that it knows.

    Raises
    ------
    InputError
        For every name that is known to none and every value that is not of its type, all
        in one message.
    """
    problems = [_unknown(name, by_notebook) for name in given if not _known(name, by_notebook)]
    values: dict[str, dict[str, Any]] = {}
    for notebook, parameters in by_notebook.items():
        values[notebook] = {}
        for name in given.keys() & (parameters.keys() - {SET_BY_RUNNER}):
            try:
                values[notebook][name] = _read(given[name], parameters[name])
                if name == "seed" and values[notebook][name] < 0:
                    raise ValueError(f"expected a whole number of at least 0; got {given[name]}")
            except ValueError as error:
                problems.append(f"{name}: {error}")
    if problems:
        raise InputError("\n".join(dict.fromkeys(problems)))
    return values


def effective(parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of every parameter in a run: the given one, else the default."""
    return {name: given.get(name, p.default) for name, p in parameters.items()}


def _parameter(statement: ast.stmt) -> Parameter | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as v):
            default = _literal(v)
            return Parameter(name, _type_names(ast.unparse(annotation)), default)
        case ast.Assign(targets=[ast.Name(id=name)], value=v):
            default = _literal(v)
            return Parameter(name, (type(default).__name__,), default)
    return None


def _literal(expression: ast.expr) -> object:
    try:
        return ast.literal_eval(expression)
    except ValueError:
        return ast.unparse(expression)


def _type_names(annotation: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("'\"").split("[")[0] for part in annotation.split("|"))


def _known(name: str, by_notebook: Mapping[str, Mapping[str, Parameter]]) -> bool:
    return name != SET_BY_RUNNER and any(name in known for known in by_notebook.values())


def _unknown(name: str, by_notebook: Mapping[str, Mapping[str, Parameter]]) -> str:
    if name == SET_BY_RUNNER:
        return f"{name}: is the folder of the run and cannot be set as a parameter"
    known = {n for parameters in by_notebook.values() for n in parameters} - {SET_BY_RUNNER}
    return f"{name}: no such parameter of {', '.join(by_notebook)}; " + suggestion(
        name, sorted(known)
    )


def _read(value: object, parameter: Parameter) -> object:
    for type_name in parameter.types:
        try:
            return _READERS[type_name](value)
        except (ValueError, SyntaxError):
            continue
        except KeyError:
            raise ValueError(
                f"its type in the notebook, {type_name}, is none that a run can set"
            ) from None
    wanted = " or ".join(_DESCRIPTIONS[type_name] for type_name in parameter.types)
    raise ValueError(f"saw {value!r}; expected {wanted}, as in {parameter.default!r}")


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _as_int(value: object) -> int:
    if isinstance(value, str):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _as_float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError
    return float(value)


def _as_bool(value: object) -> bool:
    if isinstance(value, str) and value.lower() in _WORDS:
        return _WORDS[value.lower()]
    if not isinstance(value, bool):
        raise ValueError
    return value


def _as_none(value: object) -> None:
    if value is not None and value not in ("", "None", "none"):
        raise ValueError


def _as(kind: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        found = ast.literal_eval(value) if isinstance(value, str) else value
        if not isinstance(found, kind):
            raise ValueError
        return found

    return read


_READERS: dict[str, Callable[[object], object]] = {
    "str": _as_text,
    "int": _as_int,
    "float": _as_float,
    "bool": _as_bool,
    "None": _as_none,
    "NoneType": _as_none,
    "list": _as(list),
    "tuple": _as(tuple),
    "dict": _as(dict),
}
_DESCRIPTIONS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "None": "nothing",
    "NoneType": "nothing",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dictionary",
}
