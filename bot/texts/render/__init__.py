"""Effects rendered into letters: worded in the reader's language, addressed to where it goes.

A table from effect to function. Customers' words go out escaped or with their own marks as
entities, never as markup. It must never know how a letter is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows import effects as e
from bot.texts.render import to_customer, to_people, to_rooms, to_systems
from bot.texts.render.renderer import Renderer, menu_labels
from bot.texts.render.to_rooms import gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.people import Customer
    from bot.texts.letters import Letter


def render(
    effects: Iterable[e.Effect], desk: Desk, customer: Customer | None, now: datetime
) -> list[Letter]:
    """Return the letters of one turn's effects, in order."""
    renderer = Renderer(desk, customer, now)
    return [letter for effect in effects for letter in RENDER[type(effect)](renderer, effect)]


def nothing(_: Renderer, __: e.Effect) -> list[Letter]:
    """Make no letter: the app itself carries this effect out."""
    return []


RENDER: dict[type, Callable[[Renderer, Any], list[Letter]]] = {
    e.Tell: to_customer.tell,
    e.Unbutton: to_customer.unbutton,
    e.Carry: to_customer.carry,
    e.OpenTopic: to_rooms.open_topic,
    e.RenameTopic: to_rooms.rename_topic,
    e.Vacate: to_rooms.vacate,
    e.ShowCard: to_rooms.show_card,
    e.Inform: to_rooms.inform,
    e.Relay: to_rooms.relay,
    e.Amend: to_rooms.amend,
    e.Retract: to_rooms.retract,
    e.Mark: to_rooms.mark,
    e.Answer: to_people.answer,
    e.Say: to_people.say,
    e.SendFile: to_people.send_file,
    e.Page: to_people.page,
    e.Report: to_systems.report,
    e.Readdress: nothing,
    e.Backtest: nothing,
    e.StopBacktest: nothing,
}
"""What each effect becomes."""


__all__ = ["RENDER", "gone", "menu_labels", "render"]
