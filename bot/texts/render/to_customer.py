"""What the desk and its staff say to the customer, as letters."""

from __future__ import annotations

from bot.flows import effects as e
from bot.flows.model import Grade
from bot.texts.letters import LOW, NORMAL, URGENT, Letter
from bot.texts.media import send_media
from bot.texts.render.renderer import (
    Renderer,
    album,
    menu_keyboard,
    reply_to,
)


def tell(r: Renderer, effect: e.Tell) -> list[Letter]:
    """Speak to the customer."""
    where = r.for_customer()
    params = r.text(where, effect.text) | reply_to(effect.reply_to)
    if effect.buttons:
        params["reply_markup"] = r.keyboard(where, effect.buttons)
    elif effect.menu:
        params["reply_markup"] = menu_keyboard(where)
    return [
        Letter(
            effect.customer,
            "sendMessage",
            params,
            case=effect.case.id if effect.case else None,
            customer=effect.customer,
            purpose=effect.purpose,
            link="told",
            priority=URGENT if effect.urgent else NORMAL,
            slot=effect.slot,
            fresh=effect.fresh,
        )
    ]


def unbutton(_: Renderer, effect: e.Unbutton) -> list[Letter]:
    """Take the buttons off an answered message."""
    chosen = [[{"text": f"✓ {effect.chosen}", "callback_data": "c:!:0:"}]] if effect.chosen else []
    params = {"message_id": effect.message_id, "reply_markup": {"inline_keyboard": chosen}}
    return [Letter(effect.chat, "editMessageReplyMarkup", params, purpose="mark", priority=LOW)]


def carry(r: Renderer, effect: e.Carry) -> list[Letter]:
    """Bring a staff message to the customer; once there, a mark says so."""
    case = effect.case
    prefix = f"{effect.sender}: " if effect.sender else ""
    delivered = Letter(
        effect.chat,
        "setMessageReaction",
        {
            "message_id": effect.message_id,
            "reaction": [{"type": "emoji", "emoji": "👌"}],
        },
        case=case.id,
        purpose="mark",
        priority=LOW,
        then=(_delivered_in_words(r, effect),),
    )
    letter = send_media(
        case.customer,
        effect.media,
        effect.text,
        effect.entities,
        prefix,
        source=(effect.chat, effect.message_id),
        extra=reply_to(effect.reply_to),
    )
    return [
        album(
            r,
            letter,
            case=case.id,
            customer=case.customer,
            purpose="answer",
            link="carried",
            priority=URGENT if case.grade is Grade.SEVERE else NORMAL,
            origins=((effect.chat, effect.message_id),),
            then=(delivered,),
        )
    ]


def _delivered_in_words(r: Renderer, effect: e.Carry) -> Letter:
    """Return the words for a group that does not let the bot react."""
    where = r.for_staff()
    params = r.text(where, (e.line("staff.delivered"),)) | reply_to(effect.message_id)
    params["disable_notification"] = True
    return Letter(
        effect.chat, "sendMessage", params, case=effect.case.id, purpose="mark", in_topic=True
    )
