"""`complaint-bot understand`: read messages from JSON lines, write what was read, a line each.

In: `{"id", "text", "region"?, "now"?, "zone"?}`. Out: the facts under the names of the reading
evaluation (`tests/understanding/labelled/README.md`). What a line leaves out comes from the
options. Needs no database, no token and no network.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson

from bot.config import SettingsError
from bot.flows.understanding import understand
from bot.flows.understanding.money import major
from bot.meaning import Classifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.flows.understanding import Facts, Found

Doc = dict[str, Any]

HYPHENED = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant"}
"""Catalogues write languages with an underscore, this interface with a hyphen."""

TOLD = 0.5
"""Surer than "last week" or 前几天: a day within those is a guess to be asked about, not told."""


def understood(file: Path | None, now: str, zone: str, region: str, out: IO[bytes]) -> int:
    """Read a file (None: standard input) to `out`; 1 when a line could not be read, else 0."""
    try:
        moment, place = at(now, zone), ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        msg = f"--now or --zone: {error}; write e.g. --now 2026-11-27T10:00 --zone Asia/Taipei"
        raise SettingsError(msg) from None
    try:
        lines = file.read_bytes().splitlines() if file else list(sys.stdin.buffer)
    except OSError as error:
        msg = f"{file} could not be read ({error.strerror}): name a file of JSON lines."
        raise SettingsError(msg) from None
    classifier = Classifier()
    classifier.warm()
    refused = 0
    for doc in read(lines, moment, place, region, classifier):
        if "error" in doc:
            refused = 1
            print(doc["error"], file=sys.stderr)  # noqa: T201
        else:
            out.write(orjson.dumps(doc) + b"\n")
    return refused


def at(moment: str, zone: str) -> datetime:
    """Return an aware moment; one without an offset is in the zone, "" is now."""
    if not moment:
        return datetime.now(ZoneInfo(zone))
    read_as = datetime.fromisoformat(moment)
    return read_as if read_as.tzinfo else read_as.replace(tzinfo=ZoneInfo(zone))


def read(
    lines: Iterable[bytes], now: datetime, zone: ZoneInfo, region: str, classifier: Classifier
) -> Iterator[Doc]:
    """Yield what each line says, or `{"error": …}` with the number of the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            doc = orjson.loads(line)
            own_zone = ZoneInfo(doc["zone"]) if doc.get("zone") else zone
            moment = at(doc["now"], own_zone.key) if doc.get("now") else now
            text, place = str(doc["text"]), str(doc.get("region") or region)
        except (ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError) as error:
            what = "is no JSON" if isinstance(error, orjson.JSONDecodeError) else f"has {error!r}"
            yield {"error": f'line {number} {what}: write {{"id": …, "text": "…"}} on a line each.'}
            continue
        facts = classifier.refined(text, understand(text, moment, own_zone, place, None))
        yield {"id": doc.get("id"), **told(facts)}


def told(facts: Facts) -> Doc:
    """Return facts under the names of the interface; amounts in major units."""
    times = [one for one in facts.of("when") if one.confidence >= TOLD]
    known = facts.incident_told and any(
        one.value.startswith(facts.incident or "?") for one in times
    )
    incident = {"date": facts.incident, "time": facts.incident_time} if known else None
    phones = facts.of("phone")
    return {
        "lang": HYPHENED.get(facts.language, facts.language),
        "when": [_when(one) for one in times],
        "incident": incident,
        "amounts": [
            {"text": one.text, "value": major(one.value, one.currency), "currency": one.currency}
            for one in facts.of("amount")
        ],
        "refs": _once(facts.of("reference")),
        "phones": _once(phones),
        "customer_phones": _once(one for one in phones if one.kind == "customer"),
        "emails": _once(facts.of("email")),
        "quantity": [{"value": float(one.value), "unit": one.unit} for one in facts.of("quantity")],
        "products": _once(facts.of("product")),
        "places": _once(facts.of("place")),
        "remedies": list(facts.remedies),
        "remedies_rejected": list(facts.remedies_rejected),
        "category": facts.category,
        "category_confidence": round(facts.category_confidence, 3),
        "kind": facts.kind,
        "flags": list(dict.fromkeys(one.name for one in facts.signals)),
    }


def _when(one: Found) -> Doc:
    day, _, time = one.value.partition("T")
    day_told = day if one.kind != "undated" else None
    return {"text": one.text, "date": day_told, "time": time or None, "part": one.part}


def _once(found: Iterable[Found]) -> list[str]:
    return list(dict.fromkeys(one.value for one in found))
