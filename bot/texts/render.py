"""Effects rendered into letters: worded in the reader's language, addressed to where it goes.

A table from effect to function. Customers' words go out escaped or with their own marks as
entities, never as markup. It must never know how a letter is sent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.flows import effects as e
from bot.flows.model import Grade, Role
from bot.texts import cards
from bot.texts.catalogue import Locale, locale
from bot.texts.letters import LOW, NORMAL, URGENT, Letter
from bot.texts.media import send_media

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from bot.flows.desk import Desk
    from bot.flows.model import Case, Customer

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Telegram's limits in UTF-16 units after entity parsing."""

ALBUM_WAIT = timedelta(seconds=1.5)
"""Parts of an album come as separate updates; this much quiet means that it is whole."""

NOTICE_LIMIT = 200
"""Characters of a notice that answers a button press."""

MENU = ("person", "cases", "add")


class Renderer:
    """Renders the effects of one turn."""

    def __init__(self, desk: Desk, customer: Customer | None, now: datetime) -> None:
        """Write for this desk and customer, at this instant."""
        self.desk = desk
        self.customer = customer
        self.now = now

    def letters(self, effects: Iterable[e.Effect]) -> list[Letter]:
        """Return the letters of these effects, in order."""
        out: list[Letter] = []
        for effect in effects:
            out.extend(RENDER[type(effect)](self, effect))
        return out

    # ---- languages --------------------------------------------------------------------------

    def for_customer(self) -> Locale:
        """Return the locale of this turn's customer."""
        customer = self.customer
        language = (customer.language if customer else "") or self.desk.general.language
        region = (customer.region if customer else "") or self.desk.general.region
        return locale(language, region, self.desk.general.zone)

    def for_staff(self, user: int | None = None) -> Locale:
        """Return the locale of a member of staff, or of the rooms."""
        general = self.desk.general
        member = self.desk.staff.get(user) if user is not None else None
        language = (member.language if member else "") or general.staff_language
        return locale(language, general.region, general.zone)

    def in_language(self, language: str) -> Locale:
        """Return the locale for a language, or for one guessed from Telegram's code."""
        from bot.flows.decide import guess_language  # noqa: PLC0415 - texts know the core, late

        general = self.desk.general
        known = language if language in {"en", "zh_Hans", "zh_Hant"} else guess_language(language)
        return locale(known or general.language, general.region, general.zone)

    # ---- pieces -----------------------------------------------------------------------------

    def text(self, where: Locale, lines: e.Text) -> dict[str, Any]:
        """Return the parameters of a text message, cut to Telegram's limit."""
        words = where.html(lines, self.now)
        if cards.utf16(words) > TEXT_LIMIT:
            words = fit(where, lines, self.now)
        return {
            "text": words or "…",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }

    def keyboard(self, where: Locale, rows: e.Rows) -> dict[str, Any]:
        """Return inline buttons as Telegram wants them."""
        return {
            "inline_keyboard": [
                [self._button(where, button) for button in row] for row in rows if row
            ]
        }

    def _button(self, where: Locale, button: e.Button) -> dict[str, str]:
        label = where.plain(button.label, self.now) or "…"
        if button.url:
            return {"text": label, "url": button.url}
        return {"text": label, "callback_data": button.data}


def fit(where: Locale, lines: e.Text, now: datetime) -> str:
    """Return as many whole lines as fit, the longest line shortened: never broken markup."""
    done: list[str] = []
    room = TEXT_LIMIT - 2
    for one in lines:
        words = where.html((one,), now)
        if cards.utf16(words) > room:
            done.append("…")
            break
        done.append(words)
        room -= cards.utf16(words) + 1
    return "\n".join(done)


def menu_keyboard(where: Locale) -> dict[str, Any]:
    """Return the lasting buttons."""
    return {
        "keyboard": [[{"text": where.get(f"menu.{one}")} for one in MENU]],
        "resize_keyboard": True,
        "is_persistent": True,
    }


def menu_labels(languages: Iterable[str], regions: Iterable[str]) -> Mapping[str, str]:
    """Return the command behind each label of the lasting buttons, in every language."""
    found: dict[str, str] = {}
    for language in languages:
        for region in regions:
            where = locale(language, region, "UTC")
            found |= {where.get(f"menu.{one}"): one for one in MENU}
    return found


def reply_to(message: int | None) -> dict[str, Any]:
    """Return the parameter that quotes a message, if it still stands there."""
    if message is None:
        return {}
    return {"reply_parameters": {"message_id": message, "allow_sending_without_reply": True}}


