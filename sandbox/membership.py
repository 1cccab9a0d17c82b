"""Joining, leaving, being promoted: service messages and `my_chat_member` / `chat_member` updates.

It must never decide who may; that is for `acts` and `methods`.
"""

from sandbox.limits import ADMIN_RIGHTS
from sandbox.model import Chat, Json, Member, User
from sandbox.world import World

_BY_DEFAULT = frozenset(
    {"can_post_stories", "can_edit_stories", "can_delete_stories", "can_promote_members"}
)


def usual_rights() -> dict[str, bool]:
    """Give the rights an administrator gets when nobody unticks any."""
    return {name: name not in _BY_DEFAULT for name in ADMIN_RIGHTS}


def member_shape(member: Member) -> Json:
    """Shape a `ChatMember` for updates."""
    shape: Json = {"user": member.user.brief, "status": member.status}
    if member.status == "creator":
        shape["is_anonymous"] = member.is_anonymous
    elif member.status == "administrator":
        rights = {name: member.rights.get(name, False) for name in ADMIN_RIGHTS}
        shape |= {**rights, "is_anonymous": member.is_anonymous, "can_be_edited": False}
    elif member.status == "kicked":
        shape["until_date"] = 0
    return shape


def change_status(
    world: World,
    chat: Chat,
    actor: User,
    user: User,
    status: str,
    *,
    rights: dict[str, bool] | None = None,
) -> Member:
    """Give a user another standing, with the messages and updates that follow."""
    member = chat.members.get(user.id)
    if member is None:
        member = chat.members[user.id] = Member(user, "left")
    before = member_shape(member)
    was_present = member.present
    leaving = was_present and status in {"left", "kicked"}
    if leaving:
        world.post(chat, actor, {"left_chat_member": user.brief}, service=True)
    member.status = status
    member.rights = (rights or usual_rights()) if status in {"administrator", "creator"} else {}
    member.is_anonymous = member.is_anonymous and member.is_admin
    if not was_present and member.present:
        added = {
            "new_chat_members": [user.brief],
            "new_chat_member": user.brief,
            "new_chat_participant": user.brief,
        }
        world.post(chat, actor, added, service=True)
    tell_standing(world, chat, actor, member, before)
    return member


def tell_standing(world: World, chat: Chat, actor: User, member: Member, before: Json) -> None:
    """Queue the update about a changed standing, if the bot gets to know."""
    after = member_shape(member)
    own = member.user is world.bot
    bot = chat.members.get(world.bot.id)
    if before != after and (own or (bot is not None and bot.is_admin)):
        update = {
            "chat": chat.brief,
            "from": actor.brief,
            "date": int(world.clock.time()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        world.updates.put("my_chat_member" if own else "chat_member", update)
    world.tell_chat(chat)


def tell_block(world: World, user: User, *, blocked: bool) -> None:
    """Queue the `my_chat_member` update of a person who blocks the bot or lets it back."""
    states = [
        {"user": world.bot.brief, "status": "member"},
        {"user": world.bot.brief, "status": "kicked", "until_date": 0},
    ]
    old, new = states if blocked else reversed(states)
    update = {
        "chat": world.chats[user.id].brief,
        "from": user.brief,
        "date": int(world.clock.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    world.updates.put("my_chat_member", update)
