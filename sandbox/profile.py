"""What the bot tells of itself: commands, texts, menu buttons; and whether it is connected."""

import orjson

from sandbox.model import Json, User


class Profile:
    """The bot's shop window."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._commands: dict[tuple[bytes, str], tuple[Json, list[Json]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, Json] = {}
        self.connected = False

    def set_commands(self, scope: Json, language: str, commands: list[Json]) -> None:
        """Put a list in place of the old one; an empty list deletes."""
        key = orjson.dumps(scope, option=orjson.OPT_SORT_KEYS), language
        if commands:
            self._commands[key] = scope, commands
        else:
            self._commands.pop(key, None)

    def get_commands(self, scope: Json, language: str) -> list[Json]:
        """Return the list for exactly this scope and language."""
        key = orjson.dumps(scope, option=orjson.OPT_SORT_KEYS), language
        return self._commands.get(key, (scope, []))[1]

    def commands_view(self) -> list[Json]:
        """List every scope and language."""
        return [
            {"scope": scope, "language_code": language, "commands": commands}
            for (_, language), (scope, commands) in self._commands.items()
        ]

    def text(self, name: str, language: str) -> str:
        """Return a text for a language, or the one for all."""
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")

    def _in_every_language(self, name: str) -> dict[str, str]:
        return {language: text for (one, language), text in self.texts.items() if one == name}

    def view(self, bot: User, *, privacy: bool) -> Json:
        """Shape the bot for the control address."""
        return {
            "id": bot.id,
            "first_name": bot.first_name,
            "username": bot.username,
            "connected": self.connected,
            "privacy": privacy,
            "descriptions": self._in_every_language("description"),
            "short_descriptions": self._in_every_language("short_description"),
        }
