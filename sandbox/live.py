"""The live view: a snapshot and then every change, over a WebSocket."""

import asyncio

import orjson
from aiohttp import WSMsgType, web

from sandbox.exchange import Exchange
from sandbox.model import Json
from sandbox.views import chat_view, user_view


def snapshot(exchange: Exchange) -> Json:
    """Shape the whole world."""
    world = exchange.world
    people = [user for user in world.users.values() if not user.is_bot]
    return {
        "type": "snapshot",
        "seq": world.seq,
        "bot": world.bot_view(),
        "commands": world.profile.commands_view(),
        "users": [user_view(user) for user in people],
        "chats": [chat_view(chat, world.bot, messages=True) for chat in world.chats.values()],
        "clock": exchange.clock.face(),
        "zone": exchange.zone or None,
        "unknown_parameters": exchange.unknown_parameters,
        "pacing": exchange.pacing.kept,
    }


async def stream(exchange: Exchange, request: web.Request) -> web.WebSocketResponse:
    """Send the snapshot, then changes until the page goes away."""
    socket = web.WebSocketResponse(heartbeat=20)
    await socket.prepare(request)
    changes: asyncio.Queue[str] = asyncio.Queue()

    def listener(event: Json) -> None:
        changes.put_nowait(orjson.dumps(event).decode())

    changes.put_nowait(orjson.dumps(snapshot(exchange)).decode())
    exchange.world.listeners.append(listener)
    writer = asyncio.create_task(_write(socket, changes))
    try:
        async for message in socket:
            if message.type in {WSMsgType.ERROR, WSMsgType.CLOSE}:
                break
    finally:
        exchange.world.listeners.remove(listener)
        writer.cancel()
    return socket


async def _write(socket: web.WebSocketResponse, changes: asyncio.Queue[str]) -> None:
    while True:
        await socket.send_str(await changes.get())
