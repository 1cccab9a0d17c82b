"""What the customer wants, threatens, feels and does, with the traps that look alike."""

from __future__ import annotations

import pytest

from bot.flows.understanding import understand
from tests.understanding.messages import NOW, read


@pytest.mark.parametrize(
    ("text", "wanted", "rejected"),
    [
        ("我不想换，要退钱", {"refund"}, {"exchange"}),
        ("不要换货，我要退款", {"refund"}, {"exchange"}),
        ("不是退款是换货", {"exchange"}, {"refund"}),
        ("商家不给退款", {"refund"}, set()),
        ("请给我道歉并赔偿", {"apology", "compensation"}, set()),
        ("麻烦派人来修", {"repair"}, set()),
        ("我想取消订单", {"cancel"}, set()),
        ("給我一個合理解釋", {"explanation"}, set()),
        ("唔使賠錢，道歉就得", {"apology"}, {"compensation"}),
        ("可唔可以換過部新嘅", {"exchange"}, set()),
        ("no voucher, thank you, just say sorry", {"apology"}, {"compensation"}),
        ("I don't want a replacement, I want my money back", {"refund"}, {"exchange"}),
        ("they refused to refund me", {"refund"}, set()),
        ("please send a technician", {"repair"}, set()),
        ("I'd like a refund or an exchange", {"refund", "exchange"}, set()),
        ("the food was cold", set(), set()),
        ("我在火锅店吃饭", set(), set()),
    ],
)
def test_remedies_wanted_and_rejected(text: str, wanted: set[str], rejected: set[str]) -> None:
    """Negation inside the clause rejects; a refusal by the business does not."""
    facts = read(text)
    assert (set(facts.remedies), set(facts.remedies_rejected)) == (wanted, rejected)


@pytest.mark.parametrize(
    ("text", "name", "danger"),
    [
        ("孩子被烫伤了", "safety", "injury"),
        ("我爸吃了你们的生蚝一直吐", "safety", "food_poisoning"),
        ("my father has been vomiting since your oysters", "safety", "food_poisoning"),
        ("食完又屙又嘔", "safety", "food_poisoning"),
        ("插上电就冒烟", "safety", "smoke_electric"),
        ("the charger caught fire", "safety", "fire"),
        ("被困在电梯里一个小时", "safety", "trapped"),
        ("had an allergic reaction after the cake", "safety", "allergy"),
        ("我不想活了", "safety", "self_harm"),
        ("转人工", "human", None),
        ("搵人", "human", None),
        ("叫經理出嚟", "human", None),
        ("let me speak to a manager", "human", None),
        ("agent", None, None),
        ("再不处理我就找12315", "threat_regulator", None),
        ("不處理就去消保官申訴", "threat_regulator", None),
        ("我會去消委會投訴", "threat_regulator", None),
        ("I will report this to trading standards", "threat_regulator", None),
        ("准备收律师函吧", "threat_legal", None),
        ("if you don't refund me I'll sue", "threat_legal", None),
        ("我要曝光你们", "threat_media", None),
        ("I'm going to the press", "threat_media", None),
        ("你们太过分了", "anger", None),
        ("this is disgusting", "anger", None),
        ("真係激氣", "anger", None),
    ],
)
def test_signals_are_raised(text: str, name: str | None, danger: str | None) -> None:
    """Danger, threats, anger and the wish for a person show in every language."""
    raised = {(signal.name, signal.kind) for signal in read(text).signals}
    assert name is None or (name, danger) in raised


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("没有受伤", "safety"),
        ("还好没有人受伤", "safety"),
        ("no one was hurt", "safety"),
        ("nobody got injured", "safety"),
        ("火锅很好吃", "safety"),
        ("fire the manager", "safety"),
        ("如果有人受伤怎么办", "safety"),
        ("what if someone had been hurt", "safety"),
        ("好彩冇人受傷", "safety"),
        ("跳楼价买的", "safety"),
        ("投诉电话打不通", "threat_regulator"),
        ("I won't sue you", "threat_legal"),
        ("我不会去起诉", "threat_legal"),
        ("our table in the food court", "threat_legal"),
        ("垃圾没人清运", "anger"),
        ("不用转人工", "human"),
        ("人工智能太笨", "human"),
        ("my travel agent booked it", "human"),
    ],
)
def test_negated_supposed_and_look_alike_words_raise_nothing(text: str, name: str) -> None:
    """Negation, supposition and product meanings do not count."""
    assert not any(signal.name == name for signal in read(text).signals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("快递一直没到货", "delivery"),
        ("我的外送漏餐了", "delivery"),
        ("the parcel never arrived", "delivery"),
        ("服务员态度很差还骂人", "service_attitude"),
        ("the waiter was so rude", "service_attitude"),
        ("個侍應口黑面黑", "service_attitude"),
        ("等了两个小时没上菜", "wait_response"),
        ("nobody answers my emails, still waiting", "wait_response"),
        ("重复扣款了", "billing"),
        ("I was charged twice", "billing"),
        ("洗手间很脏，空调也坏", "facility"),
        ("房間有霉味，隔音差", "facility"),
        ("家里断网两天了", "outage"),
        ("no internet since Monday", "outage"),
        ("我的个人信息被泄露", "privacy_fraud"),
        ("信用卡被盜刷", "privacy_fraud"),
        ("跟宣传不符，虚假宣传", "misleading"),
        ("nothing like the photos, not as described", "misleading"),
        ("买的手机有质量问题，开不了机", "product_quality"),
        ("the blender stopped working", "product_quality"),
        ("食物中毒进了医院", "safety_injury"),
        ("嗯嗯", "other"),
    ],
)
def test_category_of_plain_complaints(text: str, expected: str) -> None:
    """The general pack's categories are told from their own words."""
    assert read(text).category == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("just letting you know the music is a bit loud, no need to reply", "feedback"),
        ("提个小建议，希望以后能增加儿童餐", "feedback"),
        ("服務很好，好滿意，多謝", "feedback"),
        ("东西坏了，我要退款", "complaint"),
        ("建议你们退款，太过分了", "complaint"),
        ("not happy at all with the delivery", "complaint"),
    ],
)
def test_feedback_only_where_no_outcome_is_wanted(text: str, expected: str) -> None:
    """Praise, suggestions and "just letting you know" are feedback, the rest complaints."""
    assert read(text).kind == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("对的", "yes"), ("OK!", "yes"), ("係呀", "yes"), ("👍", "yes"), ("都对，提交", "yes"),
        ("不用了", "no"), ("唔使", "no"), ("nope", "no"),
        ("没了", "done"), ("就这些吧", "done"), ("講完喇", "done"), ("that's all, thanks", "done"),
        ("skip", "skip"), ("跳过", "skip"),
        ("不记得了", "not_sure"), ("唔知", "not_sure"), ("I don't know", "not_sure"),
        ("上一步", "back"), ("算了", "cancel"),
        ("算了不投诉了", "withdraw"), ("撤销投诉", "withdraw"),
        ("withdraw my complaint", "withdraw"),
        ("查一下我的投诉", "status"), ("how is my case?", "status"), ("進度", "status"),
        ("help", "help"), ("唔該", "thanks"), ("Thank you!", "thanks"),
        ("我刚才说过了", "already_told"), ("I already told you", "already_told"),
        ("why do you need that?", "why_ask"), ("点解要问", "why_ask"),
        ("English please", "language_en"), ("说中文", "language_zh_Hans"),
        ("繁體", "language_zh_Hant"), ("打俾我", "call_me"), ("call me back", "call_me"),
        ("你好", "greeting"), ("Hello?", "greeting"),
    ],
)  # fmt: skip
def test_short_messages_are_acts(text: str, intent: str) -> None:
    """A message that means just one act is known as that act."""
    assert intent in read(text).intents


