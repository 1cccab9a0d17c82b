"""Which rules would have handed a past case off, and why: the rules judged again on what is stored.

A stored case tells where it ended, not every step, so this is what rules would have seen, within
limits that an admin who reads the result should know:

- Facts, words, signs, category, grade and attachments are taken as known at the end, from the
  beginning on; counters (failed or unanswered questions, transfers) likewise.
- Where it stood is told by its times: a draft until filed, then queued (handed off once one of
  these rules hands it off), in progress from being accepted, and as it ended from its last change.
  Owner, answers, rating and reopening count from their own time, a rating from the end.
- Conditions about time are judged at every instant the case's own times give, between its beginning
  and its end, as the desk itself would. Of several words only the last has a time. A promise that
  was kept never counts as late or nearly due.
- What rules do to the case is followed for hand-offs, grades and tags. Quiet hours are not waited
  for: a case handed off in the morning is handed off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from bot.flows.comparison import Comparison, HandedOff, Told
from bot.flows.model import Case, Grade, Status
from bot.flows.rules import actions as a
from bot.flows.rules import vocabulary as v
from bot.flows.rules.clock import SINCE
from bot.flows.rules.conditions import check
from bot.flows.rules.judge import Firing, firings, next_firing
from bot.flows.rules.scene import Scene
from bot.flows.rules.timing import Timed, conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from bot.flows.calendar import Hours
    from bot.flows.rules.model import Rule

HOPS = 60
"""Instants between two events at which rules of time are judged; more would tell no more."""
WARNED = timedelta(minutes=30)
"""So long before it is due a promise counts as nearly due for `promise_due_soon`."""
WAS = ("grade", "category", "status", "level")
"""What a rule may ask of before a change."""
GRADES = (Grade.MINOR, Grade.GENERAL, Grade.SEVERE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule, with what must hold for it and a whole case decides."""

    rule: Rule
    needed: tuple[Any, ...]
    hands_off: bool

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Look through a rule."""
        hands = any(isinstance(one, a.HandOff) for one in rule.then)
        return cls(rule, certain(rule), hands)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that are on, in their order, and the opening hours they count in."""

    asked: tuple[Asked, ...]
    hours: Hours

    @classmethod
    def of(cls, rules: Sequence[Rule], hours: Hours, like: RuleSet | None = None) -> Self:
        """Make rules ready to be judged on many cases; those that `like` has are taken from it."""
        known = {one.rule.id: one for one in like.asked} if like else {}
        asked = []
        for rule in rules:
            same = known.get(rule.id)
            if rule.on:
                asked.append(same if same and same.rule == rule else Asked.of(rule))
        return cls(tuple(asked), hours)


def compare(today: RuleSet, edited: RuleSet, cases: Iterable[Case], now: datetime) -> Comparison:
    """Return which of the cases each set hands off, newly and no longer, with reasons.

    Of rules that are new or otherwise than today, also for how many cases each would have fired.
    """
    alike = today.hours == edited.hours
    known_rules = {id(one) for one in today.asked}
    changed = tuple(one for one in edited.asked if id(one) not in known_rules)
    same = alike and today.asked == edited.asked
    found = Comparison()
    for case in cases:
        known: Known = {}
        before = hand_offs(today, case, now, most=1, known=known)
        after = before
        fired: tuple[str, ...] = ()
        if not same:
            after, fired = _as_edited(edited, changed, case, now, known if alike else {})
        newly = (Told(case.id, after[0]),) if after and not before else ()
        no_longer = (Told(case.id, before[0]),) if before and not after else ()
        counts = tuple((rule, 1) for rule in fired)
        found += Comparison(1, bool(before), bool(after), newly, no_longer, fired=counts)
    return found


Known = dict[int, bool]
"""What is known of one case already: whether a rule, shared by several sets, could fire for it."""


def _as_edited(
    rules: RuleSet, changed: tuple[Asked, ...], case: Case, now: datetime, known: Known
) -> tuple[tuple[HandedOff, ...], tuple[str, ...]]:
    """Return what hands a case off, and which of the changed rules fire: judged to its end then."""
    alive = _alive(rules, case, now, known)
    looked = [one.rule.id for one in changed if one in alive]
    replay = _replayed(alive, rules.hours, case, now, most=None if looked else 1)
    if replay is None:
        return (), ()
    return tuple(replay.found), tuple(one for one in looked if one in replay.case.fired_at)


def hand_offs(
    rules: RuleSet, case: Case, now: datetime, most: int = 100, known: Known | None = None
) -> tuple[HandedOff, ...]:
    """Return the rules that would have handed the case off, in the order in which they fire.

    `most` is how many of them are wanted: whoever counts cases needs the first alone.
    """
    alive = _alive(rules, case, now, {} if known is None else known)
    replay = _replayed(alive, rules.hours, case, now, most=most)
    return () if replay is None else tuple(replay.found)


