"""What the desk shows of CLDR, taken out of Babel into one small file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import get_currency_precision, list_currencies

FILE = Path(__file__).parents[1] / "cldr.json"
LANGUAGES = ("en", "zh_Hans", "zh_Hant")
WIDTH = {"en": "wide"}
"""English weekdays in full, Chinese ones in their usual short form (周三)."""


def extract() -> dict[str, Any]:
    """Return weekday and month names, currency symbols and digits."""
    everywhere = sorted(list_currencies())
    out: dict[str, Any] = {
        "digits": {c: n for c in everywhere if (n := get_currency_precision(c)) != 2}  # noqa: PLR2004
    }
    for language in LANGUAGES:
        locale = Locale.parse(language)
        days = locale.days["format"][WIDTH.get(language, "abbreviated")]
        symbols = {c: s for c, s in locale.currency_symbols.items() if s != c}
        out[language] = {
            "weekdays": [days[n] for n in range(7)],
            "months": [locale.months["format"]["wide"][n] for n in range(1, 13)],
            "symbols": dict(sorted(symbols.items())),
        }
    return out


def write() -> None:
    """Write the file."""
    text = json.dumps(extract(), ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(f"{text}\n", encoding="utf-8")
