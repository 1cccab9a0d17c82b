"""What the bot gets to see in a group: everything, or with privacy mode only what concerns it.

Source: core.telegram.org/bots/features#privacy-mode. It must never change anything.
"""

from sandbox.model import Json, Stored, User


def bot_sees(bot: User, stored: Stored, *, privacy: bool) -> bool:
    """Whether a message in this chat reaches the bot as an update."""
    chat = stored.chat
    if chat.user is not None:
        return not chat.user.blocked
    member = chat.members.get(bot.id)
    if member is None or not member.present:
        return False
    if stored.service or member.is_admin or not privacy:
        return True
    return _concerns_bot(bot, stored.body)


def _concerns_bot(bot: User, body: Json) -> bool:
    replied = body.get("reply_to_message")
    if (
        replied is not None
        and "forum_topic_created" not in replied
        and replied["from"]["id"] == bot.id
    ):
        return True
    text = body.get("text") or body.get("caption") or ""
    username = (bot.username or "").lower()
    for mark in body.get("entities") or body.get("caption_entities") or ():
        if mark["type"] == "bot_command":
            return _for_bot(text, mark, username)
        if mark["type"] == "mention" and _slice(text, mark).lower() == f"@{username}":
            return True
    return False


def _for_bot(text: str, mark: Json, username: str) -> bool:
    _, at, name = _slice(text, mark).partition("@")
    return not at or name.lower() == username


def _slice(text: str, mark: Json) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode("utf-16-le")
