"""The control address: clock, live view, acts, faults, files and the page.

The protocol is sandbox/README.md.

It must never know the bot, nor decide what people may do: that is for `acts`.
"""

import asyncio
import base64
import binascii
from pathlib import Path

import orjson
from aiohttp import web

from sandbox.acts import CannotDo
from sandbox.acts.table import perform
from sandbox.exchange import Exchange
from sandbox.live import snapshot, stream
from sandbox.model import Json

PAGE = Path(__file__).parent / "page"
_LONG_POLL = 25.0


def json_response(value: object, status: int = 200) -> web.Response:
    """Shape an answer."""
    return web.Response(
        status=status,
        body=orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS),
        content_type="application/json",
    )


def ok(result: object) -> web.Response:
    """Shape a good answer."""
    return json_response({"ok": True, "result": result})


def wrong(sentence: str) -> web.Response:
    """Shape a refusal."""
    return json_response({"ok": False, "error": sentence}, 400)


def add_control(app: web.Application, exchange: Exchange) -> None:
    """Add the control routes and the page to the server."""
    control = Control(exchange)
    router = app.router
    router.add_get("/control/clock", control.clock)
    router.add_post("/control/clock", control.move_clock)
    router.add_get("/control/live", control.live)
    router.add_get("/control/state", control.state)
    router.add_post("/control/act", control.act)
    router.add_get("/control/calls", control.calls)
    router.add_get("/control/faults", control.faults)
    router.add_post("/control/faults", control.add_fault)
    router.add_delete("/control/faults", control.clear_faults)
    router.add_post("/control/settings", control.settings)
    router.add_get("/files/{unique}", control.file)
    router.add_get("/", page)
    if PAGE.is_dir():
        router.add_static("/static", PAGE)


async def page(_: web.Request) -> web.StreamResponse:
    """Serve the page."""
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(status=404, text="There is no page here.")
    return web.FileResponse(index, headers={"Cache-Control": "no-cache"})


async def _body(request: web.Request) -> Json:
    try:
        given = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        message = "the body must be a JSON object"
        raise CannotDo(message)
    return given


class Control:
    """The handlers of `/control/…`."""

    def __init__(self, exchange: Exchange) -> None:
        """Control this exchange."""
        self._exchange = exchange

    async def clock(self, request: web.Request) -> web.Response:
        """Answer the clock, with `rev` when it has moved past that."""
        clock = self._exchange.clock
        rev = request.query.get("rev", "")
        if rev.lstrip("-").isdigit():
            deadline = asyncio.get_running_loop().time() + _LONG_POLL
            while (
                clock.rev <= int(rev) and (left := deadline - asyncio.get_running_loop().time()) > 0
            ):
                await asyncio.wait([self._exchange.world.next_change()], timeout=left)
        return json_response(clock.face())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the clock forward."""
        try:
            seconds = float((await _body(request)).get("advance", 0))
            if self._exchange.walk is not None and seconds > 0:
                await self._exchange.walk(seconds)
            else:
                self._exchange.clock.advance(seconds)
        except (CannotDo, ValueError, TypeError) as error:
            return wrong(str(error))
        return json_response(self._exchange.clock.face())

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        """Stream a snapshot and then every change."""
        return await stream(self._exchange, request)

    async def state(self, _: web.Request) -> web.Response:
        """Answer the snapshot once."""
        return ok(snapshot(self._exchange))

    async def act(self, request: web.Request) -> web.Response:
        """Do something a person can do."""
        try:
            return ok(perform(self._exchange.world, await _read_act(request)))
        except CannotDo as error:
            return wrong(str(error))

    async def calls(self, request: web.Request) -> web.Response:
        """List the bot's calls."""
        since = int(request.query.get("since", "0"))
        calls = [one for one in self._exchange.calls if one.n >= since]
        shown = [
            {
                "n": c.n,
                "method": c.method,
                "params": c.params,
                "ok": c.ok,
                "result" if c.ok else "error": c.result,
            }
            for c in calls
        ]
        return ok({"next": calls[-1].n + 1 if calls else since, "calls": shown})

    async def faults(self, _: web.Request) -> web.Response:
        """List the planned faults."""
        return ok([fault.view() for fault in self._exchange.faults.planned])

    async def add_fault(self, request: web.Request) -> web.Response:
        """Plan a fault."""
        try:
            given = await _body(request)
            known = {
                name: given[name]
                for name in ("times", "chance", "retry_after", "skip")
                if given.get(name) is not None
            }
            fault = self._exchange.faults.add(
                given.get("method", "*"), str(given.get("kind")), **known
            )
        except (CannotDo, ValueError) as error:
            return wrong(str(error))
        return ok(fault.view())

    async def clear_faults(self, _: web.Request) -> web.Response:
        """End all faults."""
        self._exchange.faults.clear()
        return ok(result=True)

    async def settings(self, request: web.Request) -> web.Response:
        """Switch privacy mode and pacing."""
        try:
            given = await _body(request)
        except CannotDo as error:
            return wrong(str(error))
        exchange = self._exchange
        exchange.world.privacy = bool(given.get("privacy", exchange.world.privacy))
        exchange.pacing.kept = bool(given.get("pacing", exchange.pacing.kept))
        exchange.world.tell_bot()
        return ok({"privacy": exchange.world.privacy, "pacing": exchange.pacing.kept})

    async def file(self, request: web.Request) -> web.Response:
        """Serve a medium to the page."""
        medium = self._exchange.world.files.by_unique.get(request.match_info["unique"])
        if medium is None:
            return web.Response(status=404, text="no such file")
        headers = {"Cache-Control": "max-age=86400", "X-Content-Type-Options": "nosniff"}
        return web.Response(
            body=medium.data, content_type=medium.mime_type.partition(";")[0], headers=headers
        )


async def _read_act(request: web.Request) -> Json:
    if request.content_type != "multipart/form-data":
        return _with_bytes(await _body(request))
    fields = await request.post()
    try:
        act = orjson.loads(str(fields.get("act", "")))
    except orjson.JSONDecodeError:
        act = None
    if not isinstance(act, dict):
        message = "the field act must be a JSON object"
        raise CannotDo(message)
    for name, value in fields.items():
        if isinstance(value, web.FileField):
            place = act
            if name != "file" and name.removeprefix("file").isdigit():
                items = act.setdefault("items", [])
                while len(items) <= int(name.removeprefix("file")) < 10:  # noqa: PLR2004  (an album's most)
                    items.append({"kind": "photo"})
                place = items[int(name.removeprefix("file"))]
            place["data"] = value.file.read()
            place.setdefault("file_name", value.filename)
            place.setdefault("mime_type", value.content_type)
    return act


def _with_bytes(act: Json) -> Json:
    for place in (act, *(item for item in act.get("items") or () if isinstance(item, dict))):
        if isinstance(place.get("data"), str) and act.get("do") in {"send", "album"}:
            try:
                place["data"] = base64.b64decode(place["data"].rpartition(",")[2], validate=True)
            except binascii.Error:
                message = "data must be base64"
                raise CannotDo(message) from None
    return act