@pytest.mark.parametrize(
    "text",
    [
        "你好，我昨天买的鞋子坏了",
        "no one came to repair it",
        "yes I was charged twice",
        "不要换货，我要退款",
        "算了这么久才到还少一件",
        "help me, the oven caught fire",
    ],
)
def test_a_story_is_never_swallowed_as_an_act(text: str) -> None:
    """Words of an act inside a story do not make it one."""
    assert read(text).intents == ()


@pytest.mark.parametrize(
    "text",
    [
        "孩子被鱼刺卡喉咙了，说不出话",
        "老人在你们店里昏过去了",
        "俾啲滾水淥親隻手",
        "食完成晚又嘔又屙",
        "my father passed out at your counter",
        "she had a seizure after the injection",
    ],
)
def test_danger_is_heard_in_the_words_people_use_for_it(text):
    facts = understand(text, NOW, "Asia/Shanghai", "CN", None)
    assert facts.has("safety"), text


@pytest.mark.parametrize("text", ["气得我心脏病都要犯了", "等得我要炸了", "价格太坑，吐了"])
def test_a_manner_of_speaking_is_no_danger(text):
    assert not understand(text, NOW, "Asia/Shanghai", "CN", None).has("safety"), text


@pytest.mark.parametrize(
    "text",
    [
        "保安打我",
        "你们保安把我推倒在地",
        "店员动手打人",
        "我被你们保安打了",
        "被店员推了一把",
        "保安推咗我一下",
        "個侍應打我",
        "司機性騷擾我",
        "外送員打我",
        "the security guard hit me",
        "the cashier shoved my son",
        "I was punched by one of your guards",
        "The manager attacked me",
    ],
)
def test_hands_laid_on_somebody_by_staff_accuse_staff(text: str) -> None:
    """Whoever of the staff it was, and whatever else the message is about."""
    assert read(text).assault


@pytest.mark.parametrize(
    "text",
    [
        "客服打我电话",
        "快递员打電話給我",
        "师傅撞了我的车",
        "服务员给我推荐了一瓶酒",
        "有客人打我，店员看着不管",
        "店员看着客人打我",
        "保安没有打我",
        "經理打折給我",
        "收银员打错价格，多收我10块",
        "your driver hit my car",
        "a waiter pushed me to order dessert",
        "the guard never hit me",
        "the technician hit the wall",
    ],
)
def test_calls_discounts_and_dents_accuse_nobody_of_violence(text: str) -> None:
    """打 and hit mean much else, and guests are no staff."""
    assert not read(text).assault


def test_an_order_number_and_what_was_received_are_no_trouble_with_delivery() -> None:
    """They name the purchase; the trouble is what else is said."""
    told = read("我昨天收到的耳機左邊沒聲音，訂單編號 TW-88231907", "TW")
    assert (told.category, told.category_confidence > 0.6) == ("product_quality", True)
    assert read("订单 8823-1907").category == "other"
    assert read("订单 8823-1907 一直没收到").category == "delivery"


def test_a_house_number_is_no_day_and_a_question_word_no_product() -> None:
    """幸福路18号 is a place, 买了什么 a question."""
    assert read("我住幸福路18号").incident is None
    assert read("18号买的").incident == "2026-11-18"
    assert not read("你问我买了什么？").of("product")


def test_who_works_at_a_regulator_threatens_with_nothing() -> None:
    """The same words after "report you to" do."""
    assert not read("I work at the BBB and my lamp broke", "US").signals
    assert read("I will report you to the BBB", "US").has("threat_regulator")
