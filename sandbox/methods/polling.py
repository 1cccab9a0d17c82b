"""`getUpdates` and the webhook methods.

A webhook is accepted and remembered; nothing is delivered to it.
"""

import asyncio
from typing import Any

from sandbox.errors import TWO_POLLERS, WEBHOOK_ACTIVE, Refused, bad_request
from sandbox.limits import UPDATE_TYPES
from sandbox.methods.call import Call
from sandbox.model import Json
from sandbox.updates import DEFAULT_TYPES

LONGEST_POLL = 50
_BATCH = 100


def _read_allowed(call: Call) -> None:
    if not call.has("allowed_updates"):
        return
    given: Any = call.json("allowed_updates", "Can't parse allowed updates JSON object")
    if isinstance(given, list):
        known = frozenset(one for one in given if one in UPDATE_TYPES)
        call.world.updates.allowed = known or DEFAULT_TYPES


async def get_updates(call: Call) -> list[Json]:
    """Confirm by offset, then answer what waits, or wait; a second poller ends the first."""
    world = call.world
    if world.webhook.get("url"):
        raise Refused(409, WEBHOOK_ACTIVE)
    updates = world.updates
    _read_allowed(call)
    limit = min(max(call.integer("limit", _BATCH), 1), _BATCH)
    timeout = min(max(call.integer("timeout"), 0), LONGEST_POLL)
    updates.release(poll_again=False)
    if offset := call.integer("offset"):
        updates.confirm(offset)
        world.wake()
    until = asyncio.get_running_loop().time() + timeout
    while not (found := updates.peek(limit)):
        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            break
        if not await updates.wait(left):
            raise Refused(409, TWO_POLLERS)
    return found


def set_webhook(call: Call) -> bool:
    """Accept a webhook address; an empty one deletes."""
    url = call.text("url")
    if url and not url.startswith("https://"):
        reason = "bad webhook: An HTTPS URL must be provided for webhook"
        raise bad_request(reason)
    _read_allowed(call)
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.webhook = (
        {"url": url, "max_connections": call.integer("max_connections", 40)} if url else {}
    )
    return True


def delete_webhook(call: Call) -> bool:
    """Forget the webhook."""
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.webhook = {}
    return True


def get_webhook_info(call: Call) -> Json:
    """Tell the webhook and how many updates wait."""
    world = call.world
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        **world.webhook,
    }
    if world.updates.allowed != DEFAULT_TYPES:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
