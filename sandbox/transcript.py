"""Everybody's screens as text, for when a test waits in vain."""

from sandbox.model import Stored
from sandbox.world import World


def transcript(world: World, latest: int = 12) -> str:
    """Everybody's screens as text, for a failed wait."""
    lines = []
    for chat in world.chats.values():
        if not chat.messages:
            continue
        lines.append(
            f"— {chat.title or (chat.user.first_name if chat.user else chat.id)} ({chat.id})"
        )
        lines.extend(_line(world, stored) for stored in list(chat.messages.values())[-latest:])
    return "\n".join(lines) or "(nobody has said anything)"


def _line(world: World, stored: Stored) -> str:
    sender = world.users.get(stored.sender_id)
    who = "bot" if stored.from_bot else sender.first_name if sender else "?"
    known = {
        "message_id",
        "from",
        "chat",
        "date",
        "reply_to_message",
        "message_thread_id",
        "is_topic_message",
        "entities",
    }
    what = stored.text or ", ".join(sorted(stored.body.keys() - known))
    place = f" ⟨{stored.thread}⟩" if stored.thread is not None else ""
    labels = "".join(f" [{label}]" for label in stored.labels)
    gone = " (deleted)" if stored.deleted else ""
    return f"  {stored.message_id}{place} {who}: {what}{labels}{gone}"
