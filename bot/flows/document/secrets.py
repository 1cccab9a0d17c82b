"""Secrets of a configuration, which no file need hold: a sign in their place keeps what is stored.

So an exported file can be shown around, and reading it back changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.desk import Config

AS_STORED = "(as stored)"
"""Stands for a secret that the desk has already."""
UNKNOWN = f"the desk has no secret to keep under this name: write one instead of {AS_STORED!r}"


def hidden(config: Config) -> Config:
    """Return the configuration as it may be shown around."""
    hooks = {name: one.but(secret=AS_STORED) for name, one in config.webhooks.items()}
    return config.but(webhooks=hooks)


def kept(made: Config, stored: Config) -> Config:
    """Return the configuration with the secrets that it keeps, as far as there are any."""
    hooks = {
        name: one.but(secret=stored.webhooks[name].secret)
        if one.secret == AS_STORED and name in stored.webhooks
        else one
        for name, one in made.webhooks.items()
    }
    return made.but(webhooks=hooks)


def unknown(config: Config) -> tuple[str, ...]:
    """Return the places where a secret is to be kept that nobody has."""
    names = (name for name, one in config.webhooks.items() if one.secret == AS_STORED)
    return tuple(f"webhooks.{name}.secret" for name in names)
