"""The bare bot beside which this one is measured: python-telegram-bot's echo, as shipped.

`python -m bench.echo URL TOKEN with-sniffio|without-sniffio`. Without it, the name is looked for
as for any package that is not installed, at the same cost: that failing search is the slowdown.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec

SNIFFIO = "sniffio"
ABSENT = "sniffio_is_not_here"


class WithoutSniffio:
    """The usual search of the path, but one name is never found; the search is still made."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: Any = None
    ) -> ModuleSpec | None:
        """Find a module."""
        return PathFinder.find_spec(ABSENT if name == SNIFFIO else name, path, target)

    @classmethod
    def invalidate_caches(cls) -> None:
        """Forget what was found, as importlib asks."""
        PathFinder.invalidate_caches()


def arrange(wanted: str) -> None:
    """Make `sniffio` importable or not; say so where that cannot be."""
    if wanted == "with-sniffio":
        if find_spec(SNIFFIO) is None:
            sys.exit("sniffio is not installed: it is one of the development requirements.")
        return
    if find_spec(SNIFFIO) is not None:
        sys.modules.pop(SNIFFIO, None)
        sys.meta_path[:] = [WithoutSniffio if f is PathFinder else f for f in sys.meta_path]
    if find_spec(SNIFFIO) is not None:
        sys.exit("sniffio could not be hidden.")


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(url: str, token: str, wanted: str) -> None:
    """Run until told to stop."""
    arrange(wanted)
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
