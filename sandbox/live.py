"""The live view: a snapshot and then every change, over a WebSocket."""

import asyncio
from typing import TYPE_CHECKING

import orjson
from aiohttp import WSMsgType, web

from sandbox.model import Json
from sandbox.views import chat_view, user_view

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def snapshot(sandbox: "Sandbox") -> Json:
    """Shape the whole world."""
    world = sandbox.world
    people = [user for user in world.users.values() if not user.is_bot]
    return {
        "type": "snapshot",
        "seq": world.seq,
        "bot": world.profile.view(world),
        "commands": world.profile.commands_view(),
        "users": [user_view(user) for user in people],
        "chats": [chat_view(chat, world, messages=True) for chat in world.chats.values()],
        "clock": sandbox.clock.face(),
        "unknown_parameters": sandbox.unknown_parameters,
        "pacing": sandbox.enforce_pacing,
    }


async def stream(sandbox: "Sandbox", request: web.Request) -> web.WebSocketResponse:
    """Send the snapshot, then changes until the page goes away."""
    socket = web.WebSocketResponse(heartbeat=20)
    await socket.prepare(request)
    changes: asyncio.Queue[str] = asyncio.Queue()

    def listener(event: Json) -> None:
        changes.put_nowait(orjson.dumps(event).decode())

    changes.put_nowait(orjson.dumps(snapshot(sandbox)).decode())
    sandbox.world.listeners.append(listener)
    writer = asyncio.create_task(_write(socket, changes))
    try:
        async for message in socket:
            if message.type in {WSMsgType.ERROR, WSMsgType.CLOSE}:
                break
    finally:
        sandbox.world.listeners.remove(listener)
        writer.cancel()
    return socket


async def _write(socket: web.WebSocketResponse, changes: asyncio.Queue[str]) -> None:
    while True:
        await socket.send_str(await changes.get())
