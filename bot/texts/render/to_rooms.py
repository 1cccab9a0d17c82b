"""What the staff see in their rooms: topics, cards, relayed words, marks, as letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows import effects as e
from bot.flows.model import Grade
from bot.texts import cards
from bot.texts.catalogue import Locale
from bot.texts.letters import LOOKS, LOW, NORMAL, URGENT, Letter
from bot.texts.media import send_media
from bot.texts.render.renderer import (
    Renderer,
    album,
    gathered,
    reply_to,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flows.model import Case


def open_topic(r: Renderer, effect: e.OpenTopic) -> list[Letter]:
    """Make the case's topic in each of its rooms that has topics."""
    case = effect.case
    name = cards.topic_name(case, r.for_staff())
    return [
        Letter(
            chat,
            "createForumTopic",
            {"name": name},
            case=case.id,
            purpose="topic",
            priority=URGENT,
            fresh=effect.anew,
            coalesce=f"topic:{case.id}",
        )
        for chat in r.desk.rooms(case)
        if r.desk.has_topics(chat)
    ]


def rename_topic(r: Renderer, effect: e.RenameTopic) -> list[Letter]:
    """Have the topic's name and state follow the case."""
    case = effect.case
    letters = []
    for chat in r.desk.rooms(case):
        if not r.desk.has_topics(chat):
            continue
        method, params = "editForumTopic", {"name": cards.topic_name(case, r.for_staff())}
        if effect.closed and case.open:
            continue  # it was rated low, and goes on
        if effect.closed is not None:
            method = "closeForumTopic" if effect.closed else "reopenForumTopic"
            params = {}
        letters.append(
            Letter(
                chat,
                method,
                params,
                case=case.id,
                purpose="mark",
                priority=LOW if effect.closed else NORMAL,
                in_topic=True,
                coalesce=f"{method}:{case.id}",
            )
        )
    return letters


def vacate(r: Renderer, effect: e.Vacate) -> list[Letter]:
    """Delete the case's topic in the team chat; its messages there are the app's to find."""
    chat = r.desk.team.chat
    if chat is None or not r.desk.has_topics(chat):
        return []
    return [
        Letter(
            chat,
            "deleteForumTopic",
            {},
            effect.case.id,
            purpose="mark",
            priority=URGENT,
            in_topic=True,
        )
    ]


DELETED_AT_ONCE = 100
"""Telegram deletes so many messages in one call."""


def gone(chat: int, case: int, messages: Sequence[int]) -> list[Letter]:
    """Return the letters that delete a case's messages from a chat."""
    return [
        Letter(
            chat,
            "deleteMessages",
            {"message_ids": list(messages[start : start + DELETED_AT_ONCE])},
            case,
            purpose="mark",
            priority=URGENT,
        )
        for start in range(0, len(messages), DELETED_AT_ONCE)
    ]


def show_card(r: Renderer, effect: e.ShowCard) -> list[Letter]:
    """Show the card in each room: in the case's topic, or compact in the queue.

    Where one stands, only what reads otherwise now is sent.
    """
    letters = _cards(r, effect, effect.case, effect.page)
    if effect.was is None:
        return letters
    standing = [_reads(one) for one in _cards(r, effect, effect.was, effect.was.page)]
    return [one for one in letters if _reads(one) not in standing]


def _reads(letter: Letter) -> tuple[Any, ...]:
    return (letter.chat, letter.slot, letter.params)


def _cards(r: Renderer, effect: e.ShowCard, case: Case, page: str) -> list[Letter]:
    whole = effect.where == "topic"
    letters = []
    for chat in r.desk.rooms(case) if effect.chat is None else (effect.chat,):
        where = r.for_staff(chat if chat > 0 else None)
        params: dict[str, Any] = {
            "text": cards.card(case, r.desk, where, r.now, whole=whole),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": r.keyboard(where, cards.buttons(case, whole=whole, page=page)),
        }
        in_topic = whole and r.desk.has_topics(chat)
        letters.append(
            Letter(
                chat,
                "sendMessage",
                params,
                case=case.id,
                purpose="card",
                link="card",
                priority=URGENT if case.grade is Grade.SEVERE else NORMAL,
                in_topic=in_topic,
                slot="" if effect.chat else "card" if in_topic else "queue",
                fresh=effect.alert,
                coalesce=f"{'alert' if effect.alert else 'card'}:{case.id}:{in_topic}",
            )
        )
        if in_topic and case.filed_at is not None:
            letters += _queue_card_follows(r, case, chat, where)
    return letters


