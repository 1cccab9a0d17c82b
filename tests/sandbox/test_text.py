"""Text, captions, entities and their limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, MessageEntity
from telegram.error import BadRequest
from telegram.helpers import escape_markdown

from sandbox.markup import ParseError, formatted, utf16
from sandbox.people import Person


async def test_no_text(raw, ann: Person):
    assert (await raw("sendMessage", chat_id=ann.id, text=""))[
        "description"
    ] == "Bad Request: message text is empty"
    answer = await raw("sendMessage", chat_id=ann.id, text=" \n ")
    assert answer["description"] == "Bad Request: text must be non-empty"


async def test_4096_counts_utf16_after_parsing(bot: Bot, ann: Person):
    assert len((await bot.send_message(ann.id, "x" * 4096)).text) == 4096
    await bot.send_message(ann.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await bot.send_message(ann.id, "😀" * 2048)
    for text in ("x" * 4097, "😀" * 2049):
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(ann.id, text)


async def test_a_caption_has_1024(bot: Bot, ann: Person):
    await bot.send_photo(ann.id, b"picture", caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(ann.id, b"picture", caption="😀" * 513)


async def test_html_becomes_entities(bot: Bot, ann: Person):
    sent = await bot.send_message(
        ann.id,
        '😀 <b>bold <i>both</i></b> <a href="https://example.com/">link</a> <code>a&lt;b</code> '
        "<blockquote expandable>long</blockquote> <tg-spoiler>x</tg-spoiler> "
        '<pre><code class="language-py">1</code></pre>',
        parse_mode="HTML",
    )
    assert sent.text == "😀 bold both link a<b long x 1"
    assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("text_link", "link"),
        ("code", "a<b"),
        ("expandable_blockquote", "long"),
        ("spoiler", "x"),
        ("pre", "1"),
    ]
    assert sent.entities[0].offset == 3
    assert sent.entities[-1].language == "py"


async def test_markdown_v2_becomes_entities(bot: Bot, ann: Person):
    sent = await bot.send_message(
        ann.id,
        "*bold _both_* __under__ ~gone~ ||secret|| "
        "[link](https://example.com/a\\)b) `c*d`\n>quoted\n>more\nend\\.",
        parse_mode="MarkdownV2",
    )
    assert sent.text == "bold both under gone secret link c*d\nquoted\nmore\nend."
    assert [e.type for e in sent.entities] == [
        "bold", "italic", "underline", "strikethrough", "spoiler",
        "text_link", "code", "blockquote",
    ]  # fmt: skip
    assert sent.entities[5].url == "https://example.com/a)b"


@pytest.mark.parametrize(
    ("mode", "text", "complaint"),
    [
        ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "é<x>y</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("HTML", "a < b", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
        ("HTML", "<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("HTML", "<b", "Unclosed start tag at byte offset 0"),
        ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "MarkdownV2",
            "3.5",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        (
            "MarkdownV2",
            "a-b",
            "Character '-' is reserved and must be escaped with the preceding '\\'",
        ),
        ("MarkdownV2", "é *x", "Can't find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "[a](http://b.c", "Can't find end of a URL at byte offset 4"),
    ],
)
async def test_what_cannot_be_parsed(raw, ann: Person, mode, text, complaint):
    answer = await raw("sendMessage", chat_id=ann.id, text=text, parse_mode=mode)
    assert answer["description"] == f"Bad Request: can't parse entities: {complaint}"


async def test_an_unknown_parse_mode(raw, ann: Person):
    answer = await raw("sendMessage", chat_id=ann.id, text="x", parse_mode="BBCode")
    assert answer["description"] == "Bad Request: unsupported parse_mode"


async def test_listed_entities_are_kept_and_checked(bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "😀 <b>", entities=[MessageEntity("bold", 0, 2)])
    assert sent.text == "😀 <b>"
    assert sent.entities[0].length == 2
    for entity in (
        MessageEntity("bold", 9, 1),
        MessageEntity("bold", 0, 9),
        MessageEntity("bold", 1, 3),
    ):
        with pytest.raises(BadRequest, match=r"(?i)entity begin"):
            await bot.send_message(ann.id, "😀 <b>", entities=[entity])


async def test_commands_links_and_addresses_are_found(ann: Person):
    said = ann.says(
        "/start@complaint_desk_bot see https://example.com/a?b=1. "
        "mail a.b@example.org #soup @someone"
    )
    assert [mark["type"] for mark in said.body["entities"]] == [
        "bot_command",
        "url",
        "email",
        "hashtag",
        "mention",
    ]


async def test_white_space_is_cut_and_entities_follow(bot: Bot, ann: Person):
    sent = await bot.send_message(ann.id, "\n  <b>x</b>  \n", parse_mode="HTML")
    assert sent.text == "x"
    assert (sent.entities[0].offset, sent.entities[0].length) == (0, 1)


async def test_a_mention_of_a_user_without_a_name(bot: Bot, ann: Person):
    sent = await bot.send_message(
        ann.id, f'<a href="tg://user?id={ann.id}">you</a>', parse_mode="HTML"
    )
    assert sent.entities[0].user.id == ann.id


@given(st.text(max_size=60))
def test_escaped_markdown_always_comes_back_whole(text: str):
    plain, marks = formatted(escape_markdown(text, version=2), "MarkdownV2")
    assert plain == text.strip()
    assert all(
        mark["type"] in {"url", "email", "mention", "hashtag", "bot_command"} for mark in marks
    )


@given(
    st.text(alphabet="<>/&;bia \"'=😀*_~|`[]()!\\>\n", max_size=40),
    st.sampled_from(["HTML", "MarkdownV2"]),
)
def test_any_markup_gives_text_or_a_parse_error(text: str, mode: str):
    try:
        plain, marks = formatted(text, mode)
    except ParseError:
        return
    assert all(
        mark["offset"] >= 0 and mark["offset"] + mark["length"] <= utf16(plain) for mark in marks
    )
