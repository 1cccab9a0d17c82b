"""What of the desk is kept in the settings: read into it, and written as an outcome changes it.

Pure: a setting is a key and a JSON document. It must never know the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.desk import Config, Desk
from bot.flows.people import Staff, Team
from bot.flows.records import CorrectiveAction, Crisis
from bot.flows.session import AdminSession
from bot.flows.versions import Applied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.outcome import Outcome

KEPT: dict[str, tuple[str, Any]] = {
    "staff": ("staff", Staff),
    "crisis": ("crises", Crisis),
    "action": ("actions", CorrectiveAction),
    "admin": ("sessions", AdminSession),
}
"""What is kept in the settings one by one, as `kind:id`: its place on the desk, and its model."""


def with_settings(desk: Desk, changed: Mapping[str, Any]) -> Desk:
    """Return the desk with what these settings say; keys that nobody knows are left alone."""
    kept: dict[str, dict[int, Any]] = {name: dict(getattr(desk, name)) for name, _ in KEPT.values()}
    for key, doc in changed.items():
        if key == "team":
            desk = desk.but(team=Team.model_validate(doc))
        elif key == "config":
            desk = desk.but(config=Config.model_validate(doc))
        elif key == "config_offered":
            desk = desk.but(offered=Config.model_validate(doc) if doc else None)
        elif key == "config_applied":
            desk = desk.but(applied=tuple(Applied.model_validate(one) for one in doc))
        elif key == "admins":
            desk = desk.but(redeemed=tuple(doc))
        elif (kind := key.partition(":")[0]) in KEPT:
            name, model = KEPT[kind]
            one = model.model_validate(doc)
            kept[name][one.id] = one
    return desk.but(**kept) if changed else desk


def settings_of(outcome: Outcome) -> dict[str, Any]:
    """Return the settings that an outcome changes, as they are stored."""
    settings: dict[str, Any] = {
        f"{kind}:{number}": one
        for kind, (name, _) in KEPT.items()
        for number, one in getattr(outcome, name).items()
    }
    settings |= {"team": outcome.team} if outcome.team is not None else {}
    plain = {key: one.model_dump(mode="json") for key, one in settings.items()}
    if outcome.config is not None:
        plain["config"] = outcome.config.model_dump(mode="json", by_alias=True)
    if outcome.applied is not None:
        plain["config_applied"] = [one.model_dump(mode="json") for one in outcome.applied]
    if outcome.offer_answered:
        plain["config_offered"] = None
    if outcome.redeemed is not None:
        plain["admins"] = list(outcome.redeemed)
    return plain
