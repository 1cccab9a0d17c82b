"""Reactions, pins, chat actions, commands and profile."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    ReactionTypeEmoji,
)
from telegram.error import BadRequest

from sandbox.people import Group, Person
from sandbox.server import Sandbox


async def test_a_bot_reacts_with_one_emoji_of_the_list(bot: Bot, ann: Person):
    said = ann.says("hello")
    assert await bot.set_message_reaction(ann.id, said.message_id, "👌")
    assert said.reactions == {bot.id: ["👌"]}
    assert await bot.set_message_reaction(ann.id, said.message_id, ReactionTypeEmoji("❤️"))
    assert said.reactions == {bot.id: ["❤"]}
    assert await bot.set_message_reaction(ann.id, said.message_id)
    assert said.reactions == {}
    for wrong in ("✅", "❌", "📨"):
        with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
            await bot.set_message_reaction(ann.id, said.message_id, ReactionTypeEmoji(wrong))
    with pytest.raises(BadRequest, match=r"(?i)REACTIONS_TOO_MANY"):
        await bot.set_message_reaction(ann.id, said.message_id, ["👌", "👀"])
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(ann.id, 999, "👌")


async def test_a_group_may_restrict_reactions(bot: Bot, team: Group, bob: Person):
    said = bob.at(team).says("hello")
    team.allow_reactions("👍")
    with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
        await bot.set_message_reaction(team.id, said.message_id, "👌")
    assert await bot.set_message_reaction(team.id, said.message_id, "👍")


async def test_pinning_leaves_a_service_message(bot: Bot, team: Group):
    card = await bot.send_message(team.id, "card")
    assert await bot.pin_chat_message(team.id, card.message_id)
    (update,) = await bot.get_updates()
    assert update.message.pinned_message.message_id == card.message_id
    assert (await bot.get_chat(team.id)).pinned_message.text == "card"
    assert await bot.unpin_chat_message(team.id)
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await bot.unpin_chat_message(team.id)
    team.promote_bot(can_pin_messages=False)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(team.id, card.message_id)


async def test_chat_actions(raw, bot: Bot, ann: Person):
    assert await bot.send_chat_action(ann.id, "typing")
    answer = await raw("sendChatAction", chat_id=ann.id, action="dancing")
    assert answer["description"] == "Bad Request: wrong parameter action in request"


async def test_commands_by_scope_and_language(sb: Sandbox, bot: Bot, ann: Person):
    english, chinese = [BotCommand("help", "Help")], [BotCommand("help", "帮助")]
    await bot.set_my_commands(english)
    await bot.set_my_commands(chinese, language_code="zh")
    await bot.set_my_commands(english, scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(english, scope=BotCommandScopeChat(ann.id))
    assert await bot.get_my_commands(language_code="zh") == tuple(chinese)
    assert await bot.get_my_commands() == tuple(english)
    await bot.delete_my_commands(language_code="zh")
    assert await bot.get_my_commands(language_code="zh") == ()


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "h" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "h", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [{"command": "h", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        (
            {"commands": [], "scope": {"type": "galaxy"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": [], "language_code": "english"}, "invalid language code specified"),
        ({}, "expected an Array of BotCommand"),
    ],
)
async def test_wrong_commands(raw, params, complaint):
    assert (await raw("setMyCommands", **params))["description"] == f"Bad Request: {complaint}"


async def test_name_descriptions_and_menu(bot: Bot):
    await bot.set_my_name("Desk")
    await bot.set_my_description("We listen.")
    await bot.set_my_description("我们在听。", language_code="zh")
    await bot.set_my_short_description("Complaints")
    assert (await bot.get_me()).first_name == "Desk"
    assert (await bot.get_my_description("zh")).description == "我们在听。"
    assert (await bot.get_my_description("fr")).description == "We listen."
    assert (await bot.get_my_short_description()).short_description == "Complaints"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
