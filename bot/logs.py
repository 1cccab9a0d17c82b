"""Logging that never shows the bot's token, wherever a message comes from.

The token is part of every address of the Bot API, so libraries below us may print it. It is
masked in the finished line, exception and traceback included, because only there is it sure.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from types import TracebackType

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
ANY_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
"""What looks like a token, even in an address that quotes the colon or when it is not ours."""
MASK = "<token>"


def masked(text: str, token: str = "") -> str:
    """Return the text with the token, and whatever looks like one, taken out."""
    if token:
        text = text.replace(token, MASK).replace(token.replace(":", "%3A"), MASK)
    return ANY_TOKEN.sub(MASK, text)


class MaskedFormatter(logging.Formatter):
    """Another formatter's line with the token taken out."""

    def __init__(self, inner: logging.Formatter, token: str = "") -> None:
        """Wrap `inner`."""
        super().__init__()
        self._inner = inner
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """Format as the wrapped one does, then mask."""
        return masked(self._inner.format(record), self._token)


def start_logging(
    level: str = "INFO",
    token: str = "",
    *,
    stream: TextIO | None = None,
    formatter: logging.Formatter | None = None,
) -> None:
    """Send everything to one handler that masks, and mask uncaught tracebacks as well."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(MaskedFormatter(formatter or logging.Formatter(LINE), token))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # PTB's and aiohttp's own debug lines hold whole messages of customers.
    for chatty in ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.INFO, root.level))
    logging.getLogger("httpx").setLevel(logging.WARNING)

    def bury(kind: type[BaseException], err: BaseException, trace: TracebackType | None) -> None:
        root.critical("stopped by an error that nobody expected", exc_info=(kind, err, trace))

    sys.excepthook = bury
