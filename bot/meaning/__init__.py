"""A trained classifier beside the word lists: category, kind and remedies of a message."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.understanding import Facts
    from bot.meaning.model import Model

log = logging.getLogger(__name__)


class Classifier:
    """Judges what word lists read. Until it is warm, and where it cannot be, the lists decide."""

    def __init__(self) -> None:
        """Know nothing yet: loading takes two seconds and 140 MB, so it is asked for."""
        self._model: Model | None = None

    def warm(self) -> bool:
        """Load the encoder and the weights; False where no encoder is installed."""
        if self._model is None:
            try:
                from bot.meaning.model import Model  # noqa: PLC0415 heavy: not before it is wanted
            except ImportError:
                log.info("no sentence encoder is installed: word lists alone read what is meant")
                return False
            self._model = Model()
        return True

    def refined(self, text: str, facts: Facts) -> Facts:
        """Return facts as the classifier judges them; as they are while it is not warm."""
        if self._model is None or not text.strip():
            return facts
        return self._model.refined(text, facts)
