"""HTTP in, HTTP out: reads a call however encoded, plays due faults, answers as Telegram does."""

import asyncio
import re
from typing import Any

import orjson
from aiohttp import web

from sandbox.errors import Refused, bad_request
from sandbox.exchange import Exchange
from sandbox.faults import Fault
from sandbox.methods import METHODS, Call, Method, Upload
from sandbox.model import Json

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)
_SILENCE = 10.0
_WITHOUT_LOG = frozenset({"getUpdates"})


class BotApi:
    """The handler of `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, exchange: Exchange) -> None:
        """Answer for this exchange."""
        self._exchange = exchange
        self._silence: asyncio.TimerHandle | None = None
        self._polls = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        known = METHODS.get(request.match_info["method"].lower())
        refusal = self._refuse_token(request.match_info["token"])
        if refusal is not None:
            return refused(refusal)
        if known is None:
            self._note_refused(
                request.match_info["method"], refusal := Refused(404, "Not Found: method not found")
            )
            return refused(refusal)
        name, method = known
        fault = self._exchange.faults.due(name) if self._exchange.faults.planned else None
        if fault is not None and fault.kind not in {"lost", "malformed"}:
            return await self._fail(request, fault, name)
        answer = await self._answer(request, name, method)
        if fault is not None:
            return self._spoil(request, fault)
        return answer

    def _refuse_token(self, token: str) -> Refused | None:
        if token == self._exchange.token:
            return None
        return (
            Refused(401, "Unauthorized") if _TOKEN.fullmatch(token) else Refused(404, "Not Found")
        )

    async def _answer(self, request: web.Request, name: str, method: Method) -> web.Response:
        exchange = self._exchange
        raw: Json = {}
        try:
            raw, files = await read_call(request)
            call = Call(exchange.world, name, raw, files)
            if unknown := [
                one
                for one in raw.keys() | files.keys()
                if one not in method.parameters and not _attached(one, raw)
            ]:
                exchange.note_unknown(name, sorted(unknown))
            if method.paced and exchange.pacing.kept:
                exchange.pacing.check(call.integer("chat_id"))
            result = (
                await self._poll(call, method) if name == "getUpdates" else method.function(call)
            )
        except Refused as refusal:
            self._note_refused(name, refusal, raw)
            return refused(refusal)
        if name not in _WITHOUT_LOG:
            exchange.note_call(name, raw, ok=True, result=result)
        return web.Response(
            body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
        )

    def _note_refused(self, name: str, refusal: Refused, raw: Json | None = None) -> None:
        self._exchange.note_call(name, raw or {}, ok=False, result=refusal.description)
        self._exchange.world.tell(
            "refused", method=name, code=refusal.code, description=refusal.description
        )

    async def _poll(self, call: Call, method: Method) -> Any:
        self._polls += 1
        self._show_connected(connected=True)
        ended = False
        try:
            updates = await method.function(call)
            ended = True
        finally:
            self._polls -= 1
            if not self._polls:
                self._silence = asyncio.get_running_loop().call_later(
                    _SILENCE if ended else 0, self._gone
                )
        faults = self._exchange.faults
        return faults.delivered(updates) if faults.planned else updates

    def _gone(self) -> None:
        if not self._polls:
            self._show_connected(connected=False)

    def _show_connected(self, *, connected: bool) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        world = self._exchange.world
        if world.profile.connected is not connected:
            world.profile.connected = connected
            world.tell_bot()

    async def _fail(self, request: web.Request, fault: Fault, name: str) -> web.StreamResponse:
        await request.read()
        refusals = {
            "429": Refused(
                429,
                f"Too Many Requests: retry after {fault.retry_after}",
                {"retry_after": fault.retry_after},
            ),
            "500": Refused(500, "Internal Server Error"),
        }
        self._exchange.note_call(name, {}, ok=False, result=f"fault {fault.kind}")
        if fault.kind in refusals:
            return refused(refusals[fault.kind])
        if fault.kind == "502":
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        if fault.kind == "timeout":
            await asyncio.Event().wait()
        return cut(request)

    @staticmethod
    def _spoil(request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind == "malformed":
            return web.Response(
                body=b'{"ok":true,"result":{"message_id":', content_type="application/json"
            )
        return cut(request)

    async def download(self, request: web.Request) -> web.Response:
        """Serve a file's bytes to the bot."""
        refusal = self._refuse_token(request.match_info["token"])
        medium = self._exchange.world.files.by_path.get(request.match_info["path"])
        if refusal is None and medium is None:
            refusal = Refused(404, "Not Found")
        if refusal is not None or medium is None:
            return refused(refusal or Refused(404, "Not Found"))
        return web.Response(body=medium.data, content_type="application/octet-stream")


def _attached(name: str, raw: Json) -> bool:
    wanted = f"attach://{name}"
    return any(isinstance(value, str) and wanted in value for value in raw.values())


def refused(refusal: Refused) -> web.Response:
    """Shape a refusal."""
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters is not None:
        body["parameters"] = refusal.parameters
    return web.Response(
        status=refusal.code, body=orjson.dumps(body), content_type="application/json"
    )


def cut(request: web.Request) -> web.Response:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def read_call(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Read the parameters from query, form, multipart or JSON body."""
    raw: Json = dict(request.query) if request.query_string else {}
    if request.method != "POST":
        return raw, {}
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, raw)
    body = await request.read()
    if not body:
        return raw, {}
    if kind == "application/json":
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError:
            given = None
        if not isinstance(given, dict):
            reason = "can't parse JSON object"
            raise bad_request(reason)
        raw.update(given)
    elif kind == "application/x-www-form-urlencoded":
        try:
            # yarl, aiohttp's own, decodes a keyboard's worth of escapes 20 times faster than urllib
            raw.update(request.rel_url.build(query_string=body.decode(), encoded=True).query)
        except UnicodeDecodeError:
            reason = "strings must be encoded in UTF-8"
            raise bad_request(reason) from None
    return raw, {}


async def _read_multipart(request: web.Request, raw: Json) -> tuple[Json, dict[str, Upload]]:
    files: dict[str, Upload] = {}
    try:
        fields = await request.post()
    except (ValueError, UnicodeDecodeError):
        reason = "can't parse multipart body"
        raise bad_request(reason) from None
    for name, value in fields.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.file.read(), value.filename, value.content_type)
        else:
            raw[name] = value if isinstance(value, str) else bytes(value).decode()
    return raw, files
