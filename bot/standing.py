"""The configuration that stands: seeded from the file once, then kept in the database.

A file that reads differently from what was last taken from it is offered to the admins as an
import; nothing changes until one of them presses the button.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.config import SettingsError
from bot.flows.document.secrets import UNKNOWN, kept, unknown
from bot.flows.rooms import offer_import
from bot.flows.turn import Turn
from bot.flows.versions import Version
from bot.texts.render import render

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app import App
    from bot.flows.desk import Config


def fingerprint(config: Config) -> str:
    """Return what tells one configuration from another, whatever its version number."""
    plain = config.but(version=1).model_dump_json(by_alias=True)
    return hashlib.sha256(plain.encode()).hexdigest()


async def settle(app: App, config: Config, now: datetime) -> None:
    """Seed version 1, or offer what the file says now when it changed."""
    mark = fingerprint(config)
    known = await app.setting("config_source")
    doc = config.model_dump(mode="json", by_alias=True)
    if known is None:
        _whole(config)
        first = Version(version=config.version, at=now, how="seeded", doc=doc)
        await app.put(now, {"config": doc, "config_source": mark}, versions=[first])
        return
    if known == mark:
        return
    config = kept(config, app.desk.config)
    _whole(config)
    doc = config.model_dump(mode="json", by_alias=True)
    await app.put(now, {"config_offered": doc, "config_source": mark})
    turn = Turn(app.desk, now)
    offer_import(turn)
    await app.post(now, render(turn.outcome().effects, app.desk, None, now))


def _whole(config: Config) -> None:
    """Refuse a file that keeps a secret which nobody has."""
    for place in unknown(config):
        raise SettingsError(f"DESK_CONFIG: {place}: {UNKNOWN}.")
