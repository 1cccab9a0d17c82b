"""Pressing inline buttons, also twice, also months later, also below a message that is gone."""

from sandbox.acts import CannotDo
from sandbox.model import Json, Press, Stored, User
from sandbox.world import World, quotable


def button_at(
    stored: Stored,
    *,
    row: int | None = None,
    col: int = 0,
    data: str | None = None,
    label: str | None = None,
) -> Json:
    """Find a button by place, by data or by a part of its label."""
    rows = stored.buttons
    if row is not None:
        if row < len(rows) and col < len(rows[row]):
            return rows[row][col]
    else:
        flat = [button for line in rows for button in line]
        if data is not None:
            hits = [button for button in flat if button.get("callback_data") == data]
        else:
            wanted = label or ""
            hits = [button for button in flat if button["text"] == wanted] or [
                b for b in flat if wanted in b["text"]
            ]
        if hits:
            return hits[0]
    message = f"no such button; there are: {', '.join(stored.labels) or 'none'}"
    raise CannotDo(message)


def press(
    world: World, user: User, stored: Stored, button: Json, *, inaccessible: bool = False
) -> Press:
    """Press a callback button; the bot sees an old or deleted message as inaccessible."""
    chat = stored.chat
    if chat.user is None:
        member = chat.members.get(user.id)
        if member is None or not member.present:
            message = f"{user.first_name} is not in {chat.title}"
            raise CannotDo(message)
    if "callback_data" not in button:
        message = f"the button {button['text']!r} sends nothing to the bot"
        raise CannotDo(message)
    pressed = world.new_press(user, chat, stored.message_id, button["callback_data"])
    shown = _shown(world, stored, inaccessible=inaccessible)
    if chat.user is not None or _bot_present(world, stored):
        query = {
            "id": pressed.id,
            "from": user.brief,
            "message": shown,
            "chat_instance": str(7_000_000_000 + abs(chat.id)),
            "data": pressed.data,
        }
        world.updates.put("callback_query", query)
    world.tell(
        "pressed",
        callback_query_id=pressed.id,
        user_id=user.id,
        chat_id=chat.id,
        message_id=stored.message_id,
        data=pressed.data,
    )
    return pressed


def _bot_present(world: World, stored: Stored) -> bool:
    member = stored.chat.members.get(world.bot.id)
    return member is not None and member.present


def _shown(world: World, stored: Stored, *, inaccessible: bool) -> Json:
    age = world.clock.time() - stored.date
    too_old = world.inaccessible_after is not None and age > world.inaccessible_after
    if inaccessible or stored.deleted or too_old:
        return {"chat": stored.chat.brief, "message_id": stored.message_id, "date": 0}
    body = stored.body
    if "reply_to_message" in body:
        return {**body, "reply_to_message": quotable(body["reply_to_message"])}
    return body
