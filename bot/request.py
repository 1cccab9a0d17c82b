"""How bytes reach Telegram: python-telegram-bot's `BaseRequest` over aiohttp and orjson.

Every call of the bot passes here, so it is kept lean: PTB's own httpx back end is three quarters
of a bare bot's CPU (HOUSE section 4). Errors are PTB's, as `HTTPXRequest` raises them, with one
distinction more: `NotSent` says that the request surely never left. No message ever holds the
address, because the address holds the token.
"""

from __future__ import annotations

import json
import os
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import orjson
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from collections.abc import Mapping

    Files = Mapping[str, tuple[str, bytes, str]]
    """Field -> (file name, content, MIME type)."""

CONNECTIONS = 256
CONNECT_SECONDS = 10.0
POOL_SECONDS = 10.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 120.0
KEEP_ALIVE_SECONDS = 30.0  # under the 75 s of nginx, which Telegram answers with
JSON_BODY = {"Content-Type": "application/json"}
API_URL = "https://api.telegram.org"


# PTB warns at every flood error until one chooses how it tells the time to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class NotSent(NetworkError):  # noqa: N818 - named for what happened, as PTB's own errors are
    """The connection could not be made: Telegram has surely not seen the request."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Parameters that are JSON already; what `do_request` needs of a `RequestData`."""

    parameters: Mapping[str, Any]
    contains_files: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Parameters beside files; what `do_request` needs of a `RequestData`."""

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, tuple[str, bytes, str]]
    contains_files: bool = True

    @classmethod
    def of(cls, params: Mapping[str, Any], files: Files) -> Form:
        """Make a form: what is no text is JSON in it."""
        said = {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in params.items()
        }
        return cls(said, files)


class Request(BaseRequest):
    """PTB's requests over one aiohttp session."""

    __slots__ = ("_connections", "_proxy", "_read", "_session", "_timeouts")

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read_timeout: float = READ_SECONDS,
        proxy: str | None = None,
    ) -> None:
        """Remember the settings; the session is opened by `initialize`, inside the loop."""
        self._connections = connections
        self._read = read_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[tuple[object, ...], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a call names none."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; again after `shutdown` is fine."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    keepalive_timeout=KEEP_ALIVE_SECONDS,
                    ttl_dns_cache=300,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=("Accept", "Accept-Encoding"),
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session; twice is fine."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, url: str, params: Mapping[str, Any], files: Files | None = None) -> Any:
        """Call a method with plain JSON, or a form where files go along; its answer stays plain.

        PTB's own ways in build objects of parameters and answers, which costs more than the call,
        and `do_api_request` takes albums only as objects. Errors are the same as theirs.
        """
        data = cast("RequestData", Form.of(params, files) if files else Plain(params))
        payload = await self._request_wrapper(url, "POST", data)
        return self.parse_json_payload(payload)["result"]

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and give back its status and body."""
        if self._session is None:
            message = "This Request is not initialized!"
            raise RuntimeError(message)
        uploads = request_data is not None and request_data.contains_files
        default = UPLOAD_SECONDS if uploads else self._read
        timeout = self._timeout(default, read_timeout, connect_timeout, pool_timeout)
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as err:
            raise NotSent(_named(err)) from err
        except TimeoutError as err:
            raise TimedOut(_named(err)) from err
        except (aiohttp.ClientError, OSError) as err:
            raise NetworkError(_named(err)) from err

    def _timeout(self, default: float, *given: object) -> aiohttp.ClientTimeout:
        """Per-call time-outs; the few combinations in use are made once."""
        key = (default, *given)
        known = self._timeouts.get(key)
        if known is None:
            read, connect, pool = given
            connecting = _seconds(connect, CONNECT_SECONDS)
            pooling = _seconds(pool, POOL_SECONDS)
            waiting = None if connecting is None or pooling is None else connecting + pooling
            known = self._timeouts[key] = aiohttp.ClientTimeout(
                total=None,
                connect=waiting,
                sock_connect=connecting,
                sock_read=_seconds(read, default),
            )
        return known

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read Telegram's answer; what is not an answer of its kind is an error."""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            answer = _tolerant(payload)
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            message = "Invalid server response"
            raise TelegramError(message)
        return answer


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, Mapping[str, str]]:
    """JSON where nothing is uploaded, else a form; both are documented ways to call."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return orjson.dumps(data.parameters), JSON_BODY
    # Quoted fields would turn a Chinese file name into %E6…: Telegram shows it as it stands.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, {}


def _seconds(given: object, default: float) -> float | None:
    """PTB's way of telling "not given" from "no limit"."""
    if given is BaseRequest.DEFAULT_NONE:
        return default
    return float(given) if isinstance(given, int | float) else None


def _named(err: BaseException) -> str:
    """Name an error without its text where that could hold the address, hence the token."""
    number = f" {err.strerror}" if isinstance(err, OSError) and err.strerror else ""
    return f"aiohttp.{type(err).__name__}:{number}".rstrip(":")


def _tolerant(payload: bytes) -> object:
    """Read what orjson refuses (lone surrogates, broken UTF-8) rather than block everything."""
    try:
        loose = json.loads(payload.decode("utf-8", "replace"))
        clean = json.dumps(loose, ensure_ascii=False).encode("utf-8", "replace")
        return orjson.loads(clean)
    except ValueError as err:
        message = "Invalid server response"
        raise TelegramError(message) from err


def proxy_for(url: str) -> str | None:
    """Find the proxy that the environment names for this address, as httpx would use it.

    Looked up once here, because aiohttp's `trust_env` asks again at every request.
    """
    address = urllib.parse.urlsplit(url)
    if urllib.request.proxy_bypass(address.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(address.scheme) or proxies.get("all")


def telegram_bot(token: str, api_url: str = API_URL) -> Bot:
    """Make PTB's Bot on this back end; polling has its own connection, so it never waits."""
    base = api_url.rstrip("/")
    proxy = proxy_for(base)
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=Request(proxy=proxy),
        get_updates_request=Request(connections=4, proxy=proxy),
    )