def _alive(rules: RuleSet, case: Case, now: datetime, known: Known) -> list[Asked]:
    """Return the rules that could fire for a case at all."""
    whole = Scene(case, _end(case, now), rules.hours)
    for one in rules.asked:
        if id(one) not in known:
            known[id(one)] = possible(one.needed, whole)
    return [one for one in rules.asked if known[id(one)]]


def _replayed(
    alive: list[Asked], hours: Hours, case: Case, now: datetime, most: int | None
) -> Replay | None:
    """Judge a case again, up to so many hand-offs; None: to its end, whatever is handed off."""
    if not alive or (most is not None and not any(one.hands_off for one in alive)):
        return None
    replay = Replay(Timed.of([one.rule for one in alive]), hours, case)
    last: datetime | None = None
    for at, triggers in _moments(case, now):
        if last is not None:
            replay.wait(last, at)
        replay.judge(at, triggers)
        if most is not None and len(replay.found) >= most:
            break
        last = at
    return replay


# ---- what could fire at all -----------------------------------------------------------------


def certain(rule: Rule) -> tuple[Any, ...]:
    """Return the conditions without which a rule does not fire and that a whole case decides."""
    found: list[Any] = []
    waiting: list[Any] = [rule.test]
    while waiting:
        one = waiting.pop()
        if isinstance(one, v.AllOf):
            waiting += one.of
        elif type(one) in POSSIBLE or all(type(part) in FIXED for part in conditions(one)):
            found.append(one)
    return tuple(found)


def possible(needed: tuple[Any, ...], whole: Scene) -> bool:
    """Whether what must hold for a rule holds, or held before, for a case as it ended."""
    for one in needed:
        may = POSSIBLE.get(type(one))
        if not (may(one, whole) if may else check(one, whole) is not None):
            return False
    return True


FIXED = frozenset(
    {
        v.SignalSeen, v.WordsSaid, v.AmountAtLeast, v.ClaimIs, v.FailedQuestions, v.Unanswered,
        v.Transfers, v.CategoryIs, v.SourceIs, v.GroupIs, v.LanguageIs, v.Attached, v.OnTheSpot,
        v.Accuses, v.AllOf, v.AnyOf, v.Not,
    }
)  # fmt: skip
"""Conditions that hold all the time or never, as far as a stored case tells."""


def _missed(condition: v.PromiseMissed, whole: Scene) -> bool:
    return any(due <= whole.at for due in _dues(condition, whole.case))


def _nearly_due(condition: v.PromiseDueSoon, whole: Scene) -> bool:
    begin = condition.within.before
    return any(begin(due, whole.hours) <= whole.at for due in _dues(condition, whole.case))


def _dues(condition: Any, case: Case) -> Iterator[datetime]:
    return (p.due for p in case.promises if p.kind == condition.kind and p.state in UNKEPT)


UNKEPT = frozenset({"open", "missed"})


def _old_enough(condition: v.Age, whole: Scene) -> bool:
    since = SINCE[condition.since](whole.case)
    return since is not None and condition.at_least.after(since, whole.hours) <= whole.at


POSSIBLE: dict[type, Callable[[Any, Scene], bool]] = {
    v.PromiseMissed: _missed,
    v.PromiseDueSoon: _nearly_due,
    v.Age: _old_enough,
    v.RatingAtMost: lambda one, whole: (whole.case.rating or one.at_most + 1) <= one.at_most,
    v.Reopened: lambda one, whole: whole.case.reopened >= one.at_least,
    v.Owned: lambda _, whole: whole.case.owner is not None,
    v.SameCustomer: lambda one, whole: len(whole.case.earlier) >= one.at_least,
    v.Alike: lambda one, whole: len(whole.case.alike.get(one.by, ())) + 1 >= one.at_least,
}
"""Conditions that held at some time at best, and how a stored case tells that they never did."""


# ---- what happened, and when ----------------------------------------------------------------


def _moments(case: Case, now: datetime) -> list[tuple[datetime, set[str]]]:
    """Return what happened to a case by its own times, in order, to its end."""
    end = _end(case, now)
    found: dict[datetime, set[str]] = {end: {"time"}}
    for at, names in _happened(case, end):
        if at is not None and at <= end:
            found.setdefault(at, {"time"}).update(names)
    return sorted(found.items())


def _end(case: Case, now: datetime) -> datetime:
    return now if case.open else max(case.since, case.opened_at)


