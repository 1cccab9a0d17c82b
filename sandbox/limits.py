"""The numbers that Telegram publishes, and the lists of what it allows.

Sources: core.telegram.org/bots/api, core.telegram.org/bots/faq, limits.tginfo.me.
It must never hold behaviour.
"""

TEXT = 4096
CAPTION = 1024
CALLBACK_DATA = 64
TOPIC_NAME = 128
CALLBACK_ANSWER = 200
ALBUM_MIN, ALBUM_MAX = 2, 10
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
UPLOAD_PHOTO_BYTES = 10 * 1024 * 1024
DELETE_WITHIN = 48 * 3600
UPDATES_KEPT = 24 * 3600
CALLBACK_ANSWER_WITHIN = 15
KEYBOARD_BUTTONS = 100
MARKUP_BYTES = 10_000
COMMANDS = 100
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 256
PLACEHOLDER = 64
ENTITIES = 100
QUOTE = 1024
BULK_IDS = 100
BOT_NAME = 64
DESCRIPTION = 512
SHORT_DESCRIPTION = 120

# Pacing, from core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
PRIVATE_PER_SECOND = 1.0
PRIVATE_BURST = 5
GROUP_PER_MINUTE = 20
ALL_PER_SECOND = 30

ANONYMOUS_ADMIN_ID = 1087968824
GENERAL_TOPIC = 1

TOPIC_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)

REACTIONS = frozenset(
    [
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    ]
)

DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}

UPDATE_TYPES = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    ]
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
