"""Wordings of danger, threats and the wish for a person that the first lists missed, and look-alikes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.flows.understanding import understand

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def has(text, signal):
    return understand(text, NOW, ZoneInfo("UTC"), "HK", None).has(signal)


TRUE = [
    ("Please get a person on the phone for me.", "human"),
    ("I want the owner to call me.", "human"),
    ("俾個真人同我講", "human"),
    ("叫院長本人打給我", "human"),
    ("I've asked my bank for a chargeback.", "threat_regulator"),
    ("我已經報警", "threat_regulator"),
    ("屋宇署我會去投訴", "threat_regulator"),
    ("My solicitor will be writing to you.", "threat_legal"),
    ("已经委托律师了", "threat_legal"),
    ("I'll put the video on TikTok for my followers.", "threat_media"),
    ("我就發爆料公社", "threat_media"),
    ("Six of us had stomach pains all night.", "safety"),
    ("阿媽要食胰島素，雪櫃冇電", "safety"),
    ("爭啲砸中我個女", "safety"),
]
ALIKE = [
    ("The owner was lovely and the manager waved.", "human"),
    ("唔使搵經理，我想讚佢", "human"),
    ("My mom and the council house are fine.", "threat_regulator"),
    ("I'm not going to post this on TikTok.", "threat_media"),
    ("The ATM swallowed my card.", "safety"),
    ("ATM吞了我兩千塊", "safety"),
    ("No one was hurt.", "safety"),
]


@pytest.mark.parametrize(("text", "signal"), TRUE)
def test_it_is_raised(text, signal):
    assert has(text, signal)


@pytest.mark.parametrize(("text", "signal"), ALIKE)
def test_what_merely_looks_like_it_is_not(text, signal):
    assert not has(text, signal)
