"""Answering presses, and fetching files."""

from sandbox.errors import QUERY_TOO_OLD, Refused, bad_request
from sandbox.limits import CALLBACK_ANSWER, CALLBACK_ANSWER_WITHIN, DOWNLOAD_BYTES
from sandbox.methods.call import Call
from sandbox.model import Json


def answer_callback_query(call: Call) -> bool:
    """End the spinner on a button, with a toast or an alert for the presser alone."""
    press = call.world.presses.get(call.text("callback_query_id"))
    if press is None or call.world.clock.time() - press.at > CALLBACK_ANSWER_WITHIN:
        raise Refused(400, QUERY_TOO_OLD)
    text, url = call.text("text"), call.text("url")
    if len(text) > CALLBACK_ANSWER:
        reason = "MESSAGE_TOO_LONG"
        raise bad_request(reason)
    if url and not url.startswith(
        (f"t.me/{call.world.bot.username}", f"https://t.me/{call.world.bot.username}")
    ):
        reason = "URL_INVALID"
        raise bad_request(reason)
    if press.answered:
        return True
    press.answered = True
    alert = call.flag("show_alert")
    call.world.answers.append((press, text, alert))
    call.world.tell(
        "answered",
        callback_query_id=press.id,
        user_id=press.user.id,
        chat_id=press.chat.id,
        message_id=press.message_id,
        text=text,
        show_alert=alert,
        url=url,
    )
    return True


def get_file(call: Call) -> Json:
    """Prepare a file for download; the public server gives none over 20 MB."""
    file_id = call.text("file_id")
    if not file_id:
        reason = "file_id not specified"
        raise bad_request(reason)
    medium = call.world.files.by_id.get(file_id)
    if medium is None:
        reason = "wrong file_id or the file is temporarily unavailable"
        raise bad_request(reason)
    if medium.size > DOWNLOAD_BYTES:
        reason = "file is too big"
        raise bad_request(reason)
    return {
        "file_id": file_id,
        "file_unique_id": medium.unique,
        "file_size": medium.size,
        "file_path": medium.path,
    }
