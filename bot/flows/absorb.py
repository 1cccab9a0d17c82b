"""Taking in what a message says: the words onto the case, and the facts read from them.

Used for every message of a customer, at whatever step. It asks nothing and answers nothing. A
fact known already is only replaced by a surer one or by a correction; what it was before stays
in the timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.effects import RenameTopic, Vacate
from bot.flows.events import CustomerSaid
from bot.flows.keeping import analyse_anew
from bot.flows.marks import kept
from bot.flows.model import WORDS_KEPT, Fact, Sign, Source, Word
from bot.flows.outcome import Kept
from bot.flows.playbooks import SLOT_TO_FACT
from bot.flows.understanding import understand

if TYPE_CHECKING:
    from bot.flows.events import CustomerEdited
    from bot.flows.folder import Folder
    from bot.flows.model import Case
    from bot.flows.turn import Turn
    from bot.flows.understanding import Facts
    from bot.flows.understanding.facts import Found

SURE = 0.6
"""Confidence from which a category read from the text is taken without asking."""

SIGNS_KEPT = 24


def hear(
    turn: Turn,
    folder: Folder,
    event: CustomerSaid,
    *,
    story: bool = True,
    by: str = "customer",
) -> int:
    """Put a message into the case; return how many new facts were read from it.

    `story` is False for an answer to a question, whose words are kept with the fact; `by` is who
    wrote it.
    """
    media = event.media
    folder.log(
        "said",
        by,
        message=event.message_id,
        text=event.text,
        **({"media": media.kind, "file": media.file_id} if media else {}),
    )
    turn.tie(event.who.id, event.message_id, folder, "said")
    folder.edit(last_customer_at=turn.at, unanswered=folder.case.unanswered + 1)
    acted = folder.case.words and event.facts and WORDLESS & {*event.facts.intents}
    if (media and not folder.case.relayed) or (story and (media or not acted)):
        keep_word(folder, event)
    if media and media.kind not in MUTE:
        folder.edit(media=folder.case.media + 1)
    if media:
        turn.result.kept.append(Kept(folder.case.id, folder.entries, media))
    folder.trigger("said")
    if event.facts is None:
        return 0
    _seen_again(turn, folder, event.facts)
    return read(turn, folder, event.facts, story=story)


WORDLESS = frozenset({"done", "skip", "not_sure", "back", "why_ask", "already_told", "thanks"})
"""Acts whose message moves the conversation and tells nothing: the timeline keeps it, the story
does without."""

MUTE = frozenset({"sticker", "dice", "animation"})
"""Attachments that show a mood rather than what happened: no story is told by them."""


def keep_word(folder: Folder, event: CustomerSaid) -> None:
    """Put a message among the words of the story."""
    media = event.media
    word = Word.made(
        message_id=event.message_id,
        text=event.text,
        marks=kept(event.entities),
        kind=media.kind if media else "",
        file_id=media.file_id if media else "",
        album=media.album if media else "",
        file_name=media.file_name if media else "",
    )
    words, relayed = folder.case.words, folder.case.relayed
    if len(words) < WORDS_KEPT:
        folder.edit(words=(*words, word))
    elif relayed:  # the room has the oldest: it makes way
        folder.edit(words=(*words[1:], word), relayed=relayed - 1)
    elif not media:
        joined = f"{words[-1].text}\n{event.text}"[:WORD_KEPT]
        folder.edit(words=(*words[:-1], words[-1].but(text=joined)))


WORD_KEPT = 4000
"""Characters to which the last word may grow once there are too many; the timeline has all."""


def read(turn: Turn, folder: Folder, facts: Facts, *, story: bool = True) -> int:
    """Take the facts that were read from a text; return how many were new."""
    new = _signs(turn, folder, facts) + _remedies(folder, facts)
    if story:
        _category(turn, folder, facts)
    for found in sorted(facts.found, key=lambda one: one.kind == "mentioned"):
        new += _found(turn, folder, found)
    when = folder.case.facts.get("when")
    if facts.incident and (when is None or when.value is None):
        new += note(
            turn,
            folder,
            "when",
            facts.incident + (f"T{facts.incident_time}" if facts.incident_time else ""),
            shown=_shown(facts, facts.incident),
            source=Source.READ,
            sure=not facts.incident_guessed,
        )
    if new:
        folder.trigger("changed")
    return new


def _shown(facts: Facts, day: str) -> str:
    return next((one.text for one in facts.of("when") if one.value.startswith(day)), "")


def _signs(turn: Turn, folder: Folder, facts: Facts) -> int:
    known = {(sign.name, sign.words) for sign in folder.case.signs}
    fresh = tuple(
        Sign.made(name=one.name, words=one.text, kind=one.kind or "", at=turn.at)
        for one in facts.signals
        if (one.name, one.text) not in known
    )
    if fresh:
        folder.edit(signs=kept_signs((*folder.case.signs, *fresh)))
        folder.log("signs", seen=[[sign.name, sign.words] for sign in fresh])
    return len(fresh)


def _seen_again(turn: Turn, folder: Folder, facts: Facts) -> None:
    """Keep that a sign known already shows in one more message: anger said twice is more."""
    known = {(sign.name, sign.words) for sign in folder.case.signs}
    again = {(one.name, one.text): one for one in facts.signals if (one.name, one.text) in known}
    if again:
        signs = [
            Sign.made(name=one.name, words=one.text, kind=one.kind or "", at=turn.at)
            for one in again.values()
        ]
        folder.edit(signs=kept_signs((*folder.case.signs, *signs)))


def kept_signs(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Return the signs to keep: the first and the newest of each kind are never crowded out."""
    if len(signs) <= SIGNS_KEPT:
        return signs
    first = tuple({sign.name: sign for sign in reversed(signs)}.values())
    newest = tuple(sign for sign in signs[-SIGNS_KEPT + len(first) :] if sign not in first)
    return (*reversed(first), *newest)