# ---- to the customer ------------------------------------------------------------------------


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
        _album(
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


def _album(r: Renderer, letter: Letter, **more: Any) -> Letter:
    """Fill in a letter; parts of an album wait for each other."""
    fields = {name: getattr(letter, name) for name in ("chat", "method", "params", "album")} | more
    if letter.album:
        fields |= {"coalesce": letter.album, "due_at": r.now + ALBUM_WAIT}
    return Letter(**fields)


# ---- to the rooms ---------------------------------------------------------------------------


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
    """Delete what stands of the case in the team chat."""
    chat = r.desk.team.chat
    if chat is None:
        return []
    case = effect.case.id

    def gone(method: str, slot: str = "") -> Letter:
        return Letter(
            chat, method, {}, case, purpose="mark", priority=URGENT, slot=slot, in_topic=not slot
        )

    letters = [gone("deleteMessage", slot) for slot in ("queue", "card")]
    return [*letters, gone("deleteForumTopic")] if r.desk.has_topics(chat) else letters


def show_card(r: Renderer, effect: e.ShowCard) -> list[Letter]:
    """Show the card in each room: in the case's topic, or compact in the queue."""
    case = effect.case
    whole = effect.where == "topic"
    letters = []
    for chat in r.desk.rooms(case):
        where = r.for_staff(chat if chat > 0 else None)
        params: dict[str, Any] = {
            "text": cards.card(case, r.desk, where, r.now, whole=whole),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": r.keyboard(where, cards.buttons(case, whole=whole, page=effect.page)),
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
                slot="card" if in_topic else "queue",
                fresh=effect.alert,
                coalesce=f"{'alert' if effect.alert else 'card'}:{case.id}:{in_topic}",
            )
        )
        if in_topic and case.filed_at is not None:
            letters += _queue_card_follows(r, case, chat, where)
    return letters


def _queue_card_follows(r: Renderer, case: Case, chat: int, where: Locale) -> list[Letter]:
    """Have the compact card in the queue, where one stands, say that the case moved on."""
    params = {
        "text": cards.card(case, r.desk, where, r.now, whole=False),
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
        letters.append(
            Letter(
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
        )
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
            _album(
                r,
                letter,
                case=case.id,
                purpose="relay",
                link="relay",
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
    return [
        Letter(
            effect.chat,
            "deleteMessage",
            params,
            case=effect.case.id,
            customer=effect.case.customer,
            purpose="unsend",
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
            purpose="mark",
            priority=LOW,
        )
    ]


# ---- to one person --------------------------------------------------------------------------


def answer(r: Renderer, effect: e.Answer) -> list[Letter]:
    """Answer a press; worth sending only now."""
    params: dict[str, Any] = {"callback_query_id": effect.query_id}
    if effect.text is not None:
        where = r.for_customer() if r.customer and not effect.alert else r.for_staff()
        params["text"] = where.plain(effect.text, r.now)[:NOTICE_LIMIT]
        params["show_alert"] = effect.alert
    return [Letter(0, "answerCallbackQuery", params, purpose="answer_press", fleeting=True)]


def say(r: Renderer, effect: e.Say) -> list[Letter]:
    """Speak in a given chat."""
    where = r.in_language(effect.language) if effect.language else r.for_staff()
    params = r.text(where, effect.text) | reply_to(effect.reply_to)
    if effect.buttons:
        params["reply_markup"] = r.keyboard(where, effect.buttons)
    if effect.thread is not None:
        params["message_thread_id"] = effect.thread
    return [
        Letter(
            effect.chat,
            "sendMessage",
            params,
            case=effect.case,
            purpose=effect.purpose,
            priority=URGENT if effect.urgent else NORMAL,
            slot=effect.slot,
        )
    ]


def page(r: Renderer, effect: e.Page) -> list[Letter]:
    """Reach people in private."""
    letters = []
    for person in r.desk.people(Role(effect.role)):
        where = r.for_staff(person)
        params = r.text(where, effect.text)
        if effect.buttons:
            params["reply_markup"] = r.keyboard(where, effect.buttons)
        letters.append(
            Letter(
                person,
                "sendMessage",
                params,
                case=effect.case.id if effect.case else None,
                purpose="page",
                link="desk",
                priority=URGENT if effect.urgent else NORMAL,
            )
        )
    return letters


def nothing(_: Renderer, __: e.Effect) -> list[Letter]:
    """Make no letter: the app itself carries this effect out."""
    return []


RENDER: dict[type, Callable[[Renderer, Any], list[Letter]]] = {
    e.Tell: tell,
    e.Unbutton: unbutton,
    e.Carry: carry,
    e.OpenTopic: open_topic,
    e.RenameTopic: rename_topic,
    e.Vacate: vacate,
    e.ShowCard: show_card,
    e.Inform: inform,
    e.Relay: relay,
    e.Amend: amend,
    e.Retract: retract,
    e.Mark: mark,
    e.Answer: answer,
    e.Say: say,
    e.Page: page,
    e.Readdress: nothing,
}
"""What each effect becomes."""
