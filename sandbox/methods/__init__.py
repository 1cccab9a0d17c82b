"""The methods of the Bot API: a table of name → (parameters, function).

A parameter that is not in the table's set is unknown: ignored, as Telegram does, but reported.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from sandbox.methods import albums, bot, callbacks, chats, copy, edit, polling, send, topics
from sandbox.methods.call import Call, Upload
from sandbox.methods.send import CAPTIONED, COMMON

__all__ = ["METHODS", "Call", "Method", "Upload"]


class Method(NamedTuple):
    """What a method takes and does; `paced` ones count against Telegram's sending limits."""

    parameters: frozenset[str]
    function: Callable[[Call], Any]
    paced: bool = False


def _takes(names: str, more: frozenset[str] = frozenset()) -> frozenset[str]:
    return frozenset(names.split()) | more


_MESSAGE = _takes("business_connection_id chat_id message_id inline_message_id reply_markup")
_SIZED = (
    "duration width height thumbnail has_spoiler show_caption_above_media supports_streaming "
    "cover start_timestamp"
)
_PAGE = frozenset({"message_thread_id"})
_BULK = _takes("chat_id direct_messages_topic_id disable_notification protect_content", _PAGE)


def _file(kind: str, names: str, common: frozenset[str] = CAPTIONED) -> Method:
    return Method(_takes(names, common | {kind}), partial(send.send_file, kind=kind), paced=True)


