"""What customers and staff do in a siege: three cases each, every message with its own marker.

A script is a generator; each `yield` is a breath in which the desk comes to rest. What a customer
does next follows from where the desk thinks the conversation stands, so that the same script does
the same with and without kills.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

    from sandbox.model import Stored
    from sandbox.people import Actor, Person

STORIES = (
    "My order 55-1{n} arrived broken yesterday, the lid was smashed. {m}",
    "The blender I bought on Monday stopped working after one use. {m}",
    "昨天送来的外卖晚了两个小时，汤全洒了，订单号 8823-{n}。{m}",
    "I was charged twice, 45 dollars each, for one ticket. {m}",
    "The toilet on the second floor has been out of order for a week. {m}",
    "我在你们店排了一个小时的队，没人理我 {m}",
    "I have been waiting for an answer since Tuesday {m}",
)
ANSWERS = {"when": "yesterday at 5 pm", "amount": "20 dollars", "place": "Main Street"}
ROUNDS = 16
"""Answers a customer gives at most before a case must be filed."""


def letters(n: int) -> str:
    """Spell a number so that nobody reads a reference or an amount into it."""
    return "".join("abcdefghij"[int(digit)] for digit in str(n))


class Visitor:
    """One customer, and the member of staff who looks after the cases."""

    def __init__(self, n: int, person: Person, mei: Actor) -> None:
        self.n, self.person, self.mei = n, person, mei
        self.doc: dict[str, Any] = {}
        self.cases: list[dict[str, Any]] = []
        self.ordinal = 0  # the case that what is said now belongs to, by the script
        self.expected: dict[str, int] = {}  # marker → that case
        self.moved: dict[str, int] = {}  # marker → the case it was moved to
        self.relayed: list[str] = []  # markers that the team must read
        self.replies: list[str] = []
        self.before: dict[str, Any] = {}  # what was asked last

    @property
    def tag(self) -> str:
        """How all markers of this customer begin."""
        return f"[a~{letters(self.n)}~"

    # ---- acting ----------------------------------------------------------------------------

    def marker(self, *, relayed: bool = False) -> str:
        """Make a marker for something that belongs to the case in hand."""
        made = f"{self.tag}{letters(len(self.expected) + 1)}]"
        self.expected[made] = self.ordinal
        if relayed:
            self.relayed.append(made)
        return made

    def reply(self) -> str:
        """Make a marker for a reply of staff."""
        made = f"[r~{letters(self.n)}~{letters(len(self.replies) + 1)}]"
        self.replies.append(made)
        return made

    def says(self, words: str, *, relayed: bool = False, **more: Any) -> Stored:
        """Say something with a marker in it."""
        marked = words if "{m}" in words else words + " {m}"
        text = marked.format(n=self.n, m=self.marker(relayed=relayed))
        return self.person.says(text, **more)

    def presses(self, data: str) -> None:
        """Press the latest button that carries this."""
        self.person.presses(data=data)

    @property
    def dialog(self) -> dict[str, Any] | None:
        """Where the desk thinks the conversation stands."""
        found: dict[str, Any] | None = self.doc.get("dialog")
        return found

    @property
    def number(self) -> int:
        """The number of the case in hand."""
        return int(self.cases[self.ordinal]["id"])

    # ---- one case after the other ----------------------------------------------------------

    def script(self) -> Generator[None]:
        """Take three cases from first word as far as they go."""
        if self.n % 2:
            self.person.starts()
        yield from self.complains(0)
        yield from self.adds_and_corrects()
        yield from self.is_answered()
        yield from self.is_settled()
        yield from self.complains(1)
        if self.cases[1]["status"] == "queued":
            yield from self.has_another_matter()
            self.ordinal = 1
            yield from self.is_answered()
            quoted = self._latest(self.person, self.replies[-1])
            self.says("about the first matter again", reply_to=quoted, relayed=True)
            yield
        else:  # a person has it already, and nothing is offered to be moved
            yield from self.is_answered()
            yield from self.is_settled()
            yield from self.complains(2)
        self.ordinal = 2
        yield from self.is_answered()
        yield from self.is_settled()

    def complains(self, ordinal: int) -> Generator[None]:
        """Tell a story in several messages, and answer until it is filed."""
        self.ordinal = ordinal
        self.first = self.says(STORIES[(self.n + 3 * ordinal) % len(STORIES)], relayed=True)
        if self.n % 3 == 0:
            self.says("and nobody at the counter wanted to help", relayed=True)
        yield
        kind = (self.n + ordinal) % 4
        if kind == 1:
            caption = f"look {self.marker(relayed=True)}"
            self.person.sends_album(3, caption)
        elif kind == 2:
            self.person.sends("photo", caption=self.marker(relayed=True))
        elif kind == 3:
            self.says("it was the branch in Main Street")
        yield
        yield from self.answers_all()

    def answers_all(self) -> Generator[None]:
        """Answer whatever is asked until nothing is."""
        for _ in range(ROUNDS):
            if self.dialog is None:
                return
            self._answers(self.dialog)
            yield
        message = f"customer {self.n} is still asked: {self.dialog}"
        raise AssertionError(message)

    def _answers(self, dialog: dict[str, Any]) -> None:
        case, step = dialog["case"], dialog["step"]
        corrected = any("red as well" in word["text"] for word in self.cases[self.ordinal]["words"])
        match step:
            case "asking" if len(dialog["asked"]) % 2 == self.n % 2 and dialog != self.before:
                self.says(ANSWERS.get(dialog["asking"], "the usual one, as always"))
            case "asking":
                self.presses(f"c:a:{case}:{dialog['asking']}:?")
            case "remedy" if self.n % 3 == 0:
                self.says("I want a refund of all of it")
            case "remedy" if dialog["picked"]:
                self.presses(f"c:r:{case}:=")
            case "remedy":
                self.presses(f"c:r:{case}:refund" if self.offers("refund") else f"c:r:{case}:?")
            case "summary" if self.n % 4 == 0 and not corrected:
                self.says("the box was red as well", relayed=True)
            case "word" | "rating":
                self.says("that will do")
            case _:
                choices = {
                    "kind": "k:#:complaint",
                    "category": "g:#:facility",
                    "danger": "d:#:safe",
                }
                choices |= {"listening": "l:#:", "summary": "s:#:yes"}
                self.presses("c:" + choices[step].replace("#", str(case)))
        self.before = dialog

    def offers(self, remedy: str) -> bool:
        """Whether this remedy can be tapped on the latest buttons."""
        latest = next(one for one in reversed(self.person.screen) if one.buttons)
        return any(
            button.get("callback_data", "").endswith(f":{remedy}")
            for row in latest.buttons
            for button in row
        )

    def adds_and_corrects(self) -> Generator[None]:
        """Add words to the filed case and edit the first ones, in one breath."""
        self.says("one more thing: the receipt is lost", relayed=True)
        self.person.edits(self.first, f"{self.first.text} (two of them)")
        yield

    def is_answered(self) -> Generator[None]:
        """Staff take the case and reply to the customer's words; the customer writes back."""
        self.mei.presses(data=f"s:take:{self.number}:")
        yield
        own = [one for one in self.relayed if self.where(one) == self.ordinal]
        relay = self._latest(self.mei, own[0])
        reply = self.reply()
        if self.n % 5 == 4:
            self.mei.sends("photo", caption=f"this one? {reply}", reply_to=relay)
        else:
            self.mei.says(f"We are looking into it {reply}", reply_to=relay)
        self.mei.says(f"// a word among us about {self.number}", thread=relay.thread)
        yield
        self.says("please hurry, the party is on Saturday", relayed=True)
        yield

    def is_settled(self) -> Generator[None]:
        """Staff resolve, in words or without; the customer agrees and rates."""
        self.mei.presses(data=f"s:prompt:{self.number}:resolve")
        yield
        if self.n % 2:
            self.mei.presses(data=f"s:resolve:{self.number}:plain")
        else:
            prompt = self._showing(f"s:resolve:{self.number}:plain")
            reply = self.reply()
            self.mei.says(f"The money is on its way {reply}", reply_to=prompt)
        yield
        self.presses(f"c:e:{self.number}:yes")
        yield
        self.presses(f"c:m:{self.number}:4")
        yield
        yield from self.answers_all()

    def has_another_matter(self) -> Generator[None]:
        """Write into the open case, then say that it is about something else."""
        self.says("The parking lot light is broken too, it is pitch dark", relayed=True)
        marker = list(self.expected)[-1]
        yield
        said = next(one for one in reversed(self.person.screen) if not one.from_bot)
        self.presses(f"c:x:{self.number}:{said.message_id}")
        self.moved[marker] = self.ordinal = 2
        yield
        yield from self.answers_all()

    # ---- finding ---------------------------------------------------------------------------

    def where(self, marker: str) -> int:
        """Return the case where a message belongs in the end."""
        return self.moved.get(marker, self.expected[marker])

    @staticmethod
    def _latest(actor: Actor, words: str) -> Stored:
        """Find the latest message of the desk with these words: repeated, the last one counts."""
        for one in reversed(actor.screen):
            if one.from_bot and words in one.text:
                return one
        message = f"{words!r} never came"
        raise AssertionError(message)

    def _showing(self, data: str) -> Stored:
        return next(
            one
            for one in reversed(self.mei.screen)
            if any(button.get("callback_data") == data for row in one.buttons for button in row)
        )
