"""What reads like an answer to the customer, and what is talk among staff."""

import pytest

from bot.flows.addressing import reads_like_answer

ANSWERS = (
    "您好，退款已经办了",
    "李女士，您好！我们查了监控",
    "你好，给您添麻烦了",
    "亲爱的李女士：",
    "已经为您退款128元，请您查收",
    "抱歉，今天就给您换新的。",
    "感谢您的耐心等候",
    "您好，新耳機今天寄出，舊的不用寄回。",
    "已為您安排退款，三天內會到帳",
    "李小姐您好，經理會打俾您",
    "Dear Ann, your refund has been made.",
    "Hi Ann, it went out today",
    "Hello there, thanks for waiting",
    "We have refunded your order today.",
    "I am sorry, we will send you a new one tomorrow.",
    "It leaves today. Kind regards, Mei",
)
TALK = (
    "李女士刚打电话来，很生气",
    "这个顾客真烦",
    "谁在值班？",
    "先看监控，再给她退",
    "你看一下仓库",
    "王经理，您看怎么处理？",
    "麻烦您确认一下能不能给您那边退？",
    "你好，帮我查下库存",
    "單號 8823 還在倉庫，退款要主管簽",
    "Hi Ravi, can you take this one?",
    "hi, who is on duty",
    "She wants her money back",
    "your turn",
    "I will call the customer at five",
    "Can we send you a new one?",
    "ok",
    "",
)


@pytest.mark.parametrize("text", ANSWERS)
def test_what_speaks_to_the_customer_reads_like_an_answer(text):
    assert reads_like_answer(text, "Ann")


@pytest.mark.parametrize("text", TALK)
def test_talk_among_staff_is_left_alone(text):
    assert not reads_like_answer(text, "Ann")