def _remedies(folder: Folder, facts: Facts) -> int:
    case = folder.case
    rejected = tuple(dict.fromkeys((*case.remedies_rejected, *facts.remedies_rejected)))
    rejected = tuple(one for one in rejected if one not in facts.remedies)
    wanted = tuple(
        one
        for one in dict.fromkeys((*case.remedies, *facts.remedies))
        if one not in facts.remedies_rejected
    )
    if (wanted, rejected) == (case.remedies, case.remedies_rejected):
        return 0
    folder.edit(remedies=wanted, remedies_rejected=rejected)
    folder.stale = True
    return 1


def _category(turn: Turn, folder: Folder, facts: Facts) -> None:
    case, read_as = folder.case, turn.desk.config.playbooks[facts.category]
    accuses = (read_as.accused and facts.category_confidence >= SURE) or facts.assault
    if accuses and not case.accused:
        accuse(folder)
    if case.category_sure and facts.category != "safety_injury":
        return
    category = "other" if read_as.hidden else facts.category
    if category == "other" and case.category != "other":
        return
    set_category(turn, folder, category, sure=facts.category_confidence >= SURE)
    if facts.kind == "feedback" and facts.kind_confidence >= SURE and case.kind == "complaint":
        folder.edit(kind="feedback")
    elif facts.kind == "complaint" and case.kind == "feedback" and _may_turn(case):
        folder.edit(kind="complaint")


def _may_turn(case: Case) -> bool:
    """Whether feedback may turn out to be a complaint: not when they chose to give feedback."""
    return len(case.words) > 1 and "kind" not in case.facts


def set_category(turn: Turn, folder: Folder, category: str, *, sure: bool) -> None:
    """Put the case under a category, with the grade and the discretion that go with it."""
    was = folder.case.category
    folder.edit(category=category, category_sure=sure and category != "other")
    if category == was:
        return
    playbook = turn.desk.config.playbook(folder.case)
    if folder.case.status == "draft":
        folder.edit(grade=playbook.grade)
    if playbook.accused and not folder.case.accused:
        accuse(folder)
    folder.log("category", was=was, now=category)
    folder.stale = True
    if folder.case.relayed:
        folder.later(RenameTopic)
    folder.trigger("changed")


HERE = frozenset({"table", "seat"})
"""Kinds of place that somebody names who is sitting or standing there."""


def _on_the_spot(turn: Turn, folder: Folder, found: Found) -> None:
    """Take it that the customer is being served now, when they name their table and no past day."""
    when = folder.case.facts.get("when")
    today = turn.local_day().isoformat()
    past = when is not None and when.value is not None and not when.value.startswith(today)
    asked = turn.dialog.asking if turn.dialog else ""
    if found.kind in HERE and asked in {"", "place"} and not past and not folder.case.on_the_spot:
        folder.edit(on_the_spot=True)
        folder.log("on_the_spot", words=found.text)
        folder.trigger("changed")


def accuse(folder: Folder) -> None:
    """Take the case out of the team's sight: it accuses one of them (SPEC section 4)."""
    if folder.case.shown:
        folder.later(Vacate)
    folder.edit(accused=True, shown=False, relayed=0)
    folder.log("accuses_staff")


