"""Bytes reach Telegram whole, errors are PTB's, and no message holds the token."""

from __future__ import annotations

import logging
import traceback

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.logs import MASK, MaskedFormatter, masked, start_logging
from bot.request import NotSent, Request, proxy_for, telegram_bot

TOKEN = "123456789:AAF-a-token-that-nobody-must-ever-see"


@pytest.mark.asyncio
async def test_a_chinese_file_name_arrives_as_it_is_written(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    await edge.bot.send_document(
        ann.id, InputFile(b"%PDF", filename="收据 2025.pdf"), caption="您的收据"
    )
    assert ann.last.body["document"]["file_name"] == "收据 2025.pdf"
    assert ann.last.text == "您的收据"
    file = await edge.bot.get_file(ann.last.body["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"%PDF"


@pytest.mark.asyncio
async def test_ptbs_own_methods_work_on_it(edge):
    ann = edge.sb.person("Ann")
    ann.starts()
    sent = await edge.bot.send_message(ann.id, "<b>hi</b>", parse_mode="HTML")
    assert (sent.text, sent.chat.id) == ("hi", ann.id)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("429", RetryAfter),
        ("500", NetworkError),
        ("502", NetworkError),
        ("timeout", TimedOut),
        ("reset", NetworkError),
        ("lost", NetworkError),
        ("malformed", TelegramError),
    ],
)
async def test_errors_are_ptbs_own(edge, fault, error):
    edge.sb.faults.add("getMe", fault)
    with pytest.raises(error) as told:
        await edge.bot.get_me()
    assert not isinstance(told.value, NotSent | BadRequest)
    shown = "".join(traceback.format_exception(told.value))
    assert edge.sb.token not in shown


@pytest.mark.asyncio
async def test_a_connection_that_cannot_be_made_is_told_apart():
    async with Request() as request:
        with pytest.raises(NotSent) as told:
            await request.call(f"http://127.0.0.1:9/bot{TOKEN}/getMe", {})
    assert TOKEN not in "".join(traceback.format_exception(told.value))


@pytest.mark.asyncio
async def test_an_answer_with_broken_letters_blocks_nothing():
    async def broken(_request):
        return web.Response(body=b'{"ok":true,"result":"a\\ud83d \xff"}')

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", broken)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with Request() as request:
        port = runner.addresses[0][1]
        answer = await request.call(f"http://127.0.0.1:{port}/bot/getMe", {})
    await runner.cleanup()
    assert answer.startswith("a")
    assert answer.encode("utf-8")


@pytest.mark.asyncio
async def test_it_must_be_opened_first_and_may_be_closed_twice():
    request = Request()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.call("http://127.0.0.1:9/", {})
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()


def test_the_environments_proxy_is_used_where_it_applies(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_for("https://api.telegram.org") is None
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    monkeypatch.setenv("NO_PROXY", "localhost")
    assert proxy_for("https://api.telegram.org") == "http://127.0.0.1:3128"
    assert proxy_for("https://localhost") is None


# ---- the log ---------------------------------------------------------------------------------


def test_no_log_line_holds_the_token_wherever_it_comes_from(capsys):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        start_logging("DEBUG", TOKEN)
        log = logging.getLogger("anything")
        log.warning("calling https://api.telegram.org/bot%s/getMe", TOKEN)
        log.warning("quoted: %s", TOKEN.replace(":", "%3A"))
        log.warning("%r", telegram_bot(TOKEN))
        try:
            int(TOKEN)
        except ValueError:
            log.exception("a traceback")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    shown = capsys.readouterr().err
    assert "nobody-must-ever-see" not in shown
    assert shown.count(MASK) >= 4


def test_another_bots_token_is_masked_as_well():
    other = "987654321:ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678"
    assert other not in masked(f"see bot{other}/x")
    line = MaskedFormatter(logging.Formatter("%(message)s")).format(
        logging.LogRecord("x", 20, "f", 1, other, (), None)
    )
    assert line == MASK
