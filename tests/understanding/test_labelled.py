"""The labelled messages keep their form: `labelled/README.md`, checked for both folders.

`unopened/` is not to be read by whoever works on the reader: a failure names the id and what is
wrong with it, never a text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import pytest

Row = dict[str, Any]

HERE = Path(__file__).parent / "labelled"
PREFIX = {"building": "b-", "unopened": "u-"}
FILES = sorted(path for folder in PREFIX for path in (HERE / folder).glob("*.jsonl"))

WORDS = ("id", "text", "now", "zone", "region", "trade")
KEYS = {*WORDS, "traps", "gold"}
REMEDIES = frozenset(
    ["refund", "exchange", "repair", "compensation", "apology", "explanation", "cancel", "other"]
)
FLAGS = frozenset(["safety", "human", "anger", "threat_legal", "threat_regulator", "threat_media"])
SETS = {"remedies": REMEDIES, "remedies_rejected": REMEDIES, "flags": FLAGS}
CHOICES = {
    "lang": frozenset({"en", "zh-Hans", "zh-Hant"}),
    "kind": frozenset({"complaint", "feedback"}),
    "category": frozenset(
        [
            "product_quality",
            "delivery",
            "service_attitude",
            "wait_response",
            "billing",
            "facility",
            "outage",
            "privacy_fraud",
            "misleading",
            "safety_injury",
            "other",
        ]
    ),
}
LITERAL = ("refs", "products", "places")
LISTS = (*LITERAL, "phones", "customer_phones", "emails")
PARTS = {"dawn", "morning", "noon", "afternoon", "evening", "night"}
GOLD = {"when", "incident", "amounts", "disputed", "quantity", *LISTS, *SETS, *CHOICES}
ZONES = available_timezones()
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_label_has_the_form_the_guidelines_give(path):
    faults = [
        f"{_name(row, number)}: {fault}"
        for number, row in _rows(path)
        for fault in _faults(row, PREFIX[path.parent.name])
    ]
    _none(faults)


def test_no_id_and_no_text_stands_twice_in_either_folder():
    ids: dict[str, str] = {}
    texts: dict[str, str] = {}
    faults = []
    for path in FILES:
        for number, row in _rows(path):
            name = _name(row, number)
            if row.get("id") in ids:
                faults.append(f"{name}: its id stands in {ids[row['id']]} too")
            twin = texts.setdefault(_folded(row.get("text")), name)
            if twin != name:
                faults.append(f"{name}: the text of {twin}")
            ids.setdefault(row.get("id"), path.name)
    _none(faults)


def _none(faults: list[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            yield number, row if isinstance(row, dict) else {}


def _name(row: Row, number: int) -> str:
    return row.get("id") or f"line {number}"


def _folded(text: object) -> str:
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(c for c in folded if c.isalnum())


def _faults(row: Row, prefix: str) -> Iterator[str]:
    gold = row.get("gold")
    if row.keys() != KEYS or not isinstance(gold, dict) or gold.keys() != GOLD:
        yield "not a JSON object with exactly the keys of the README"
        return
    if not all(isinstance(row[key], str) and row[key].strip() for key in WORDS):
        yield f"an empty one of {WORDS}"
        return
    if not re.fullmatch(prefix + r"\d{3,4}", row["id"]):
        yield f"its id does not look like {prefix}001"
    if not _strings(row["traps"]):
        yield "traps is no list of words"
    yield from _where(row)
    yield from _closed(gold)
    yield from _lists(gold, row["text"])
    yield from _when(gold, row["text"])
    yield from _incident(gold)
    yield from _money(gold, row["text"])
    yield from _phones(gold, row["text"])


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) and x.strip() for x in value)


def _where(row: Row) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z]{2}", row["region"]):
        yield "region is no ISO country"
    if row["zone"] not in ZONES:
        yield "zone is no IANA zone"
        return
    try:
        now = datetime.fromisoformat(row["now"])
    except ValueError:
        yield "now is no ISO time"
        return
    there = now.replace(tzinfo=ZoneInfo(row["zone"]))
    if now.utcoffset() != there.utcoffset():
        yield "the offset of now is not that of its zone"


def _closed(gold: Row) -> Iterator[str]:
    for key, allowed in CHOICES.items():
        if gold[key] not in allowed:
            yield f"{key} is none of the choices"
    for key, allowed in SETS.items():
        value = gold[key]
        if not _strings(value) or len(value) != len(set(value)) or not allowed.issuperset(value):
            yield f"{key} is no set of the choices"
            return
    if not set(gold["remedies"]).isdisjoint(gold["remedies_rejected"]):
        yield "a remedy both wanted and rejected"
    if gold["kind"] == "feedback" and gold["remedies"]:
        yield "feedback that wants a remedy"


def _lists(gold: Row, text: str) -> Iterator[str]:
    for key in LISTS:
        if not _strings(gold[key]) or len(gold[key]) != len(set(gold[key])):
            yield f"{key} is no list of different words"
            return
    for key in LITERAL:
        if any(value not in text for value in gold[key]):
            yield f"one of {key} does not stand in the text"
    lower = unicodedata.normalize("NFKC", text).lower()
    for email in gold["emails"]:
        if email not in lower or not re.fullmatch(r"\S+@\S+\.\w+", email):
            yield "an e-mail address that is none, or not lower case, or not in the text"
    for quantity in gold["quantity"]:
        if quantity.keys() != {"value", "unit"}:
            yield "a quantity is not value and unit"
        elif not _number(quantity["value"]) or not quantity["unit"] or quantity["unit"] not in text:
            yield "a quantity has no number, or its unit does not stand in the text"


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _in_order(texts: Iterable[object], text: str) -> bool:
    at = 0
    for piece in texts:
        at = text.find(piece, at) if isinstance(piece, str) and piece else -1
        if at < 0:
            return False
        at += len(piece)
    return True


def _when(gold: Row, text: str) -> Iterator[str]:
    points = gold["when"]
    keys = {"text", "date", "time", "part"}
    if not isinstance(points, list) or any(
        not isinstance(p, dict) or p.keys() != keys for p in points
    ):
        yield "when is no list of text, date, time, part"
        return
    if not _in_order((p["text"] for p in points), text):
        yield "a text of when does not stand in the text, or not in this order"
    for point in points:
        if not _day(point["date"]) or not _clock(point["time"]):
            yield "a date or time of when that does not exist"
        if point["part"] is not None and point["part"] not in PARTS:
            yield "a part of the day that is none"
        if not (point["date"] or point["time"] or point["part"]):
            yield "a point in when that tells nothing"


def _incident(gold: Row) -> Iterator[str]:
    incident = gold["incident"]
    if incident is None:
        return
    if not isinstance(incident, dict) or incident.keys() != {"date", "time"}:
        yield "incident is not date and time"
        return
    if not (incident["date"] or incident["time"]):
        yield "an incident that tells nothing (null it)"
    for key in ("date", "time"):
        if incident[key] and incident[key] not in [point.get(key) for point in gold["when"]]:
            yield f"the incident's {key} is not among when"


def _day(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
        return False
    try:
        date.fromisoformat(value if len(value) > len("2026-01") else f"{value}-01")
    except ValueError:
        return False
    return True


def _clock(value: object) -> bool:
    return value is None or (
        isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None
    )


def _money(gold: Row, text: str) -> Iterator[str]:
    amounts = gold["amounts"]
    keys = {"text", "value", "currency"}
    if not isinstance(amounts, list) or any(
        not isinstance(a, dict) or a.keys() != keys for a in amounts
    ):
        yield "amounts is no list of text, value, currency"
        return
    if not _in_order((a["text"] for a in amounts), text):
        yield "a text of amounts does not stand in the text, or not in this order"
    if not all(_number(a["value"]) for a in amounts):
        yield "an amount whose value is no number"
    if not all(re.fullmatch(r"[A-Z]{3}", str(a["currency"])) for a in amounts):
        yield "an amount whose currency is no ISO code"
    if gold["disputed"] is not None and gold["disputed"] not in [a["value"] for a in amounts]:
        yield "the disputed value is not among amounts"


def _phones(gold: Row, text: str) -> Iterator[str]:
    if not set(gold["customer_phones"]) <= set(gold["phones"]):
        yield "a number of the customer's that is not among phones"
    plain = unicodedata.normalize("NFKC", text).translate(DIGITS)
    digits = re.sub(r"\D", "", plain)
    for phone in gold["phones"]:
        try:
            number = phonenumbers.parse(phone)
        except phonenumbers.NumberParseException:
            yield "a phone that is no E.164"
            continue
        if not re.fullmatch(r"\+[1-9]\d{6,14}", phone) or not phonenumbers.is_possible_number(
            number
        ):
            yield "a phone that is no E.164"
        if str(number.national_number) not in digits:
            yield "a phone that does not stand in the text"
