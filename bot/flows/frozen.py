"""What every value of the desk is made of: fields that are replaced, never changed in place."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that is replaced, never changed in place."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def but(self, **changes: Any) -> Self:
        """Return the same value with these fields replaced (not validated again).

        As `model_copy(update=…)`, at a tenth of its cost: this is the core's most frequent act.
        """
        new = self.__class__.__new__(self.__class__)
        put = object.__setattr__
        put(new, "__dict__", self.__dict__ | changes)
        put(new, "__pydantic_fields_set__", self.__pydantic_fields_set__ | changes.keys())
        put(new, "__pydantic_extra__", None)
        put(new, "__pydantic_private__", None)
        return new


class Written(Frozen):
    """A value that people write in a configuration: an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
