"""What rendering needs everywhere: the reader's language, texts cut to size, buttons.

The three rooms beside this one turn effects into letters with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.flows import effects as e
from bot.flows.languages import guess_language
from bot.flows.marks import units
from bot.flows.words import wording
from bot.texts.catalogue import LANGUAGES, Locale, locale
from bot.texts.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.people import Customer

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Telegram's limits in UTF-16 units after entity parsing."""

ALBUM_WAIT = timedelta(seconds=1.5)
"""Parts of an album come as separate updates; this much quiet means that it is whole."""

NOTICE_LIMIT = 200
"""Characters of a notice that answers a button press."""

MENU = ("person", "cases", "add")


class Renderer:
    """Renders the effects of one turn."""

    def __init__(self, desk: Desk, customer: Customer | None, now: datetime) -> None:
        """Write for this desk and customer, at this instant."""
        self.desk = desk
        self.customer = customer
        self.now = now

    # ---- languages --------------------------------------------------------------------------

    def for_customer(self) -> Locale:
        """Return the locale of this turn's customer."""
        customer = self.customer
        language = (customer.language if customer else "") or self.desk.general.language
        region = (customer.region if customer else "") or self.desk.general.region
        return self._locale(language, region)

    def for_staff(self, user: int | None = None) -> Locale:
        """Return the locale of a member of staff, or of the rooms."""
        general = self.desk.general
        member = self.desk.staff.get(user) if user is not None else None
        language = (member.language if member else "") or general.staff_language
        return self._locale(language, general.region)

    def in_language(
        self, language: str, own: Mapping[str, Mapping[str, str]] | None = None
    ) -> Locale:
        """Return the locale for a language, or for one guessed from Telegram's code.

        `own` are the desk's own texts as somebody edits them, instead of those in force.
        """
        general = self.desk.general
        known = language if language in LANGUAGES else guess_language(language)
        language = known or general.language
        if own is None:
            return self._locale(language, general.region)
        edited = wording(own, language, general.language)
        return locale(language, general.region, general.zone, edited)

    def _locale(self, language: str, region: str) -> Locale:
        config = self.desk.config
        return locale(language, region, config.general.zone, config.wording(language))

    # ---- pieces -----------------------------------------------------------------------------

    def text(self, where: Locale, lines: e.Text) -> dict[str, Any]:
        """Return the parameters of a text message, cut to Telegram's limit."""
        words = where.html(lines, self.now)
        if units(words) > TEXT_LIMIT:
            words = fit(where, lines, self.now)
        return {
            "text": words or "…",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }

    def keyboard(self, where: Locale, rows: e.Rows) -> dict[str, Any]:
        """Return inline buttons as Telegram wants them."""
        return {
            "inline_keyboard": [
                [self._button(where, button) for button in row] for row in rows if row
            ]
        }

    def _button(self, where: Locale, button: e.Button) -> dict[str, str]:
        label = where.plain(button.label, self.now) or "…"
        if button.url:
            return {"text": label, "url": button.url}
        return {"text": label, "callback_data": button.data}


def fit(where: Locale, lines: e.Text, now: datetime) -> str:
    """Return as many whole lines as fit, the longest line shortened: never broken markup."""
    done: list[str] = []
    room = TEXT_LIMIT - 2
    for one in lines:
        words = where.html((one,), now)
        if units(words) > room:
            done.append("…")
            break
        done.append(words)
        room -= units(words) + 1
    return "\n".join(done)


def menu_keyboard(where: Locale) -> dict[str, Any]:
    """Return the lasting buttons."""
    return {
        "keyboard": [[{"text": where.get(f"menu.{one}")} for one in MENU]],
        "resize_keyboard": True,
        "is_persistent": True,
    }


REGIONS = ("CN", "TW", "HK")
"""Regions with terms of their own; menu labels of all of them are understood everywhere."""


def menu_labels(own: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return the command behind each label of the lasting buttons, in every language.

    Shipped labels stay understood beside the desk's own: old keyboards still show them.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for region in REGIONS:
            where = locale(language, region, "UTC")
            found |= {where.get(f"menu.{one}"): one for one in MENU}
        words = own.get(language, {})
        found |= {words[f"menu.{one}"]: one for one in MENU if f"menu.{one}" in words}
    return found


def reply_to(message: int | None) -> dict[str, Any]:
    """Return the parameter that quotes a message, if it still stands there."""
    if message is None:
        return {}
    return {"reply_parameters": {"message_id": message, "allow_sending_without_reply": True}}


ALERTS = "alerts"
GATHERED = timedelta(seconds=2)
"""Alerts to one chat within this time, or while they wait their turn, become one message."""


def gathered(r: Renderer, letter: Letter) -> Letter:
    """Have an alert join those that wait for the same people."""
    return replace(letter, album=ALERTS, coalesce=ALERTS, due_at=r.now + GATHERED)


def album(r: Renderer, letter: Letter, **more: Any) -> Letter:
    """Fill in a letter; parts of an album wait for each other."""
    fields = {name: getattr(letter, name) for name in ("chat", "method", "params", "album")} | more
    if letter.album:
        fields |= {"coalesce": letter.album, "due_at": r.now + ALBUM_WAIT}
    return Letter(**fields)
