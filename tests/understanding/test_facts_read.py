"""Own labelled sentences in three languages: what each slot reads, and what it must leave alone.

Now is Wednesday 18 November 2026, 18:15 in Hong Kong (UTC+8).
"""

from __future__ import annotations

import pytest

from bot.flows.understanding import Facts
from tests.understanding.messages import read


def values(facts: Facts, slot: str) -> list[str]:
    """Return the values of one slot in the order of the text."""
    return [found.value for found in facts.found if found.slot == slot]


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("昨天送来的", "CN", ["2026-11-17"]),
        ("大前天下的单", "CN", ["2026-11-15"]),
        ("上周三去的", "CN", ["2026-11-11"]),
        ("上上周五到货", "CN", ["2026-11-06"]),
        ("周三去的", "CN", ["2026-11-18"]),
        ("周六吃的饭", "CN", ["2026-11-14"]),
        ("11月3号买的", "CN", ["2026-11-03"]),
        ("十一月三日签收", "CN", ["2026-11-03"]),
        ("去年12月25日入住", "CN", ["2025-12-25"]),
        ("3/11买的", "CN", ["2026-03-11"]),
        ("3/11 bought it", "GB", ["2026-11-03"]),
        ("on 11/3 it broke", "US", ["2026-11-03"]),
        ("2026-10-30 送到", "CN", ["2026-10-30"]),
        ("三天前寄出", "CN", ["2026-11-15"]),
        ("两个礼拜前装的", "CN", ["2026-11-04"]),
        ("15号来修过", "CN", ["2026-11-15"]),
        ("上个月28号扣的钱", "CN", ["2026-10-28"]),
        ("昨天下午三点半打过来", "CN", ["2026-11-17T15:30"]),
        ("前天晚上8点去吃饭", "CN", ["2026-11-16T20:00"]),
        ("民國115年11月3日購買", "TW", ["2026-11-03"]),
        ("115/11/3 在門市買的", "TW", ["2026-11-03"]),
        ("上禮拜二去的", "TW", ["2026-11-10"]),
        ("昨日下午收到", "TW", ["2026-11-17"]),
        ("尋日食完就肚痛", "HK", ["2026-11-17"]),
        ("琴日下晝三點去旺角", "HK", ["2026-11-17T15:00"]),
        ("尋晚八點", "HK", ["2026-11-17T20:00"]),
        ("今朝打嚟", "HK", ["2026-11-18"]),
        ("双十一买的", "CN", ["2026-11-11"]),
        ("中秋節訂的月餅", "HK", ["2026-09-25"]),
        ("it arrived yesterday", "GB", ["2026-11-17"]),
        ("the day before yesterday we ate there", "GB", ["2026-11-16"]),
        ("on 3 Nov it stopped", "GB", ["2026-11-03"]),
        ("on November 3rd, 2026 it stopped", "US", ["2026-11-03"]),
        ("two days ago at 3pm", "US", ["2026-11-16T15:00"]),
        ("last Friday it leaked", "GB", ["2026-11-13"]),
        ("Saturday at 7:30 pm we sat down", "US", ["2026-11-14T19:30"]),
        ("last night your driver came", "US", ["2026-11-17"]),
        ("since March nobody wrote", "GB", ["2026-03"]),
        ("in November 2025 I signed", "GB", ["2025-11"]),
        ("a week ago the screen died", "US", ["2026-11-11"]),
    ],
)
def test_dates_are_read_in_every_wording(text: str, region: str, expected: list[str]) -> None:
    """A day or time said in any of the three languages becomes an ISO value."""
    assert values(read(text, region), "when") == expected


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("等了三天没人理", "CN"),
        ("等咗成個鐘都未上菜", "HK"),
        ("waited 2 hours for a table", "GB"),
        ("my son is 3 years old", "US"),
        ("room 1203 was dirty", "US"),
        ("flight CX250 was late", "HK"),
        ("一点都不满意", "CN"),
        ("有两点建议", "CN"),
        ("open 24/7 they say", "US"),
        ("they may march again", "GB"),
        ("订单号 20261103887", "CN"),
        ("第3号桌", "CN"),
    ],
)
def test_durations_ages_rooms_and_numbers_are_no_dates(text: str, region: str) -> None:
    """What only looks like a date is left alone."""
    assert values(read(text, region), "when") == []


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("1299块", "CN", ("129900", "CNY")),
        ("花了一千二百九十九块", "CN", ("129900", "CNY")),
        ("两千三百元", "CN", ("230000", "CNY")),
        ("付了两千三", "CN", ("230000", "CNY")),
        ("三万五千块钱", "CN", ("3500000", "CNY")),
        ("1.5万元", "CN", ("1500000", "CNY")),
        ("¥1,299.00", "CN", ("129900", "CNY")),
        ("12块8", "CN", ("1280", "CNY")),
        ("五块五毛", "CN", ("550", "CNY")),
        ("多扣了36.5元", "CN", ("3650", "CNY")),
        ("收了我888", "CN", ("88800", "CNY")),
        ("埋單一千二百蚊", "HK", ("120000", "HKD")),
        ("HK$350", "HK", ("35000", "HKD")),
        ("$350", "HK", ("35000", "HKD")),
        ("$350", "US", ("35000", "USD")),
        ("NT$3,290", "TW", ("329000", "TWD")),
        ("三千塊", "TW", ("300000", "TWD")),
        ("£89.99", "GB", ("8999", "GBP")),
        ("50 quid", "GB", ("5000", "GBP")),
        ("€20", "GB", ("2000", "EUR")),
        ("two hundred dollars", "US", ("20000", "USD")),
        ("$1.2k", "US", ("120000", "USD")),
        ("I paid 49.99 for it", "GB", ("4999", "GBP")),
        ("200 USD", "HK", ("20000", "USD")),
        ("¥5000", "JP", ("5000", "JPY")),
    ],
)
def test_amounts_are_minor_units_with_currency(
    text: str, region: str, expected: tuple[str, str]
) -> None:
    """Money in digits, words or Chinese numerals becomes whole minor units."""
    amounts = read(text, region).of("amount")
    assert [(found.value, found.currency) for found in amounts] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "一块吃饭",
        "三块牛排都糊了",
        "paid twice",
        "I called 3 times",
        "元旦去的",
        "万一坏了呢",
        "扣了3天",
    ],
)
def test_counting_and_idioms_are_no_money(text: str) -> None:
    """块 of meat, 一块 together and numbers of times are no amounts."""
    assert values(read(text, "CN"), "amount") == []


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("订单号 8823-1907", "CN", "8823-1907"),
        ("单号是SF1234567890123", "CN", "SF1234567890123"),
        ("發票號碼AB-12345678", "TW", "AB-12345678"),
        ("order #UK-99812", "GB", "UK-99812"),
        ("booking ref: QX7T2P9", "GB", "QX7T2P9"),
        ("Invoice number INV20261", "US", "INV20261"),
        ("個案編號 C-1043", "HK", "C-1043"),
        ("it says 1Z999AA10123456784", "US", "1Z999AA10123456784"),
    ],
)
def test_references_by_keyword_and_shape(text: str, region: str, expected: str) -> None:
    """A reference is read with the writer's own spelling."""
    assert values(read(text, region), "reference") == [expected]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("my iPhone15 is broken", "US"),
        ("ordered 3 boxes", "GB"),
        ("case closed on 3/11/2026", "GB"),
        ("my card 4111 1111 1111 1111", "US"),
        ("room 1203", "US"),
        ("订单三天没发", "CN"),
    ],
)
def test_models_rooms_and_cards_are_no_references(text: str, region: str) -> None:
    """Product models, room numbers, dates and card numbers are not taken as references."""
    assert values(read(text, region), "reference") == []


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("13800138000", "CN", ["+8613800138000"]),
        ("手机号138 0013 8000", "CN", ["+8613800138000"]),
        ("電話 6123 4567", "HK", ["+85261234567"]),
        ("手機0912-345-678", "TW", ["+886912345678"]),
        ("call me on 020 7946 0958", "GB", ["+442079460958"]),
        ("my cell is (212) 555-0123", "US", ["+12125550123"]),
        ("+44 7400 123456", "HK", ["+447400123456"]),
        ("2026-11-03 10:30", "CN", []),
        ("1299", "CN", []),
    ],
)
def test_phones_become_e164(text: str, region: str, expected: list[str]) -> None:
    """Phone numbers are valid E.164 by the desk's region; dates and amounts are none."""
    assert values(read(text, region), "phone") == expected


