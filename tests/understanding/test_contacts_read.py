"""Phones, whose they are, and references: in every spelling, and what is none of them."""

from __future__ import annotations

import pytest

from tests.understanding.messages import read


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("text me on 07700 900523", "GB", ["+447700900523"]),
        ("my number is 0161 496 0999 thanks", "GB", ["+441614960999"]),
        ("电话一三九一二三四五六七八", "CN", ["+8613912345678"]),
        ("手机是壹叁捌", "CN", []),
        ("Account no. 8810 4432 please", "HK", []),
    ],
)
def test_numbers_named_as_phones_are_read_even_where_none_is_assigned(
    text: str, region: str, expected: list[str]
) -> None:
    """What is called a phone number is one; a number called an account is none."""
    assert [found.value for found in read(text, region).of("phone")] == expected


@pytest.mark.parametrize(
    ("text", "region", "whose"),
    [
        ("the salon rang off, I called your branch on 0161 496 0999", "GB", ["company"]),
        ("1-800-555-0171 just rings", "US", ["company"]),
        ("Your line 212-555-0171 is dead, reach me at 212-555-0172", "US", ["company", "customer"]),
        ("打你们客服021-62345678没人接 我手机13900139001", "CN", ["company", "customer"]),
        ("别再用机器人打给我，叫经理打 13900139001", "CN", ["customer"]),
        ("來電顯示是02-2771-2345，自稱客服", "TW", ["company"]),
        ("如需核實請致電 9123 4567", "HK", ["customer"]),
    ],
)
def test_whose_number_it_is(text: str, region: str, whose: list[str]) -> None:
    """The nearest words before a number tell whose it is, else the words after it."""
    assert [found.kind for found in read(text, region).of("phone")] == whose


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("acct 4410 2298 17, thanks", "GB", ["4410 2298 17"]),
        ("tracking 9400 1118 0022 7719. Where is it", "US", ["9400 1118 0022 7719"]),
        ("plate WQC 5510", "MY", ["WQC 5510"]),
        ("my car (VEB 812) was scratched", "MY", ["VEB 812"]),
        ("Reg KX21 ZTD", "GB", ["KX21 ZTD"]),
        ("van 182-D-20114 nearly hit me", "IE", ["182-D-20114"]),
        ("車牌 RT 4471", "HK", ["RT 4471"]),
        ("车牌京A·12B45", "CN", ["京A·12B45"]),
        ("回执号沪公(浦)受字〔2026〕0871", "CN", ["沪公(浦)受字〔2026〕0871"]),
        ("order ending in 4421", "US", ["4421"]),
        ("提货码 A8842-1", "CN", ["A8842-1"]),
        ("核銷碼：7723 9910", "TW", ["7723 9910"]),
        ("bill no. 2140", "IE", ["2140"]),
        ("the bill was 2140", "IE", []),
        ("my ticket is 3500 baht", "TH", []),
        ("reg 2019 model", "GB", []),
        ("MU5317次航班晚点", "CN", []),
        ("I was on flight BA2490", "GB", []),
        ("取的号A127", "CN", []),
        ("工号3381的师傅", "CN", []),
        ("單據350我會附上", "TW", []),
    ],
)
def test_references_in_groups_plates_and_papers(
    text: str, region: str, expected: list[str]
) -> None:
    """Groups, plates and official papers are read whole; flights, queue and price are none."""
    assert [found.value for found in read(text, region).of("reference")] == expected
