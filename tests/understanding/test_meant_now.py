"""Signals by what the clause means: told of the past, named in passing, figurative; or meant now."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.flows.understanding import Facts, understand

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 18, 15, tzinfo=ZONE)
STORY_EN = (
    "I opened the account in spring and everything was in order until the statement of last month. "
    "The branch then said the fee would be taken off, which it was not, and the letter they promised "
    "has not come either. "
)
STORY_ZH = (
    "上个月在你们平台订了一张书桌，说好一周送到，结果拖了二十多天，中间改了三次送货时间，每次都要我请假在家等，"
    "送来以后发现桌面有两道很深的划痕，抽屉也合不上，安装的人装到一半就走了，说零件不够要另外再约。"
)


def raised(text: str, region: str = "US") -> set[str]:
    """Return the names of the signals raised."""
    facts: Facts = understand(text, NOW, ZONE, region, None)
    return {signal.name for signal in facts.signals}


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("let me speak to someone senior, a manager please", "US"),
        ("let me talk to a manager", "US"),
        ("Get me a supervisor", "GB"),
        ("I want to talk to a real person", "US"),
        ("I need a human", "US"),
        ("agent!", "US"),
        ("operator please", "US"),
        ("Manager. Now.", "GB"),
        ("can I speak with a representative", "US"),
        ("live agent", "US"),
        ("please have someone call me", "GB"),
        ("I have been waiting for an hour, put me through to a manager", "GB"),
        ("转人工", "CN"),
        ("人工！", "CN"),
        ("叫你们经理出来", "CN"),
        ("我要找主管", "CN"),
        ("昨天的事我要找经理谈", "CN"),
        ("請幫我轉真人客服", "TW"),
        ("搵經理出嚟", "HK"),
        ("唔該搵真人同我傾", "HK"),
        (STORY_EN + "Please let me speak to a supervisor about this.", "US"),
        (STORY_ZH + "现在请给我转人工。", "CN"),
    ],
)
def test_a_person_wanted_now_is_heard(text: str, region: str) -> None:
    """A request of this moment raises `human`, in a word or at the end of a long story."""
    assert "human" in raised(text, region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("I asked to talk to a supervisor twice and the line went dead", "US"),
        ("the live agent told me it was on its way", "GB"),
        ("After the call, the customer service rep apologised", "US"),
        (STORY_EN + "I had to wait an hour to speak to a representative that day.", "US"),
        (STORY_EN + "I asked to speak to a manager and was told there is none.", "US"),
        (STORY_EN + "The customer service rep said it could not be changed.", "US"),
        ("昨天让他去找经理，他说没空", "CN"),
        ("当时我要见店长，对方不理", "CN"),
        ("人工客服一直打不通", "CN"),
        (STORY_ZH + "后来我找经理，经理也说没办法。", "CN"),
        ("嗰日搵經理，經理又唔喺度", "HK"),
    ],
)
def test_a_person_asked_for_back_then_is_part_of_the_story(text: str, region: str) -> None:
    """What was asked of staff in the past is no call for a person now."""
    assert "human" not in raised(text, region)


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("Fix it by Friday or else I go to trading standards", "threat_regulator", "GB"),
        ("I have reported you to the ombudsman", "threat_regulator", "GB"),
        ("I'm filing a complaint with the CFPB", "threat_regulator", "US"),
        ("next stop is the BBB", "threat_regulator", "US"),
        ("不退钱我就打12315", "threat_regulator", "CN"),
        ("我已经向消协投诉了", "threat_regulator", "CN"),
        ("再不處理我就打1950申訴", "threat_regulator", "TW"),
        ("你哋再唔覆我就去消委會", "threat_regulator", "HK"),
        ("12315见", "threat_regulator", "CN"),
        (STORY_ZH + "三天之内不解决我就去市场监管局投诉。", "threat_regulator", "CN"),
        (STORY_EN + "If this is not settled I will go to the ombudsman.", "threat_regulator", "GB"),
        ("My lawyer will be in touch", "threat_legal", "US"),
        ("See you in small claims court", "threat_legal", "US"),
        ("I'm taking you to court", "threat_legal", "GB"),
        ("refund me or I sue", "threat_legal", "US"),
        ("expect a letter from my solicitor", "threat_legal", "GB"),
        ("I have spoken to my attorney", "threat_legal", "US"),
        ("I will take legal action", "threat_legal", "US"),
        ("legal action will follow", "threat_legal", "GB"),
        ("lawsuit incoming", "threat_legal", "US"),
        (STORY_EN + "I am prepared to start legal proceedings.", "threat_legal", "GB"),
        ("否则我就去法院起诉", "threat_legal", "CN"),
        ("我會保留法律追訴權，準備提告", "threat_legal", "TW"),
        ("唔賠錢就小額錢債見", "threat_legal", "HK"),
        (STORY_ZH + "再不给说法我只能走法律途径。", "threat_legal", "CN"),
        ("this is going all over social media", "threat_media", "US"),
        ("I'll post it on tiktok tonight", "threat_media", "US"),
        ("Expect a bad review on trustpilot", "threat_media", "GB"),
        ("不解决我就发到小红书", "threat_media", "CN"),
        ("我會爆料到爆料公社", "threat_media", "TW"),
        ("搵傳媒爆你哋出嚟", "threat_media", "HK"),
    ],
)
def test_a_threat_is_an_intention_a_condition_or_a_report(
    text: str, name: str, region: str
) -> None:
    """Or else, will, 再不…就, 我要去, 已经向…投诉: that is a threat."""
    assert name in raised(text, region)


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("Dear Ombudsman, my card was charged for a room I left early", "threat_regulator", "GB"),
        ("I know my consumer rights", "threat_regulator", "GB"),
        ("your answer to my complaint with the CFPB did not cover the fee", "threat_regulator", "US"),
        (STORY_EN + "This is not allowed under FTC rules.", "threat_regulator", "US"),
        ("tracking 7712315009 shows nothing", "threat_regulator", "CN"),
        ("单号 6612-1950，一直没发货", "threat_regulator", "CN"),
        ("8850-1950", "threat_regulator", "TW"),
        ("1950", "threat_regulator", "CN"),
        ("我家是1950年的老房子，漏水", "threat_regulator", "TW"),
        ("I saw your offer on facebook and ordered", "threat_media", "US"),
        ("the coupon was advertised on instagram", "threat_media", "GB"),
        ("the collector said they will sue me over it", "threat_legal", "US"),
        (STORY_EN + "We had paid an attorney to close the purchase.", "threat_legal", "US"),
        (STORY_EN + "I got a cheque out of the lawsuit of 2015 against another bank.", "threat_legal", "US"),
    ],
)  # fmt: skip
def test_a_body_named_in_passing_is_no_threat(text: str, name: str, region: str) -> None:
    """An addressee, a right, a rule, history, a number that contains the hotline: no threat."""
    assert name not in raised(text, region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("I burned my hand on the kettle handle", "GB"),
        ("my daughter got burned by your soup", "US"),
        ("she was badly burnt", "GB"),
        ("the hair dye burnt my scalp", "GB"),
        ("he ended up in the hospital after eating your oysters", "US"),
        ("my mum is in hospital, she slipped on your wet floor", "GB"),
        ("we are in the emergency room because of your chicken", "US"),
        ("serious injury to my knee, the chair collapsed", "US"),
        ("I was injured by your driver", "GB"),
        ("your dog bit me, I hurt my arm", "US"),
        ("the phone exploded in my pocket", "US"),
        ("the charger burnt and melted", "GB"),
        ("吃完你们的海鲜全家进了医院", "CN"),
        ("我妈在你们店滑倒，现在住院", "CN"),
        ("我在你们店里晕倒了", "CN"),
        ("手机电池炸了", "CN"),
        ("阿媽喺你哋度跌親，入咗醫院", "HK"),
        ("吃了便當之後送急診", "TW"),
        ("I want to kill myself because of this debt", "US"),
    ],
)
def test_real_harm_is_never_missed(text: str, region: str) -> None:
    """Harm to a person raises `safety` whatever else the message says."""
    assert "safety" in raised(text, region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("I'm burnt out from chasing you", "GB"),
        ("I have been burned by this company before", "US"),
        ("the pizza was burnt", "US"),
        ("it burned through my data in a day", "US"),
        ("my uncle is a personal injury attorney", "US"),
        ("this will hurt my credit score", "US"),
        ("my co-borrower was in the hospital when the loan payment was due", "US"),
        ("I had to cancel the booking, my father is in hospital", "GB"),
        ("they threatened me with collections", "US"),
        ("a toxic attitude from the staff", "GB"),
        ("my phone bill exploded this month", "GB"),
        ("家里人住院去不了，酒店不肯取消订单", "CN"),
        ("看到账单我心态炸了", "CN"),
        ("晕倒，还有这样做生意的", "CN"),
    ],
)
def test_figures_of_speech_and_lifes_sorrows_are_no_danger(text: str, region: str) -> None:
    """Burnt out, a burnt pizza, a stay in hospital told in a money dispute: no danger."""
    assert "safety" not in raised(text, region)
