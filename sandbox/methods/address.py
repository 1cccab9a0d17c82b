"""Where a call points: chat, topic, message to reply to. Each refusal in Telegram's words.

It must never know what is sent there.
"""

from sandbox.errors import bad_request, forbidden, migrated
from sandbox.limits import GENERAL_TOPIC, QUOTE
from sandbox.markup import ParseError, formatted
from sandbox.methods.call import Call, maybe, need
from sandbox.model import Chat, Json, Member, Stored, Topic
from sandbox.world import World


def chat_of(call: Call, *, name: str = "chat_id", write: bool = True) -> Chat:
    """Find the chat and check that the bot may act there."""
    text = call.text(name).strip()
    if not text:
        reason = f"{name} is empty"
        raise bad_request(reason)
    chat = call.world.chats.get(_integer(text))
    if chat is None:
        reason = "chat not found"
        raise bad_request(reason)
    if chat.user is not None:
        _check_private(call.world, chat, write=write)
    else:
        _check_group(call.world, chat, write=write)
    return chat


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def _check_private(world: World, chat: Chat, *, write: bool) -> None:
    user = chat.user
    if user is None:
        return
    if user.deactivated:
        if write:
            reason = "user is deactivated"
            raise forbidden(reason)
        return
    if not user.started:
        if not _met(world, chat.id):
            reason = "chat not found"
            raise bad_request(reason)
        if write:
            reason = "bot can't initiate conversation with a user"
            raise forbidden(reason)
    if user.blocked and write:
        reason = "bot was blocked by the user"
        raise forbidden(reason)


def _met(world: World, user_id: int) -> bool:
    return any(
        user_id in chat.members and world.bot.id in chat.members
        for chat in world.chats.values()
        if chat.members
    )


def _check_group(world: World, chat: Chat, *, write: bool) -> None:
    member = chat.members.get(world.bot.id)
    if member is None:
        reason = "chat not found"
        raise bad_request(reason)
    if chat.migrated_to is not None and write:
        raise migrated(chat.migrated_to)
    if member.present or (chat.type == "group" and not write):
        return
    word = "kicked from" if member.status == "kicked" else "not a member of"
    reason = (
        f"bot was {word} the {chat.type} chat"
        if member.status == "kicked"
        else f"bot is {word} the {chat.type} chat"
    )
    raise forbidden(reason)


def bot_member(call: Call, chat: Chat) -> Member:
    """Return the bot's standing in a chat where it is."""
    return chat.members[call.world.bot.id]


def bot_right(call: Call, chat: Chat, right: str) -> bool:
    """Whether the bot is an administrator with this right."""
    member = chat.members.get(call.world.bot.id)
    return member is not None and member.is_admin and member.rights.get(right, False)


def message_of(call: Call, chat: Chat, what: str, name: str = "message_id") -> Stored:
    """Find the message a call is about, or refuse with "<what> not found"."""
    stored = chat.messages.get(call.integer(name))
    if stored is None or stored.deleted:
        reason = f"{what} not found"
        raise bad_request(reason)
    return stored


def thread_of(call: Call, chat: Chat) -> int | None:
    """Read `message_thread_id` for sending; ignored where there are no topics, as at Telegram."""
    thread = call.integer("message_thread_id")
    if thread == 0 or not chat.is_forum:
        return None
    if thread == GENERAL_TOPIC or thread not in chat.topics:
        known = thread in chat.deleted_topics
        raise bad_request(call.world.deleted_topic_text if known else "message thread not found")
    check_open(call, chat, chat.topics[thread])
    return thread


def check_open(call: Call, chat: Chat, topic: Topic) -> None:
    """Only who manages topics, or made this one, writes into a closed one."""
    own = topic.creator_id == call.world.bot.id
    if topic.closed and not own and not bot_right(call, chat, "can_manage_topics"):
        reason = "TOPIC_CLOSED"
        raise bad_request(reason)


def reply_of(call: Call, chat: Chat, thread: int | None) -> tuple[Stored | None, Json]:
    """Read `reply_parameters`, or the older two: the message replied to, and the quote."""
    given = call.json("reply_parameters", "Can't parse reply parameters JSON object")
    if given is None:
        given = {"message_id": call.integer("reply_to_message_id")}
        given["allow_sending_without_reply"] = call.flag("allow_sending_without_reply")
    if not isinstance(given, dict):
        reason = "Object expected as reply parameters"
        raise bad_request(reason)
    if not given:
        return None, {}
    try:
        message_id = need(given, "message_id", int, "Number")
        lenient = maybe(given, "allow_sending_without_reply", bool, "Boolean")
        elsewhere = maybe(given, "chat_id", str, "String")
        quote = maybe(given, "quote", str, "String")
    except ValueError as error:
        raise bad_request(str(error)) from None
    if message_id <= 0:
        return None, {}
    if elsewhere and elsewhere != str(chat.id):
        return _reply_elsewhere(call, elsewhere, message_id)
    stored = chat.messages.get(message_id)
    if stored is None or stored.deleted:
        if lenient:
            return None, {}
        reason = "message to be replied not found"
        raise bad_request(reason)
    if thread is not None and stored.thread != thread:
        return None, {"external_reply": _external(stored)}
    return stored, _quoted(stored, quote, given) if quote else {}


def _reply_elsewhere(call: Call, chat_id: str, message_id: int) -> tuple[None, Json]:
    chat = chat_of(Call(call.world, call.method, {"chat_id": chat_id}), write=False)
    stored = chat.messages.get(message_id)
    if stored is None or stored.deleted:
        reason = "message to be replied not found"
        raise bad_request(reason)
    return None, {"external_reply": _external(stored)}


def _external(stored: Stored) -> Json:
    origin = {"type": "user", "sender_user": stored.body["from"], "date": stored.date}
    return {"origin": origin, "chat": stored.chat.brief, "message_id": stored.message_id}


def _quoted(stored: Stored, quote: str, given: Json) -> Json:
    try:
        text, marks = formatted(quote, given.get("quote_parse_mode"), given.get("quote_entities"))
    except ParseError as error:
        raise bad_request(str(error)) from None
    position = stored.text.find(text)
    if not text or len(text) > QUOTE or position < 0:
        reason = "QUOTE_TEXT_INVALID"
        raise bad_request(reason)
    shown: Json = {"text": text, "position": position, "is_manual": True}
    if marks:
        shown["entities"] = marks
    return {"quote": shown}
