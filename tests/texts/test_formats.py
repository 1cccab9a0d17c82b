"""Dates, times and amounts are written as CLDR has them, and never leave their meaning open."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import formats
from bot.texts.extract import cldr

PATTERNS = {"en": "EEEE d MMMM y", "zh_Hans": "y年M月d日 EEE", "zh_Hant": "y年M月d日 EEE"}
LANGUAGES = st.sampled_from(tuple(PATTERNS))
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def test_the_file_of_names_is_what_babel_says_today():
    assert json.loads(cldr.FILE.read_text("utf-8")) == cldr.extract()


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), language=LANGUAGES)
def test_a_date_reads_as_babel_writes_it(day, language):
    assert formats.day(day, language) == format_date(day, PATTERNS[language], locale=language)


@given(
    minor=st.integers(-(10**9), 10**9),
    currency=st.sampled_from(["CNY", "EUR", "GBP", "JPY", "KWD", "USD", "HKD", "TWD"]),
    language=LANGUAGES,
)
def test_an_amount_reads_as_babel_writes_it_with_its_dollar_named(minor, currency, language):
    amount = Decimal(minor).scaleb(-get_currency_precision(currency))
    theirs = format_currency(amount, currency, locale=language)
    if currency in formats.NO_CENTS:
        theirs = theirs.removesuffix(".00")
    ours = formats.money(minor, currency, language)
    bare = formats.DOLLARS.get(currency)
    digits = "".join(char for char in theirs if char.isdigit() or char in ",.-")
    assert "".join(char for char in ours if char.isdigit() or char in ",.-") == digits
    # a code is parted from its number, which Babel leaves to the pattern
    plain = ours.replace("\xa0", "")
    assert plain == theirs if bare is None else plain.removeprefix("-").startswith(bare)


def test_a_time_names_the_day_with_its_weekday_and_the_near_ones_by_word():
    at = datetime(2026, 11, 18, 12, 15, tzinfo=UTC)
    far = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    zone = "Asia/Shanghai"
    assert formats.when(at, NOW, "zh_Hans", zone) == "今天（11月18日 周三）20:15"
    assert formats.when(at, NOW, "zh_Hant", zone, "zh_Hant_HK") == "今日（11月18日 週三）20:15"
    assert formats.when(at, NOW, "en", zone) == "20:15 today (Wednesday 18 November)"
    assert formats.when(far, NOW, "en", zone) == "09:00 on Monday 23 November"
