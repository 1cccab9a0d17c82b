"""What goes to one person or answers one press, as letters."""

from __future__ import annotations

from typing import Any

from bot.flows import effects as e
from bot.flows.people import Role
from bot.texts.letters import NORMAL, URGENT, Letter
from bot.texts.render.renderer import (
    NOTICE_LIMIT,
    Renderer,
    gathered,
    reply_to,
)


def answer(r: Renderer, effect: e.Answer) -> list[Letter]:
    """Answer a press; worth sending only now."""
    params: dict[str, Any] = {"callback_query_id": effect.query_id}
    if effect.text is not None:
        where = r.for_customer() if r.customer and not effect.alert else r.for_staff()
        if effect.language:
            where = r.in_language(effect.language)
        params["text"] = where.plain(effect.text, r.now)[:NOTICE_LIMIT]
        params["show_alert"] = effect.alert
    return [Letter(0, "answerCallbackQuery", params, purpose="answer_press", fleeting=True)]


def say(r: Renderer, effect: e.Say) -> list[Letter]:
    """Speak in a given chat."""
    where = r.in_language(effect.language, effect.own) if effect.language else r.for_staff()
    params = r.text(where, effect.text) | reply_to(effect.reply_to)
    if effect.buttons:
        params["reply_markup"] = r.keyboard(where, effect.buttons)
    if effect.silent:
        params["disable_notification"] = True
    if effect.thread is not None:
        params["message_thread_id"] = effect.thread
    if effect.prompt and not effect.buttons:
        params["reply_markup"] = {"force_reply": True}
    return [
        Letter(
            effect.chat,
            "sendMessage",
            params,
            case=effect.case,
            purpose=effect.purpose,
            link=f"prompt:{effect.prompt}" if effect.prompt else "",
            priority=URGENT if effect.urgent else NORMAL,
            slot=effect.slot,
            fresh=effect.fresh,
            # what stands there is edited once, however often it changed meanwhile
            coalesce=f"slot:{effect.slot}" if effect.slot and not effect.fresh else "",
        )
    ]


def send_file(r: Renderer, effect: e.SendFile) -> list[Letter]:
    """Give a text as a document."""
    where = r.in_language(effect.language) if effect.language else r.for_staff()
    said = r.text(where, effect.said)
    params = {
        "document": {"name": effect.name, "text": effect.text},
        "caption": said["text"],
        "parse_mode": said["parse_mode"],
    }
    return [Letter(effect.chat, "sendDocument", params, purpose="admin")]


def page(r: Renderer, effect: e.Page) -> list[Letter]:
    """Reach people in private."""
    letters = []
    for person in _reached(r, effect):
        where = r.for_staff(person)
        params = r.text(where, effect.text)
        if effect.buttons:
            params["reply_markup"] = r.keyboard(where, effect.buttons)
        letter = Letter(
            person,
            "sendMessage",
            params,
            case=effect.case.id if effect.case else None,
            purpose="page",
            link="desk",
            priority=URGENT if effect.urgent else NORMAL,
        )
        letters.append(letter if effect.urgent else gathered(r, letter))
    return letters


def _reached(r: Renderer, effect: e.Page) -> tuple[int, ...]:
    person = effect.person
    if effect.people:
        return effect.people
    if person is not None and r.desk.present(person, r.now) is not None:
        return (person,)
    return r.desk.people(Role(effect.role), at=r.now)
