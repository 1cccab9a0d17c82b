"""Compiles the catalogues while a wheel or an editable install is built.

Hatchling loads this file by its path, in a build environment that has Babel and nothing else of
ours. It must never import the bot.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from hatchling.builders.config import BuilderConfig

    Hook = BuildHookInterface[BuilderConfig]
else:
    Hook = BuildHookInterface


class CompiledCatalogues(Hook):
    """Puts a fresh `.mo` beside every `.po`, so that no build is without its words."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of the build are collected."""
        del version, build_data
        for po in sorted(Path(self.root).glob("bot/texts/catalogues/*/LC_MESSAGES/*.po")):
            with po.open("rb") as source:
                catalogue = read_po(source, abort_invalid=True)
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
