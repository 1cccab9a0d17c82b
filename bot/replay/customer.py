"""A customer of a replay: tells the story, then answers what stands on the screen.

Patient ones answer in sentences and check what is said back; terse ones in a word or two, are
now and then unreadable, and some walk away. One act at a time; time passes between acts.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from bot.replay.screen import Screen, look

if TYPE_CHECKING:
    from random import Random

    from bot.replay.texts import Told
    from sandbox.model import Stored
    from sandbox.people import Person

ACTS = 60
"""Acts after which a conversation is going round in circles."""
SILENT = 8
"""Rounds without a word from the desk after which there is nothing to wait for."""

FEEDBACK_SHARE = 0.5
NOT_SURE_SHARE = 0.15
TAP_SHARE = 0.6
CHANGE_SHARE = 0.12
ADD_SHARE = 0.08
LEAVE_SHARE = 0.05
MUMBLE_SHARE = 0.1
MUMBLES = ("?", "……", "hm", "😤")
YES = {"en": "yes", "zh": "对"}


@lru_cache(maxsize=1)
def _answers() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files("bot.replay").joinpath("answers.yaml").read_text("utf-8")
    )
    return found


class Customer:
    """Somebody with one complaint."""

    def __init__(self, told: Told, person: Person, dice: Random, *, terse: bool) -> None:
        """Be this person, with this to tell."""
        self.told = told
        self.person = person
        self.terse = terse
        self.over = False
        self.left = False
        self.asked = 0
        self.answered = 0
        self.story: list[Stored] = []
        self.puzzled: list[str] = []
        self._dice = dice
        self._answers = _answers()[told.language]["terse" if terse else "patient"]
        self._waits_for_pause = dice.random() < (0.5 if terse else 0.25)
        self._greets = dice.random() < 0.5  # noqa: PLR2004 - half of them press Start first
        self._acts = 0
        self._silent = 0
        self._known = 0
        self._checked = False
        self._added = False

    def act(self) -> None:
        """Do the next thing a person would do, looking at the screen."""
        self._acts += 1
        if self._acts > ACTS:
            self.over = True
        elif self._greets:
            self._greets = False
            self.person.starts()
        elif not self.story:
            self.story = [self.person.says(part) for part in self.told.parts()]
        else:
            self._answer_screen()

    def _answer_screen(self) -> None:
        """Answer the question that waits; when none does, it is over or worth waiting."""
        screen = look(self.person)
        heard = len(self.person.heard)
        if screen is None:
            self._silent = 0 if heard > self._known else self._silent + 1
            self.over = heard > self._known or self._silent > SILENT
            self._known = heard
            return
        self._known = heard
        if screen.asked.startswith("listening."):
            self._end_story(screen)
        else:
            self._answer(screen)

    def _end_story(self, screen: Screen) -> None:
        if screen.asked == "listening.add" and not self._added:
            self._added = True
            self.person.says(self._pick("add"))
        elif self._waits_for_pause and screen.asked != "listening.add":
            self._silent += 1  # the pause ends the story as well
            self.over = self._silent > SILENT
        else:
            self._press(screen, "button.thats_all")

    # ---- questions --------------------------------------------------------------------------

    def _answer(self, screen: Screen) -> None:
        self.asked += 1
        if self.terse and self.asked > 1 and self._chance(LEAVE_SHARE):
            self.over = self.left = True
            return
        self.answered += 1
        match screen.asked:
            case "danger.question":
                self._danger(screen)
            case "kind.question":
                wish = "feedback" if self._chance(FEEDBACK_SHARE) else "complaint"
                self._press(screen, f"kind.{wish}")
            case "category.question" | "change.question":
                self._press(screen, self._dice.choice(list(screen.choices)))
            case "remedy.question":
                self._remedy(screen)
            case "summary.right":
                self._summary(screen)
            case asked if asked.startswith("ask."):
                self._fact(screen)
            case _:
                self.puzzled.append(screen.message.text)
                self._press(screen, next(iter(screen.buttons)))

    def _danger(self, screen: Screen) -> None:
        if self.terse and self._chance(TAP_SHARE):
            self.person.says(self._pick("danger"))
            return
        weighted = ["danger.safe"] * 4 + ["danger.hurt", "danger.still"]
        self._press(screen, self._dice.choice(weighted))

    def _remedy(self, screen: Screen) -> None:
        if "button.done" in screen.buttons:
            self.asked -= 1  # still the same question
            self.answered -= 1
            self._press(screen, "button.done")
        elif self._chance(TAP_SHARE):
            self._press(screen, self._dice.choice(list(screen.choices)))
        elif self._chance(NOT_SURE_SHARE):
            self._press(screen, "remedy.unsure")
        else:
            self.person.says(self._pick("remedy"))

    def _summary(self, screen: Screen) -> None:
        wants_to_check, self._checked = not self._checked, True
        if wants_to_check and not self.terse and self._chance(CHANGE_SHARE):
            self._press(screen, "summary.change")
        elif wants_to_check and not self.terse and self._chance(ADD_SHARE):
            self._press(screen, "summary.add")
        elif self.terse and self._chance(TAP_SHARE):
            self.person.says(YES[self.told.language])
        else:
            self._press(screen, "summary.confirm")

    def _fact(self, screen: Screen) -> None:
        if self._chance(NOT_SURE_SHARE):
            self.answered -= 1
            self._press(screen, "button.not_sure")
        elif screen.choices and self._chance(TAP_SHARE):
            self._press(screen, self._dice.choice(list(screen.choices)))
        elif self.terse and self._chance(MUMBLE_SHARE):
            self.person.says(self._dice.choice(MUMBLES))
        elif words := self._words_for(screen.asked):
            self.person.says(words)
        elif screen.choices:
            self._press(screen, self._dice.choice(list(screen.choices)))
        else:
            self.puzzled.append(screen.message.text)
            self._press(screen, "button.not_sure")

    def _words_for(self, asked: str) -> str:
        """Return an answer to this question or, failing that, to the kind of question."""
        while asked.count("."):
            if asked in self._answers:
                return self._pick(asked)
            asked = asked.rpartition(".")[0]
        return ""

    # ---- hands ------------------------------------------------------------------------------

    def _press(self, screen: Screen, meaning: str) -> None:
        label = screen.buttons.get(meaning)
        if label is None:
            self.puzzled.append(f"no {meaning} under: {screen.message.text}")
            label = next(iter(screen.buttons.values()))
        self.person.presses(label, message=screen.message)

    def _pick(self, question: str) -> str:
        return str(self._dice.choice(self._answers[question]))

    def _chance(self, share: float) -> bool:
        return self._dice.random() < share
