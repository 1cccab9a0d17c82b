"""Files, albums, places, and the other kinds of messages."""

import pytest
from telegram import (
    Bot,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from telegram.error import BadRequest, TelegramError

from sandbox.people import Person
from sandbox.server import Sandbox


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "audio", "document", "video", "video_note", "animation", "sticker"]
)
async def test_every_kind_goes_both_ways(bot: Bot, ann: Person, kind):
    sent = await getattr(bot, f"send_{kind}")(ann.id, b"some bytes")
    assert getattr(sent, kind)
    ann.sends(kind)
    (update,) = await bot.get_updates()
    medium = getattr(update.message, kind)
    file_id = medium[-1].file_id if kind == "photo" else medium.file_id
    again = await getattr(bot, f"send_{kind}")(ann.id, file_id)
    assert getattr(again, kind) == medium
    file = await bot.get_file(file_id)
    assert len(await file.download_as_bytearray()) > 0


async def test_other_kinds(bot: Bot, ann: Person):
    assert (await bot.send_location(ann.id, 22.28, 114.16)).location.latitude == 22.28
    assert (
        await bot.send_venue(ann.id, 22.28, 114.16, "Shop", "1 Main Street")
    ).venue.title == "Shop"
    assert (await bot.send_contact(ann.id, "+85212345678", "Ann")).contact.first_name == "Ann"
    assert 1 <= (await bot.send_dice(ann.id)).dice.value <= 6
    assert [
        o.text for o in (await bot.send_poll(ann.id, "Lunch?", ["yes", "no"])).poll.options
    ] == ["yes", "no"]
    ann.sends("location")
    ann.sends("contact", phone_number="+1")
    ann.sends("venue")
    ann.sends("dice")
    location, contact, venue, dice = await bot.get_updates()
    assert location.message.location
    assert contact.message.contact.phone_number == "+1"
    assert venue.message.venue
    assert dice.message.dice


async def test_uploaded_bytes_come_back(bot: Bot, ann: Person):
    sent = await bot.send_document(ann.id, InputFile(b"line 1\nline 2", filename="账单.txt"))
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"line 1\nline 2"
    assert file.file_unique_id == sent.document.file_unique_id


async def test_a_file_over_20_mb_cannot_be_fetched_but_copied(bot: Bot, ann: Person):
    film = ann.sends("video", file_size=21 * 1024 * 1024, file_name="long.mp4")
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(film.media[0].file_id)
    assert await bot.copy_message(ann.id, ann.id, film.message_id)


async def test_wrong_file_ids(bot: Bot, ann: Person, raw):
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("AgACAgQAAxk0000000099SandboxUnknown")
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.send_photo(ann.id, "AgACAgQAAxk0000000099SandboxUnknown")
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.send_photo(ann.id, "short")
    voice = ann.sends_voice()
    with pytest.raises(BadRequest, match=r"(?i)Can't use file of type VoiceNote as Photo"):
        await bot.send_photo(ann.id, voice.media[0].file_id)
    with pytest.raises(BadRequest, match=r"(?i)Failed to get HTTP URL content"):
        await bot.send_photo(ann.id, "https://example.com/a.png")
    assert (await raw("sendPhoto", chat_id=ann.id))[
        "description"
    ] == "Bad Request: there is no photo in the request"
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, b"")


async def test_an_album_of_people_comes_as_several_updates(bot: Bot, ann: Person):
    ann.sends_album(3, "look")
    updates = await bot.get_updates()
    assert [u.message.caption for u in updates] == ["look", None, None]
    assert len({u.message.media_group_id for u in updates}) == 1
    assert all(len(u.message.photo) == 2 for u in updates)


async def test_the_bots_album(bot: Bot, ann: Person):
    sent = await bot.send_media_group(
        ann.id,
        [InputMediaPhoto(b"a", caption="<b>x</b>", parse_mode="HTML"), InputMediaVideo(b"b")],
    )
    assert [bool(one.photo) for one in sent] == [True, False]
    assert sent[0].caption == "x"
    assert len({one.media_group_id for one in sent}) == 1


async def test_an_album_has_2_to_10_of_a_kind(raw, bot: Bot, ann: Person):
    photo = {"type": "photo", "media": ann.sends_photo().media[0].file_id}
    for count, complaint in (
        (1, "album must consist of"),
        (11, "too many messages to send as an album"),
        (0, "there are no"),
    ):
        answer = await raw("sendMediaGroup", chat_id=ann.id, media=[photo] * count)
        assert complaint in answer["description"]
    with pytest.raises(BadRequest, match="can't be mixed with other media types"):
        await bot.send_media_group(ann.id, [InputMediaPhoto(b"a"), InputMediaDocument(b"b")])
    assert (
        len(await bot.send_media_group(ann.id, [InputMediaAudio(b"a"), InputMediaAudio(b"b")])) == 2
    )


async def test_bad_coordinates(raw, ann: Person):
    assert (await raw("sendLocation", chat_id=ann.id, latitude=1))[
        "description"
    ] == "Bad Request: longitude is empty"
    assert not (await raw("sendLocation", chat_id=ann.id, latitude=91, longitude=1))["ok"]


async def test_a_file_is_for_the_bot_alone(sb: Sandbox, http, bot: Bot, ann: Person):
    medium = ann.sends_photo().media[0]
    async with http.get(f"/file/bot1:wrong/{medium.path}") as response:
        assert response.status == 401
    async with http.get(f"/file/bot{sb.token}/photos/none.png") as response:
        assert response.status == 404
    async with http.get(f"/files/{medium.unique}") as response:
        assert response.content_type == "image/png"
        assert await response.read() == medium.data


async def test_too_big_a_photo(bot: Bot, ann: Person):
    with pytest.raises(TelegramError, match=r"(?i)too big for a photo"):
        await bot.send_photo(ann.id, b"x" * (10 * 1024 * 1024 + 1))
