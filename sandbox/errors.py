"""What Telegram answers when it refuses: code, description and parameters.

The texts are those of the public Bot API server's source and of api.telegram.org.
It must never know which method refused.
"""

from typing import Any

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Refused(Exception):  # noqa: N818  (named for what Telegram did, not for Python's habit)
    """An answer with `ok: false`."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        """Keep what the answer will say."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> Refused:
    """400 with Telegram's prefix; like Telegram, it lower-cases a sentence but not a CODE."""
    if len(text) > 1 and not (text[1] == "_" or "A" <= text[1] <= "Z"):
        text = text[0].lower() + text[1:]
    return Refused(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refused:
    """403 with Telegram's prefix."""
    return Refused(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> Refused:
    """429 with the seconds to wait."""
    text = f"Too Many Requests: retry after {retry_after}"
    return Refused(429, text, {"retry_after": retry_after})


def migrated(new_chat_id: int) -> Refused:
    """400 for a basic group that has become a supergroup."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, text, {"migrate_to_chat_id": new_chat_id})
