"""A trained classifier beside the word lists: category, kind and remedies of a message.

`warm` loads the encoder and the weights (about two seconds and 140 MB) once a process. Until
then, and where the encoder is not installed, the word lists alone decide.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.understanding import Facts
    from bot.meaning.model import Model

log = logging.getLogger(__name__)

_loaded: list[Model] = []


def warm() -> bool:
    """Load the classifier where it is not yet; False where no encoder is installed."""
    if _loaded:
        return True
    try:
        from bot.meaning.model import Model  # noqa: PLC0415 heavy: not before it is wanted

        _loaded.append(Model())
    except ImportError:
        log.info("no sentence encoder is installed: word lists alone read what is meant")
        return False
    return True


def refined(text: str, facts: Facts) -> Facts:
    """Return facts as the classifier judges them; as they are when it is not loaded."""
    if not _loaded or not text.strip():
        return facts
    from bot.meaning import model  # noqa: PLC0415 loaded already

    return model.refined(text, facts, _loaded[0])
