"""What people do at Telegram: talk, press, join, manage. Each act is a plain function on the world.

Used by in-process tests and by the control address alike. It must never know the bot.
"""


class CannotDo(Exception):  # noqa: N818  (a sentence for whoever asked, not a fault of the program)
    """A person cannot do this at Telegram; the text says why."""
