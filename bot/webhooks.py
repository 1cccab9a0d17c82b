"""Webhooks: a report of a case posted as signed JSON to an address of the configuration.

The secret is looked up when it is sent and stands in no letter. Whoever listens checks
`X-Desk-Signature`: `sha256=` and the HMAC-SHA256, in hexadecimal, of the raw body; and may know a
report that comes twice by `X-Desk-Delivery`. Redirects are not followed. It never logs addresses.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import aiohttp
import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.flows.desk import Webhook

TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)
REMOVED = "the configuration has no such webhook any more"


class Webhooks:
    """Posts reports."""

    def __init__(self, hook_of: Callable[[str], Webhook | None]) -> None:
        """Post to the webhooks that `hook_of` knows by name."""
        self._hook_of = hook_of
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def post(self, params: Mapping[str, Any]) -> tuple[int, str]:
        """Post one report; return the HTTP status and what went wrong ("" for nothing).

        Status 0: it could not be posted, and may be tried again; 410: it never can.
        """
        hook = self._hook_of(params["hook"])
        if hook is None:
            return 410, REMOVED
        body = orjson.dumps(params["body"])
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "complaint-bot",
            "X-Desk-Delivery": str(params["id"]),
            "X-Desk-Signature": f"sha256={signature(hook.secret, body)}",
        }
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with self._session.post(
                hook.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as reply:
                fine = reply.ok and reply.status < MULTIPLE_CHOICES
                return reply.status, "" if fine else f"webhook {params['hook']}: {reply.status}"
        except (aiohttp.ClientError, OSError, ValueError) as err:  # a time-out is an OSError
            return 0, f"webhook {params['hook']}: {type(err).__name__}"


MULTIPLE_CHOICES = 300
"""The first HTTP status that sends one elsewhere."""


def signature(secret: str, body: bytes) -> str:
    """Return what proves that a body comes from this desk."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
