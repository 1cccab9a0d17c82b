"""*History*: every version with who, when and what; look at one, go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.admin.difference import difference
from bot.flows.admin.draft import Mistake, document, edited, read, started
from bot.flows.admin.frame import GoneError, Key, Page, Shown, View, Work, do, go, pages_of
from bot.flows.effects import Label, Value, When, line
from bot.flows.session import Wants
from bot.flows.versions import Version

if TYPE_CHECKING:
    from bot.flows.desk import Desk
    from bot.flows.session import Doc, Place


def _wants_list(_desk: Desk, _place: Place) -> Wants:
    return Wants(history=True)


def show(view: View) -> Shown:
    """List the versions, newest first."""
    versions = view.papers.history
    part, turning = pages_of(view.place, len(versions))
    text = [line("history.title", version=view.desk.config.version)]
    keys = []
    for one in versions[part]:
        text.append(
            line(
                "history.row",
                version=one.version,
                who=_who(one),
                at=When(one.at),
                how=Label(f"how.{one.how}"),
                count=len(one.changed),
            )
        )
        keys.append(
            Key(line("history.key", version=one.version), go("version", version=one.version))
        )
    rows = tuple(tuple(keys[n : n + 4]) for n in range(0, len(keys), 4))
    return Shown(tuple(text), (*rows, turning))


def _who(one: Version) -> Value:
    return one.by_name or line("history.operator")


PAGE = Page(show, wants=_wants_list)


# ---- one version ----------------------------------------------------------------------------


def _wants_one(_desk: Desk, place: Place) -> Wants:
    return Wants(version=int(place.args.get("version", 0)))


def show_one(view: View) -> Shown:
    """Say what is otherwise in this version than today, and offer to go back to it."""
    number = int(view.args.get("version", 0))
    one, doc = view.papers.version, _doc(view.papers.version)
    if one is None or one.version != number or doc is None:
        raise GoneError
    lines = difference(document(view.desk.config), doc, view.names)
    part, turning = pages_of(view.place, len(lines))
    head = line("version.title", version=number, who=_who(one), at=When(one.at))
    if not lines:
        return Shown((head, line("version.same")))
    text = (head, line("version.otherwise", count=len(lines)), *lines[part])
    if not view.editable:
        return Shown(text, (turning,))
    if view.session.draft is not None:
        text = (*text, line("version.draft_goes"))
    return Shown(text, (turning, (Key(line("version.back"), do("roll_back")),)))


def _doc(one: Version | None) -> Doc | None:
    """Return the whole of a version as this release reads it."""
    found = None if one is None else read(one.doc, one.version)
    return None if found is None or isinstance(found, Mistake) else document(found)


def _roll_back(work: Work, _args: Any) -> None:
    """Make a draft that equals the version; it is looked at and applied like any other."""
    doc = _doc(work.papers.version)
    if doc is None:
        raise GoneError
    found = edited(started(work.turn.desk.config), doc)
    if isinstance(found, Mistake):
        work.say(line("mistake.kept", said=found.said))
        return
    work.know(draft=found.but(how="rolled_back"))
    work.home()
    work.open("compare")


ONE = Page(show_one, does={"roll_back": _roll_back}, wants=_wants_one)