def test_email_is_read_inside_chinese_without_spaces() -> None:
    """An address glued to Chinese characters is found alone."""
    assert values(read("发到Ann.Lee@Example.com好吗"), "email") == ["ann.lee@example.com"]


def test_a_hotline_is_the_companys_and_a_callback_number_the_customers() -> None:
    """Whose number it is is told by the words around it."""
    assert read("客服热线 400-820-8820 打不通").of("phone")[0].kind == "company"
    assert read("请打给我13912345678").of("phone")[0].kind == "customer"


@pytest.mark.parametrize(
    ("text", "region", "slot", "expected"),
    [
        ("尖沙咀 12號枱", "HK", "place", ["尖沙咀", "12號枱"]),
        ("在板橋店買的", "TW", "place", ["板橋店"]),
        ("at your Oak Street branch", "GB", "place", ["Oak Street branch"]),
        ("we sat at table 12", "GB", "place", ["table 12"]),
        ("这家网店不行", "CN", "place", []),
        ("买的破壁机坏了", "CN", "product", ["破壁机"]),
        ("my new toaster died", "GB", "product", ["toaster"]),
        ("部冷氣機壞咗", "HK", "product", ["冷氣機"]),
        ("服务员小李骂人", "CN", "person", ["小李"]),
        ("王經理答應過", "TW", "person", ["王經理"]),
        ("I spoke to Sarah about it", "GB", "person", ["Sarah"]),
        ("3箱都坏了", "CN", "quantity", ["3"]),
        ("2 of them are ruined", "GB", "quantity", ["2"]),
        ("一个月了", "CN", "quantity", []),
    ],
)
def test_products_places_people_and_quantities(
    text: str, region: str, slot: str, expected: list[str]
) -> None:
    """Things, places, people and counts are read in the writer's words."""
    assert values(read(text, region), slot) == expected


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("我11月3号买的，昨天就冒烟了", "CN", "2026-11-17"),
        ("ordered on 3 Nov, it arrived broken last Friday", "GB", "2026-11-13"),
        ("琴日收到就壞咗，聽日之前覆我", "HK", "2026-11-17"),
        ("请在周五之前给我答复，周一送来就是坏的", "CN", "2026-11-16"),
        ("the food was cold", "GB", None),
    ],
)
def test_the_incident_is_neither_purchase_nor_deadline(
    text: str, region: str, expected: str | None
) -> None:
    """Of several dates the one of the trouble is chosen."""
    assert read(text, region).incident == expected