def _queue_card_follows(r: Renderer, case: Case, chat: int, where: Locale) -> list[Letter]:
    """Have the compact card in the queue, where one stands, say that the case moved on."""
    compact = cards.card(case, r.desk, where, r.now, whole=False)
    moved = where.html((e.line("card.in_topic", topic=cards.topic_name(case, where)),), r.now)
    params = {
        "text": f"{compact}\n{moved}",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": []},
    }
    return [
        Letter(
            chat,
            "editMessageText",
            params,
            case=case.id,
            purpose="card",
            priority=LOW,
            slot="queue",
            coalesce=f"queue:{case.id}",
        )
    ]


def inform(r: Renderer, effect: e.Inform) -> list[Letter]:
    """Speak to staff where the case is."""
    case = effect.case
    letters = []
    for chat in r.desk.rooms(case):
        where = r.for_staff(chat if chat > 0 else None)
        params = r.text(where, effect.text) | reply_to(effect.reply_to)
        if effect.buttons:
            params["reply_markup"] = r.keyboard(where, effect.buttons)
        elif effect.prompt:
            params["reply_markup"] = {"force_reply": True, "selective": True}
        if effect.silent:
            params["disable_notification"] = True
        letter = Letter(
            chat,
            "sendMessage",
            params,
            case=case.id,
            purpose=effect.purpose,
            link=f"prompt:{effect.prompt}" if effect.prompt else "desk",
            priority=URGENT if case.grade is Grade.SEVERE else NORMAL,
            in_topic=not effect.queue,
            slot=effect.slot,
        )
        among_others = effect.queue or not r.desk.has_topics(chat)
        gathers = effect.alert and among_others and case.grade is not Grade.SEVERE
        letters.append(gathered(r, letter) if gathers else letter)
    return letters


def relay(r: Renderer, effect: e.Relay) -> list[Letter]:
    """Bring a customer's message to the room; a reply to it answers the customer."""
    case = effect.case
    letters = []
    for chat in r.desk.rooms(case):
        in_topic = r.desk.has_topics(chat)
        head = f"👤 {effect.name}" if in_topic else f"👤 {effect.name} · {case.ref}"
        target = effect.reply_to[1] if effect.reply_to and effect.reply_to[0] == chat else None
        letter = send_media(
            chat,
            effect.media,
            effect.text,
            effect.entities,
            f"{head}\n",
            source=(effect.chat, effect.message_id),
            extra=reply_to(target),
        )
        letters.append(
            album(
                r,
                letter,
                case=case.id,
                purpose="relay",
                link="joined" if effect.more else "relay",
                priority=URGENT if case.grade is Grade.SEVERE else NORMAL,
                in_topic=in_topic,
                origins=((effect.chat, effect.message_id),),
            )
        )
    return letters


def amend(r: Renderer, effect: e.Amend) -> list[Letter]:
    """Have a copy follow its edited original."""
    in_room = effect.name != ""
    head = f"👤 {effect.name} ✏️\n" if in_room else ""
    letter = send_media(effect.chat, effect.media, effect.text, effect.entities, head)
    params = dict(letter.params)
    if effect.media is None:
        method = "editMessageText"
        wanted = ("text", "entities")
    else:
        method = "editMessageCaption"
        wanted = ("caption", "caption_entities")
    kept = {name: params[name] for name in wanted if name in params}
    del r
    return [
        Letter(
            effect.chat,
            method,
            {"message_id": effect.message_id, **kept},
            case=effect.case.id,
            customer=None if in_room else effect.case.customer,
            purpose="amend",
        )
    ]


def retract(_: Renderer, effect: e.Retract) -> list[Letter]:
    """Delete one of the desk's own messages."""
    params = {"message_id": effect.message_id}
    theirs = effect.chat == effect.case.customer
    return [
        Letter(
            effect.chat,
            "deleteMessage",
            params,
            case=effect.case.id,
            customer=effect.case.customer if theirs else None,
            purpose="unsend" if theirs else "mark",
            priority=URGENT,
        )
    ]


def mark(_: Renderer, effect: e.Mark) -> list[Letter]:
    """Put a reaction on a message."""
    params = {
        "message_id": effect.message_id,
        "reaction": [{"type": "emoji", "emoji": effect.emoji}],
    }
    return [
        Letter(
            effect.chat,
            "setMessageReaction",
            params,
            case=effect.case.id if effect.case else None,
            purpose=LOOKS if effect.looks else "mark",
            priority=URGENT if effect.urgent else LOW,
        )
    ]