def _found(turn: Turn, folder: Folder, found: Found) -> int:
    _on_the_spot(turn, folder, found)
    if found.kind in UNASKED.get(found.slot, ()):
        return 0
    if found.slot == "when":
        return 0  # the incident's date is chosen by understanding, below
    playbook = turn.desk.config.playbook(folder.case)
    own = next((fact.id for fact in playbook.facts if found.slot in fact.slots), "")
    target = own or SLOT_TO_FACT[found.slot]
    known = folder.case.facts.get(target)
    if known is not None and known.value is not None:
        return 0
    return note(
        turn,
        folder,
        target,
        found.value,
        shown=found.text,
        source=Source.READ,
        sure=not found.guessed,
        currency=found.currency,
    )


UNASKED = {
    "phone": ("company",),  # the business's own hotline
    "person": ("customer",),
}
"""Finds that are not the fact that their slot usually answers."""


def note(  # noqa: PLR0913 - a fact has these parts
    turn: Turn,
    folder: Folder,
    fact_id: str,
    value: str | None,
    *,
    shown: str = "",
    source: Source = Source.ASKED,
    sure: bool = True,
    currency: str | None = None,
    open_: str = "",
    by: str = "customer",
) -> int:
    """Write one fact into the case and its timeline; return 1 if that changed anything."""
    was = folder.case.facts.get(fact_id)
    if was is not None and (was.value, was.currency, was.open) == (value, currency, open_):
        return 0
    fact = Fact.made(
        value=value,
        shown=shown,
        source=source,
        at=turn.at,
        sure=sure,
        currency=currency,
        open=open_,
    )
    folder.edit(facts={**folder.case.facts, fact_id: fact})
    folder.log("fact", by, fact=fact_id, was=was.value if was else None, now=value)
    folder.trigger("changed")
    folder.stale = True
    if by == "customer":
        analyse_anew(turn, folder)
    return 1


def correct(turn: Turn, folder: Folder, event: CustomerSaid) -> int:
    """Let what the message says replace what was read before; return how many facts changed.

    For a message that comes after the summary, or where another fact was asked for.
    """
    facts, known = event.facts, folder.case.facts
    if facts is None:
        return 0
    shown = event.text[:200]
    changed = 0
    if facts.incident and "when" in known:
        changed += note(turn, folder, "when", facts.incident, shown=shown)
    amount = facts.best("amount")
    if amount and "amount" in known:
        changed += note(
            turn, folder, "amount", amount.value, shown=amount.text, currency=amount.currency
        )
    reference = facts.best("reference")
    if reference and "order" in known:
        changed += note(turn, folder, "order", reference.value, shown=reference.text)
    return changed


def reread(turn: Turn, folder: Folder, event: CustomerEdited) -> None:
    """Take an edited message: the word as it now stands, and what it newly says."""
    old = next((w for w in folder.case.words if w.message_id == event.message_id), None)
    folder.log(
        "edited",
        "customer",
        message=event.message_id,
        was=old.text if old else None,
        now=event.text,
    )
    if old is not None:
        new = old.but(text=event.text, marks=kept(event.entities))
        folder.edit(words=tuple(new if word is old else word for word in folder.case.words))
    if event.facts:
        _forget(folder, old.text if old else "", event.text)
        read(turn, folder, event.facts)
    folder.trigger("said")


def take_out(turn: Turn, folder: Folder, word: Word) -> Facts:
    """Take a message out of the case with what was read from it alone; return what it tells."""
    folder.edit(words=tuple(one for one in folder.case.words if one is not word))
    _forget(folder, word.text, "")
    said, left = (_told(turn, folder, text) for text in (word.text, folder.case.said))
    gone = {*said.remedies} - {*left.remedies}
    refused = {*said.remedies_rejected} - {*left.remedies_rejected}
    if "remedy" not in folder.case.facts:  # there they said it to the question, not in the story
        folder.edit(
            remedies=tuple(one for one in folder.case.remedies if one not in gone),
            remedies_rejected=tuple(
                one for one in folder.case.remedies_rejected if one not in refused
            ),
        )
    return said


def _told(turn: Turn, folder: Folder, text: str) -> Facts:
    general = turn.desk.general
    return understand(text, turn.at, general.zone, general.region, folder.case.language)


def _forget(folder: Folder, was: str, now: str) -> None:
    """Drop what was read out of words that stand nowhere any more; the timeline keeps it."""
    told = [now, *(word.text for word in folder.case.words)]
    gone = {
        name
        for name, fact in folder.case.facts.items()
        if fact.source is Source.READ
        and fact.shown in was
        and not any(fact.shown in text for text in told)
    }
    if gone:
        folder.edit(facts={n: fact for n, fact in folder.case.facts.items() if n not in gone})
        folder.log("forgotten", "customer", facts=sorted(gone))
        folder.stale = True
