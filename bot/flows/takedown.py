"""Taking down: a member of staff records a complaint for who came by phone or in person.

That customer has no chat here. They get an id that no chat can have, so nothing can be sent to
them by mistake: what would be told is shown to staff instead (`Turn.tell`), until the customer
joins by the link that staff may give them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.absorb import hear
from bot.flows.events import CustomerSaid, Who
from bot.flows.judging import judge
from bot.flows.lifecycle.table import Act, run
from bot.flows.people import ABSENT, Customer
from bot.flows.understanding import understand

if TYPE_CHECKING:
    from bot.flows.events import StaffCommanded
    from bot.flows.folder import Folder
    from bot.flows.people import Staff
    from bot.flows.turn import Turn

NAMELESS = "☎️"
"""How a customer is called whom nobody asked for a name."""


def take_down(turn: Turn, event: StaffCommanded, staff: Staff, words: str) -> Folder:
    """File what staff wrote down, read as if the customer had said it; nobody has confirmed it."""
    general = turn.desk.general
    facts = understand(words, turn.at, general.zone, general.region, None)
    nobody = ABSENT - turn.next_case
    language = facts.language or general.language
    turn.receive(Customer(id=nobody, name=NAMELESS, language=language, payload="staff"))
    by = f"staff:{staff.id}"
    folder = turn.open_case(by)
    folder.edit(taken_down_by=staff.name, invite=event.secret)
    folder.log("taken_down", by, name=staff.name)
    said = CustomerSaid(
        event.key,
        turn.at,
        Who(nobody, NAMELESS),
        -event.message_id,  # no message of theirs: never to be quoted or followed
        text=words,
        facts=facts,
        media=event.media if event.media and event.media.file_id else None,
    )
    hear(turn, folder, said, by=by)
    run(turn, folder, "file", Act(staff=staff, arg="unconfirmed"))
    judge(turn, folder)
    return folder
