"""The bot itself: who it is, its commands, descriptions and menu button."""

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.limits import BOT_NAME, COMMAND_DESCRIPTION, COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from sandbox.methods.call import Call
from sandbox.model import Json
from sandbox.profile import Profile

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = {"chat": (), "chat_administrators": (), "chat_member": ("user_id",)}


def get_me(call: Call) -> Json:
    """Say who the bot is."""
    return {
        **call.world.bot.brief,
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        reason = "invalid language code specified"
        raise bad_request(reason)
    return code


def _scope(call: Call) -> Json:
    scope: Any = call.json("scope", "Can't parse BotCommandScope JSON object")
    if scope is None:
        return {"type": "default"}
    if not isinstance(scope, dict):
        reason = "BotCommandScope must be an Object"
        raise bad_request(reason)
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return {"type": kind}
    if kind not in _CHAT_SCOPES:
        reason = "Can't parse BotCommandScope: Unsupported type specified"
        raise bad_request(reason)
    chat_id = scope.get("chat_id")
    if not str(chat_id or "").lstrip("-").isdigit() or int(str(chat_id)) not in call.world.chats:
        reason = "chat not found"
        raise bad_request(reason)
    kept: Json = {"type": kind, "chat_id": int(str(chat_id))}
    for name in _CHAT_SCOPES[kind]:
        if not scope.get(name):
            reason = "Invalid user_id specified"
            raise bad_request(reason)
        kept[name] = int(scope[name])
    return kept


def _profile(call: Call) -> Profile:
    return call.world.profile


def set_my_commands(call: Call) -> bool:
    """List the commands for a scope and a language."""
    commands: Any = call.json("commands", "Can't parse commands JSON object")
    if not isinstance(commands, list):
        reason = "Expected an Array of BotCommand"
        raise bad_request(reason)
    if len(commands) > COMMANDS:
        reason = "BOT_COMMANDS_TOO_MUCH"
        raise bad_request(reason)
    _profile(call).set_commands(_scope(call), _language(call), [_command(one) for one in commands])
    call.world.tell("commands", commands=_profile(call).commands_view())
    return True


def _command(given: object) -> Json:
    if not isinstance(given, dict) or not all(
        isinstance(given.get(name), str) for name in ("command", "description")
    ):
        reason = "Can't parse BotCommand: Can't find field \"command\""
        raise bad_request(reason)
    name, description = given["command"].removeprefix("/"), given["description"]
    if not _COMMAND.fullmatch(name):
        reason = "BOT_COMMAND_INVALID"
        raise bad_request(reason)
    if not 1 <= len(description.strip()) <= COMMAND_DESCRIPTION:
        reason = (
            "BOT_COMMAND_DESCRIPTION_INVALID"
            if description.strip()
            else "command description must be non-empty"
        )
        raise bad_request(reason)
    return {"command": name, "description": description}


def get_my_commands(call: Call) -> list[Json]:
    """Return the commands of a scope and a language."""
    return _profile(call).get_commands(_scope(call), _language(call))


def delete_my_commands(call: Call) -> bool:
    """Forget the commands of a scope and a language."""
    _profile(call).set_commands(_scope(call), _language(call), [])
    call.world.tell("commands", commands=_profile(call).commands_view())
    return True


def _set(call: Call, name: str, longest: int, refusal: str) -> bool:
    text = call.text(name)
    if len(text) > longest:
        raise bad_request(refusal)
    _profile(call).texts[name, _language(call)] = text
    if name == "name" and text and not call.text("language_code"):
        call.world.bot.first_name = text
        call.world.bot.refresh()
    call.world.tell_bot()
    return True


def _get(call: Call, name: str) -> Json:
    return {name: _profile(call).text(name, _language(call))}


def set_my_name(call: Call) -> bool:
    """Rename the bot."""
    return _set(call, "name", BOT_NAME, "BOT_TITLE_INVALID")


def set_my_description(call: Call) -> bool:
    """Set what an empty chat with the bot shows."""
    return _set(call, "description", DESCRIPTION, "BOT_DESCRIPTION_TOO_LONG")


def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows."""
    return _set(call, "short_description", SHORT_DESCRIPTION, "BOT_SHORT_DESCRIPTION_TOO_LONG")


def get_my_name(call: Call) -> Json:
    """Return the bot's name."""
    return {"name": _profile(call).text("name", _language(call)) or call.world.bot.first_name}


def get_my_description(call: Call) -> Json:
    """Return what an empty chat with the bot shows."""
    return _get(call, "description")


def get_my_short_description(call: Call) -> Json:
    """Return what the bot's profile shows."""
    return _get(call, "short_description")


def set_chat_menu_button(call: Call) -> bool:
    """Choose the button beside the input field."""
    button: Any = call.json("menu_button", "Can't parse menu button JSON object") or {
        "type": "default"
    }
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        reason = "Can't parse menu button: MenuButton has unsupported type"
        raise bad_request(reason)
    chat_id = call.integer("chat_id")
    if chat_id and (chat_id not in call.world.chats or chat_id < 0):
        reason = "chat not found"
        raise bad_request(reason)
    _profile(call).menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(call: Call) -> Json:
    """Return the button beside the input field."""
    buttons = _profile(call).menu_buttons
    return buttons.get(call.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


def set_my_default_administrator_rights(call: Call) -> bool:
    """Suggest rights for when the bot is made an administrator."""
    rights: Any = call.json("rights", "Can't parse ChatAdministratorRights JSON object")
    if rights is not None and not isinstance(rights, dict):
        reason = "ChatAdministratorRights must be an Object"
        raise bad_request(reason)
    return True
