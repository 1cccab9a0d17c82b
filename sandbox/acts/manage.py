"""Groups as people manage them: create, join, promote, topics, upgrade, anonymity."""

from sandbox.acts import CannotDo
from sandbox.limits import ADMIN_RIGHTS, TOPIC_COLORS, TOPIC_NAME
from sandbox.membership import change_status, member_shape, tell_standing, usual_rights
from sandbox.model import Chat, Member, Topic, User
from sandbox.topics import edit_topic, set_closed
from sandbox.world import World


def create_group(
    world: World,
    creator: User,
    title: str,
    *,
    members: list[User] | None = None,
    forum: bool = False,
    basic: bool = False,
) -> Chat:
    """Open a group with its first members."""
    if basic and forum:
        message = "a basic group has no topics; upgrade it first"
        raise CannotDo(message)
    chat = world.add_chat(title, basic=basic)
    chat.is_forum = forum
    chat.members[creator.id] = Member(creator, "creator", rights=dict.fromkeys(ADMIN_RIGHTS, True))
    for member in members or ():
        chat.members.setdefault(member.id, Member(member))
    world.tell_chat(chat)
    world.post(
        chat,
        creator,
        {"group_chat_created" if basic else "supergroup_chat_created": True},
        service=True,
    )
    return chat


def add(world: World, chat: Chat, actor: User, user: User) -> None:
    """Bring someone, or the bot, into a group."""
    _check_admin(
        chat, actor, "add members"
    ) if user is world.bot and chat.type == "supergroup" else None
    member = chat.members.get(user.id)
    if member is None or not member.present:
        change_status(world, chat, actor, user, "member")


def remove(world: World, chat: Chat, actor: User, user: User) -> None:
    """Take someone, or the bot, out of a group; one who goes alone has left, another is kicked."""
    change_status(world, chat, actor, user, "left" if actor is user else "kicked")


def promote(
    world: World, chat: Chat, actor: User, user: User, rights: dict[str, bool] | None
) -> None:
    """Make someone an administrator with these rights (None: the usual ones)."""
    _check_admin(chat, actor, "promote members")
    given = (
        usual_rights()
        if rights is None
        else dict.fromkeys(ADMIN_RIGHTS, False) | {"can_manage_chat": True} | rights
    )
    change_status(world, chat, actor, user, "administrator", rights=given)


def demote(world: World, chat: Chat, actor: User, user: User) -> None:
    """Make an administrator an ordinary member."""
    _check_admin(chat, actor, "change administrators")
    change_status(world, chat, actor, user, "member")


def set_anonymous(world: World, chat: Chat, user: User, *, on: bool) -> None:
    """Let an administrator write as the group."""
    _check_admin(chat, user, "be anonymous")
    member = chat.members[user.id]
    before = member_shape(member)
    member.is_anonymous = on
    tell_standing(world, chat, user, member, before)


def _check_admin(chat: Chat, user: User, doing: str) -> None:
    member = chat.members.get(user.id)
    if member is None or not member.is_admin:
        message = f"{user.first_name} is no administrator of {chat.title} and cannot {doing}"
        raise CannotDo(message)


def upgrade(world: World, chat: Chat, actor: User) -> Chat:
    """Make a basic group a supergroup: a new chat id, and a service message on each side."""
    if chat.type != "group" or chat.migrated_to is not None:
        message = f"{chat.title} is not a basic group"
        raise CannotDo(message)
    _check_admin(chat, actor, "upgrade it")
    fresh = world.add_chat(chat.title or "")
    fresh.members = {
        one.user.id: Member(one.user, one.status, one.is_anonymous, dict(one.rights))
        for one in chat.members.values()
    }
    world.post(chat, actor, {"migrate_to_chat_id": fresh.id}, service=True)
    chat.migrated_to = fresh.id
    world.post(fresh, actor, {"migrate_from_chat_id": chat.id}, service=True)
    world.tell("migrated", chat_id=chat.id, to_chat_id=fresh.id)
    world.tell_chat(chat)
    world.tell_chat(fresh)
    return fresh


def set_forum(world: World, chat: Chat, actor: User, *, on: bool) -> Chat:
    """Switch topics on or off; a basic group is upgraded first."""
    _check_admin(chat, actor, "switch topics")
    if on and chat.type == "group":
        chat = upgrade(world, chat, actor)
    chat.is_forum = on
    world.tell_chat(chat)
    return chat


def rename(world: World, chat: Chat, actor: User, title: str) -> None:
    """Give a group another title."""
    chat.title = title
    chat.refresh()
    world.post(chat, actor, {"new_chat_title": title}, service=True)
    world.tell_chat(chat)


def create_topic(world: World, chat: Chat, actor: User, name: str) -> Topic:
    """Open a topic."""
    if not chat.is_forum:
        message = f"{chat.title} has no topics"
        raise CannotDo(message)
    if not 1 <= len(name.strip()) <= TOPIC_NAME:
        message = f"a topic's name has 1 to {TOPIC_NAME} characters"
        raise CannotDo(message)
    return world.add_topic(
        chat, actor, name.strip(), TOPIC_COLORS[len(chat.topics) % len(TOPIC_COLORS)]
    )


def topic_of(chat: Chat, thread: int) -> Topic:
    """Find a topic."""
    topic = chat.topics.get(thread)
    if topic is None:
        message = f"there is no topic {thread} in {chat.title}"
        raise CannotDo(message)
    return topic


def rename_topic(world: World, chat: Chat, actor: User, thread: int, name: str) -> Topic:
    """Give a topic another name."""
    topic = topic_of(chat, thread)
    edit_topic(world, chat, topic, actor, name=name, icon=topic.icon_custom_emoji_id)
    return topic


def close_topic(world: World, chat: Chat, actor: User, thread: int, *, closed: bool) -> None:
    """Close or open a topic."""
    topic = topic_of(chat, thread)
    if topic.closed is closed:
        message = f"the topic {topic.name} is {'closed' if closed else 'open'} already"
        raise CannotDo(message)
    set_closed(world, chat, topic, actor, closed=closed)


def delete_topic(world: World, chat: Chat, actor: User, thread: int) -> None:
    """Delete a topic; the bot never hears of it."""
    _check_admin(chat, actor, "delete topics")
    topic_of(chat, thread)
    world.remove_topic(chat, thread)
