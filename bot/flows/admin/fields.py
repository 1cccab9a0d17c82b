"""What can be edited, read from the models themselves: the kind of each field and its limits.

A field is named by its model and its name; the pages and the difference ask here how it is
edited and shown. A new field of a rule, target or setting is editable without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.flows.admin.documents import at
from bot.flows.calendar import Span

CLOSED = frozenset({"test", "do", "id"})
"""Fields that say what a thing is; they are not edited."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: whose it is, how it is written in a document, what it may hold."""

    owner: type[BaseModel]
    name: str
    key: str  # in the document
    kind: str  # number, yes_no, length, choice, choices, words, text, money, by_language, …
    annotation: Any = None  # of a choice, or of one member of several
    least: int | None = None
    most: int | None = None
    optional: bool = False
    default: Any = None

    @property
    def label(self) -> str:
        """What stands after `part.` for what people call it."""
        return CLASHES.get((self.owner.__name__, self.name), self.name)


CLASHES = {
    ("Hours", "open"): "worked",
    ("General", "name"): "business",
    ("Quiet", "start"): "quiet_from",
    ("Quiet", "until"): "quiet_until",
}
"""Fields that share a name and not its meaning with another."""


@cache
def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """Return the editable fields of a model by their key in a document."""
    found = {}
    for name, info in model.model_fields.items():
        if name not in CLOSED:
            one = _field(model, name, info)
            found[one.key] = one
    return found


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Field:
    annotation, optional = _bare(info.annotation)
    limits = list(info.metadata)
    annotation, more = _unwrapped(annotation)
    kind, inner = _kind(annotation)
    kind = "seconds" if kind == "number" and name.endswith("_seconds") else kind
    return Field(
        owner=model,
        name=name,
        key=info.alias or name,
        kind=kind,
        annotation=inner,
        least=_limit([*limits, *more], "ge", "min_length"),
        most=_limit([*limits, *more], "le", "max_length"),
        optional=optional,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
    )


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Return a type without its None, and whether it had one."""
    if get_origin(annotation) in {Union, UnionType}:
        rest = [one for one in get_args(annotation) if one is not type(None)]
        if len(rest) == 1:
            return rest[0], True
    return annotation, False


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return inner, [limit for one in metadata for limit in _limits(one)]
    return annotation, []


def _limits(one: Any) -> list[Any]:
    return list(one.metadata) if isinstance(one, FieldInfo) else [one]


def _limit(metadata: list[Any], *names: str) -> int | None:
    found = (getattr(one, name, None) for one in metadata for name in names)
    return next((one for one in found if one is not None), None)


PLAIN: dict[Any, str] = {
    bool: "yes_no",
    int: "number",
    str: "text",
    Span: "length",
    time: "time",
    date: "day",
}


def _kind(annotation: Any) -> tuple[str, Any]:
    """Return how a type is edited, and the type of one choice or member."""
    if annotation in PLAIN:
        return PLAIN[annotation], annotation
    if get_origin(annotation) is Literal or _enum(annotation):
        return "choice", annotation
    inner = [_unwrapped(one)[0] for one in get_args(annotation)]
    if get_origin(annotation) is tuple and inner:
        member = inner[0]
        if get_origin(member) is Literal or _enum(member):
            return "choices", member
        return ("words", member) if member is str else ("things", member)
    if get_origin(annotation) is dict:
        return ("money" if inner[1] is int else "by_language" if inner[1] is str else "map"), inner
    return "thing", annotation


def _enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Enum)


def options(annotation: Any) -> tuple[str, ...]:
    """Return what a choice may be, as written in a document."""
    if get_origin(annotation) is Literal:
        return tuple(str(one) for one in get_args(annotation))
    return tuple(str(one.value) for one in annotation) if _enum(annotation) else ()


def members(union: Any) -> tuple[type[BaseModel], ...]:
    """Return the models of a discriminated union (conditions, actions)."""
    inner, _ = _unwrapped(union)
    return tuple(get_args(inner))


def tag_of(model: type[BaseModel], discriminator: str) -> str:
    """Return the word by which a model is told from its siblings."""
    return str(get_args(model.model_fields[discriminator].annotation)[0])


def field_at(root: type[BaseModel], doc: Any, path: tuple[str | int, ...]) -> Field | None:
    """Return the field a path leads to, walking models and document side by side."""
    steps = list(steps_of(root, doc, path))
    last = steps[-1] if steps else None
    if last is None or last.owner is None or len(steps) < len(path):
        return None
    if not last.member:
        return fields_of(last.owner).get(str(path[-1]))
    annotation, optional = _bare(last.annotation)
    kind, inner = _kind(_unwrapped(annotation)[0])
    return Field(last.owner, last.name, str(path[-1]), kind, inner, optional=optional)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a field of a model, or a member of what such a field holds."""

    step: str | int
    owner: type[BaseModel] | None  # the model whose field it is, or is in
    name: str  # that field's
    member: bool
    annotation: Any  # of what stands there


def steps_of(root: Any, doc: Any, path: tuple[str | int, ...]) -> Iterator[Step]:
    """Yield the steps of a path with what the models say of each, walking them side by side.

    Ends before a step that leads out of the models.
    """
    annotation, owner, name = root, None, ""
    for step in path:
        model = _model(annotation, doc)
        if model is not None:
            known = {info.alias or one: one for one, info in model.model_fields.items()}
            owner, name = model, known.get(str(step), str(step))
        annotation = _inside(annotation, doc, step)
        if annotation is None:
            return
        yield Step(step, owner, name, model is None, annotation)
        doc = at(doc, (step,))


def _inside(annotation: Any, doc: Any, step: str | int) -> Any:
    """Return the type of what one step leads to."""
    model = _model(annotation, doc)
    if model is not None:
        known = {info.alias or name: info for name, info in model.model_fields.items()}
        info = known.get(str(step))
        return None if info is None else info.rebuild_annotation()
    bare = _unwrapped(_bare(annotation)[0])[0]
    inner = get_args(bare)
    if get_origin(bare) is tuple:
        return inner[0]
    return inner[1] if get_origin(bare) is dict else None


def _model(annotation: Any, doc: Any) -> type[BaseModel] | None:
    """Return the model a type stands for; of a union, the one that the document is of."""
    bare = _unwrapped(_bare(annotation)[0])[0]
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return bare
    if get_origin(bare) not in {Union, UnionType} or not isinstance(doc, dict):
        return None
    for word in ("test", "do"):
        for one in get_args(bare):
            if word in doc and word in one.model_fields and tag_of(one, word) == doc[word]:
                return one  # type: ignore[no-any-return]
    return None