_TABLE: dict[str, Method] = {
    "getMe": Method(frozenset(), bot.get_me),
    "getUpdates": Method(_takes("offset limit timeout allowed_updates"), polling.get_updates),
    "setWebhook": Method(
        _takes(
            "url certificate ip_address max_connections allowed_updates drop_pending_updates "
            "secret_token"
        ),
        polling.set_webhook,
    ),
    "deleteWebhook": Method(_takes("drop_pending_updates"), polling.delete_webhook),
    "getWebhookInfo": Method(frozenset(), polling.get_webhook_info),
    "sendMessage": Method(
        _takes("text parse_mode entities link_preview_options disable_web_page_preview", COMMON),
        send.send_message,
        paced=True,
    ),
    "sendPhoto": _file("photo", "has_spoiler show_caption_above_media"),
    "sendAudio": _file("audio", "duration performer title thumbnail"),
    "sendDocument": _file("document", "thumbnail disable_content_type_detection"),
    "sendVideo": _file("video", _SIZED),
    "sendAnimation": _file("animation", _SIZED),
    "sendVoice": _file("voice", "duration"),
    "sendVideoNote": _file("video_note", "duration length thumbnail", COMMON),
    "sendSticker": _file("sticker", "emoji", COMMON),
    "sendMediaGroup": Method(
        _takes("media", COMMON - {"reply_markup"}), albums.send_media_group, paced=True
    ),
    "sendLocation": Method(
        _takes(
            "latitude longitude horizontal_accuracy live_period heading proximity_alert_radius",
            COMMON,
        ),
        send.send_location,
        paced=True,
    ),
    "sendVenue": Method(
        _takes(
            "latitude longitude title address foursquare_id foursquare_type google_place_id "
            "google_place_type",
            COMMON,
        ),
        send.send_venue,
        paced=True,
    ),
    "sendContact": Method(
        _takes("phone_number first_name last_name vcard", COMMON), send.send_contact, paced=True
    ),
    "sendDice": Method(_takes("emoji", COMMON), send.send_dice, paced=True),
    "sendPoll": Method(
        _takes(
            "question question_parse_mode question_entities options is_anonymous type "
            "allows_multiple_answers "
            "correct_option_id explanation explanation_parse_mode explanation_entities open_period "
            "close_date is_closed "
            "allow_adding_options allows_revoting correct_option_ids country_codes description "
            "description_entities "
            "description_parse_mode explanation_media hide_results_until_closes media members_only "
            "shuffle_options",
            COMMON,
        ),
        send.send_poll,
        paced=True,
    ),
    "sendChatAction": Method(
        _takes("business_connection_id chat_id message_thread_id action"), chats.send_chat_action
    ),
    "copyMessage": Method(
        _takes("from_chat_id message_id video_start_timestamp show_caption_above_media", CAPTIONED),
        copy.copy_message,
        paced=True,
    ),
    "copyMessages": Method(
        _takes("from_chat_id message_ids remove_caption", _BULK),
        copy.copy_messages,
        paced=True,
    ),
    "forwardMessage": Method(
        _takes(
            "chat_id direct_messages_topic_id from_chat_id video_start_timestamp "
            "disable_notification protect_content "
            "message_effect_id suggested_post_parameters message_id",
            _PAGE,
        ),
        copy.forward_message,
        paced=True,
    ),
    "forwardMessages": Method(
        _takes("from_chat_id message_ids", _BULK),
        copy.forward_messages,
        paced=True,
    ),
    "editMessageText": Method(
        _takes("text parse_mode entities link_preview_options disable_web_page_preview", _MESSAGE),
        edit.edit_message_text,
        paced=True,
    ),
    "editMessageCaption": Method(
        _takes("caption parse_mode caption_entities show_caption_above_media", _MESSAGE),
        edit.edit_message_caption,
        paced=True,
    ),
    "editMessageMedia": Method(_takes("media", _MESSAGE), edit.edit_message_media, paced=True),
    "editMessageReplyMarkup": Method(_MESSAGE, edit.edit_message_reply_markup, paced=True),
    "deleteMessage": Method(_takes("chat_id message_id"), edit.delete_message),
    "deleteMessages": Method(_takes("chat_id message_ids"), edit.delete_messages),
    "setMessageReaction": Method(
        _takes("chat_id message_id reaction is_big"), chats.set_message_reaction
    ),
    "pinChatMessage": Method(
        _takes("business_connection_id chat_id message_id disable_notification"),
        chats.pin_chat_message,
    ),
    "unpinChatMessage": Method(
        _takes("business_connection_id chat_id message_id"), chats.unpin_chat_message
    ),
    "unpinAllChatMessages": Method(_takes("chat_id"), chats.unpin_all_chat_messages),
    "answerCallbackQuery": Method(
        _takes("callback_query_id text show_alert url cache_time"), callbacks.answer_callback_query
    ),
    "getFile": Method(_takes("file_id"), callbacks.get_file),
    "createForumTopic": Method(
        _takes("chat_id name icon_color icon_custom_emoji_id"), topics.create_forum_topic
    ),
    "editForumTopic": Method(
        _takes("chat_id message_thread_id name icon_custom_emoji_id"), topics.edit_forum_topic
    ),
    "closeForumTopic": Method(_takes("chat_id message_thread_id"), topics.close_forum_topic),
    "reopenForumTopic": Method(_takes("chat_id message_thread_id"), topics.reopen_forum_topic),
    "deleteForumTopic": Method(_takes("chat_id message_thread_id"), topics.delete_forum_topic),
    "getChat": Method(_takes("chat_id"), chats.get_chat),
    "getChatMember": Method(_takes("chat_id user_id"), chats.get_chat_member),
    "getChatAdministrators": Method(_takes("chat_id return_bots"), chats.get_chat_administrators),
    "getChatMemberCount": Method(_takes("chat_id"), chats.get_chat_member_count),
    "leaveChat": Method(_takes("chat_id"), chats.leave_chat),
    "setMyCommands": Method(_takes("commands scope language_code"), bot.set_my_commands),
    "getMyCommands": Method(_takes("scope language_code"), bot.get_my_commands),
    "deleteMyCommands": Method(_takes("scope language_code"), bot.delete_my_commands),
    "setMyName": Method(_takes("name language_code"), bot.set_my_name),
    "getMyName": Method(_takes("language_code"), bot.get_my_name),
    "setMyDescription": Method(_takes("description language_code"), bot.set_my_description),
    "getMyDescription": Method(_takes("language_code"), bot.get_my_description),
    "setMyShortDescription": Method(
        _takes("short_description language_code"), bot.set_my_short_description
    ),
    "getMyShortDescription": Method(_takes("language_code"), bot.get_my_short_description),
    "setChatMenuButton": Method(_takes("chat_id menu_button"), bot.set_chat_menu_button),
    "getChatMenuButton": Method(_takes("chat_id"), bot.get_chat_menu_button),
    "setMyDefaultAdministratorRights": Method(
        _takes("rights for_channels"),
        bot.set_my_default_administrator_rights,
    ),
}

METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method) for name, method in _TABLE.items()
}
