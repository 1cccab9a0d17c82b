"""A desk's own wording and its own words: checked, shown, understood."""

import pytest

from bot.config import SettingsError
from bot.flows.words import Words
from bot.seed import config
from bot.texts.catalogue import LANGUAGES, locale
from bot.texts.own import mistakes, wrong
from tests.core.small_world import read
from tests.town import Town
from tests.transcripts.tellings import filed, tells

SHIPPED = locale("en", "", "UTC").texts


@pytest.mark.parametrize(
    ("text_id", "text", "said"),
    [
        ("filed.promise", "You hear from us by {due}.", ""),
        ("filed.promis", "x {due}", "did you mean filed.promise?"),
        ("filed.promise", "You hear from us.", "must keep {due}"),
        ("filed.promise", "By {due}, {name}.", "cannot say {name}; this text has {due}"),
        ("filed.promise", "By {due", "braces do not match"),
        ("filed.promise", " ", "cannot be empty"),
        ("filed.promise", "{due}" + "x" * 2000, "2000 are the most"),
        ("filed.promise", "<u>{due}</u>", "not allowed"),
        ("filed.promise", "<b>{due}", "not closed"),
        ("filed.promise", "{due}</b>", "closes nothing"),
        ("filed.promise", "{due} < 5", "&lt;"),
        ("danger.advice.fire", "Run!", "must keep {number}"),
    ],
)
def test_an_own_text_is_checked_with_the_fix(text_id, text, said):
    found = wrong(text_id, text, SHIPPED)
    assert said in found
    assert bool(found) == bool(said)


def test_every_shipped_text_would_pass_as_an_own_one():
    own = {language: dict(locale(language, "", "UTC").texts) for language in LANGUAGES}
    found = [
        one
        for one in mistakes(own)
        if "tg://user" not in own[one[0].split(".")[1]][one[0].split(".", 2)[2]]
    ]
    assert found == []


def test_a_file_with_a_wrong_own_text_is_refused_with_its_place(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text("texts: {zh_Hans: {filed.promise: 等着吧}}", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"texts\.zh_Hans\.filed\.promise: it must keep \{due\}"
    ):
        config(file)


async def test_customers_read_the_desks_own_words_and_its_buttons_are_understood(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        """
general: {zone: Asia/Shanghai, region: CN, language: zh_Hans, staff_language: zh_Hans, currency: CNY}
texts:
  zh_Hans:
    filed.promise: 店长 {due} 前亲自给您回话。
    menu.person: 找店长
words:
  signals: {safety: [发麻], human: [找店长]}
""",
        encoding="utf-8",
    )
    async with Town(config=file) as town:
        li = await filed(town)
        assert any("前亲自给您回话" in heard for heard in li.heard)
        assert not any("最晚" in heard and "消息" in heard for heard in li.heard[-1:])
        await li.says("找店长")
        case = await town.case(1)
        assert case.status == "handed_off"


async def test_a_word_of_the_trade_counts_as_danger_once_an_admin_said_so(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        "general: {zone: Asia/Shanghai, region: CN, language: zh_Hans, currency: CNY}\n"
        "words: {signals: {safety: [舌头发麻]}}\n",
        encoding="utf-8",
    )
    async with Town(config=file) as town:
        wu = town.customer("吴先生", "zh-hans")
        await tells(wu, "吃完你们的花椒鸡舌头发麻")
        wu.sees("120")
        assert (await town.case(1)).grade == "severe"


def test_own_words_keep_the_place_where_they_stand():
    text = "吃完舌头发麻，ＶＩＰ也没用"
    words = Words(signals={"safety": ("舌头发*",), "anger": ("vip",)})
    facts = words.heard(text, read(text, "Asia/Shanghai", "CN"))
    assert {text[one.start : one.end] for one in facts.signals} >= {"舌头发", "ＶＩＰ"}
    assert words.heard(text, facts) == facts


async def test_a_category_and_a_question_that_the_desk_added_are_asked_in_its_words(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        """
general: {zone: Asia/Shanghai, region: CN, language: zh_Hans, staff_language: zh_Hans, currency: CNY}
playbooks:
  grooming:
    facts: [{id: pet, type: text, required: true, ask: [ask.pet]}]
texts:
  zh_Hans: {category.grooming: 宠物美容, sorry.grooming: 毛孩子受委屈了，很抱歉。, ask.pet: 是哪一只毛孩子？, fact.pet: 毛孩子}
""",
        encoding="utf-8",
    )
    async with Town(config=file) as town:
        wu = town.customer("吴先生", "zh-hans")
        await tells(wu, "我想说的事你们不一定遇到过，但我真的很难受", "[说完了]", "[宠物美容]")
        wu.sees("是哪一只毛孩子？")
        await wu.presses("不确定")
        amy = town.customer("Amy", "en")
        await tells(
            amy,
            "what happened to us is hard to put into words really",
            "[That's all]",
            "[宠物美容]",
        )
        amy.sees("是哪一只毛孩子？")


def test_a_question_that_was_added_without_words_is_refused_with_the_fix(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(
        "playbooks: {grooming: {facts: [{id: pet, ask: [ask.pet]}]}}\n"
        "texts: {en: {category.grooming: Grooming, sorry.grooming: I am sorry., fact.pet: Pet}}\n"
    )
    with pytest.raises(SettingsError, match=r"grooming\.facts\.pet: there is no text 'ask\.pet'"):
        config(file)
