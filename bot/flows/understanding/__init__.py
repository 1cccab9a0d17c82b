"""Reading free text: what a customer's words already tell, so that it is never asked again.

`understand` turns one message into `Facts`; `read_answer` reads the answer to one asked
fact. Both are pure: no I/O, no clock, no logging at call time; word lists are loaded at import.
This room knows no case, no conversation and no Telegram.
"""

from bot.flows.understanding.answers import Answer, AnswerKind, read_answer
from bot.flows.understanding.facts import Facts, Found, Signal
from bot.flows.understanding.reading import understand

__all__ = ["Answer", "AnswerKind", "Facts", "Found", "Signal", "read_answer", "understand"]