@pytest.mark.parametrize(
    ("text", "region", "guess", "expected"),
    [
        ("订单还没发", "CN", None, "zh_Hans"),
        ("訂單還沒發", "TW", None, "zh_Hant"),
        ("我要投", "HK", None, "zh_Hant"),
        ("我要投", "CN", "zh_Hant", "zh_Hant"),
        ("我要投", "CN", "en", "zh_Hans"),
        ("iPhone坏了", "US", None, "zh_Hans"),
        ("where is my parcel", "CN", "zh_Hans", "en"),
        ("😡😡", "CN", "zh_Hans", ""),
        ("1299", "CN", "zh_Hans", ""),
    ],
)
def test_language_by_script(text: str, region: str, guess: str | None, expected: str) -> None:
    """The message's own characters decide; a guess only fills what they leave open."""
    assert read(text, region, guess).language == expected


def test_cantonese_is_noticed() -> None:
    """Cantonese wording is told apart from written Chinese."""
    assert read("佢哋話冇得退", "HK").cantonese
    assert not read("他們說不能退", "HK").cantonese


def test_spans_survive_invisible_and_full_width_characters() -> None:
    """Spans index the original even where invisible characters were taken out."""
    text = "\u200b订\u200d单号\ufeff ８８２３－１９０７"
    found = read(text).of("reference")[0]
    assert text[found.start : found.end] == found.text == "８８２３－１９０７"