def _happened(case: Case, end: datetime) -> Iterator[tuple[datetime | None, tuple[str, ...]]]:
    yield case.opened_at, ("said", "changed")
    yield case.filed_at, ("filed", "changed", *(("confirmed",) if case.confirmed else ()))
    yield case.accepted_at, ("accepted",)
    yield case.first_answer_at, ("staff_said",)
    yield case.last_staff_at, ("staff_said",)
    yield case.last_customer_at, ("said", "changed")
    for promise in case.promises:
        if promise.state in {"open", "missed"}:
            yield promise.due, ("promise_missed",)
            yield max(promise.made_at, promise.due - WARNED), ("promise_due_soon",)
    if case.rating is not None:
        yield end, ("rated",)
    if case.reopened:
        yield end, ("reopened",)


def _as_known(case: Case, at: datetime, *, handed: bool) -> Case:
    """Return the case with what had not happened yet taken back."""
    over = at >= case.since
    accepted = case.accepted_at is not None and case.accepted_at <= at
    words = case.last_staff_at
    if words is not None and words > at:
        words = case.first_answer_at if _past(case.first_answer_at, at) else None
    return case.but(
        status=case.status if over else _status(case, at, accepted=accepted, handed=handed),
        since=case.since if over else _since(case, at),
        filed_at=case.filed_at if _past(case.filed_at, at) else None,
        owner=case.owner if accepted else None,
        accepted_at=case.accepted_at if accepted else None,
        first_answer_at=case.first_answer_at if _past(case.first_answer_at, at) else None,
        last_staff_at=words,
        last_customer_at=case.last_customer_at
        if _past(case.last_customer_at, at)
        else case.opened_at,
        rating=case.rating if over else None,
        reopened=case.reopened if over else 0,
        promises=tuple(
            one.but(state="open") if one.state == "missed" and one.due > at else one
            for one in case.promises
            if one.made_at <= at
        ),
    )


def _past(when: datetime | None, at: datetime) -> bool:
    return when is not None and when <= at


def _status(case: Case, at: datetime, *, accepted: bool, handed: bool) -> Status:
    if accepted:
        return Status.IN_PROGRESS
    if handed:
        return Status.HANDED_OFF
    return Status.QUEUED if _past(case.filed_at, at) else Status.DRAFT


def _since(case: Case, at: datetime) -> datetime:
    times = (case.opened_at, case.filed_at, case.accepted_at)
    return max((one for one in times if one is not None and one <= at), default=case.opened_at)


# ---- judging it again -----------------------------------------------------------------------


@dataclass(slots=True)
class Replay:
    """One case judged again from its beginning: what fired so far, and what that changed."""

    rules: Timed  # those that could fire for it at all
    hours: Hours
    case: Case
    found: list[HandedOff] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with a case for which no rule has fired."""
        self.case = self.case.but(fired={}, fired_at={}, held_back={}, reasons=())

    def wait(self, since: datetime, until: datetime) -> None:
        """Let time pass between two events, as the desk's wake-ups do."""
        rules = self.rules.rules
        at = since
        for _ in range(HOPS if rules else 0):
            ahead = next_firing(rules, self._scene(at))
            if ahead is None or ahead >= until:
                return
            self.judge(ahead, {"time"})
            at = ahead

    def judge(self, at: datetime, happened: set[str]) -> None:
        """Judge to the fixed point for what happened."""
        before: dict[str, str] = {}
        triggers = happened
        while triggers and (rules := self.rules.answering(triggers)):
            scene = self._scene(at, before)
            before.update(before or {name: str(getattr(scene.case, name)) for name in WAS})
            triggers = set()
            for one in tuple(firings(rules, scene, happened)):
                if isinstance(one, Firing):
                    triggers |= self._fired(one, at)
            happened = triggers

    def _scene(self, at: datetime, was: dict[str, str] | None = None) -> Scene:
        known = _as_known(self.case, at, handed=bool(self.found))
        return Scene(known, at, self.hours, {} if was is None else was)

    def _fired(self, firing: Firing, at: datetime) -> set[str]:
        """Take what a firing changes; return what further rules may look at."""
        case, rule = self.case, firing.rule
        self.case = case.but(
            fired={**case.fired, firing.mark: case.fired.get(firing.mark, 0) + 1},
            fired_at={**case.fired_at, rule.id: at},
        )
        happened: set[str] = set()
        for action in rule.then:
            match action:
                case a.HandOff():
                    self.found.append(HandedOff(rule.id, firing.held))
                    happened.add("handed_off")
                case a.SetGrade() if GRADES.index(action.grade) > GRADES.index(self.case.grade):
                    self.case = self.case.but(grade=action.grade)
                    happened.add("changed")
                case a.PutTag() if action.tag not in self.case.tags:
                    self.case = self.case.but(tags=(*self.case.tags, action.tag))
                    happened.add("changed")
        return happened
