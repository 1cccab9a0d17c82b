"""Categories, questions, words and texts, edited by buttons in the admins' private chat."""

from __future__ import annotations

import pytest

from bot.flows.people import Role
from tests.town import Someone, Town
from tests.transcripts.tellings import filed, tells
from tests.transcripts.test_admin import forged, menu, second_admin, taps

LI = "昨天买的破壁机质量有问题，用两次就坏了，要求退款，太失望了"
ANN = "the blender I bought yesterday is faulty and broke after two uses, I want my money back"


async def admin(town: Town, code: str = "en") -> Someone:
    """The admin with an open menu, in this language."""
    town.boss_person.speaks(code)
    await town.boss.says("/admin")
    return town.boss


async def goes(person: Someone, *labels: str) -> str:
    """From the first page along these keys."""
    await person.says("/admin")
    return await taps(person, *labels)


async def applies(boss: Someone, *labels: str) -> None:
    """Put the draft in force."""
    await goes(boss, *(labels or ("Difference", "Apply …", "✅ Apply")))
    await boss.town.passes(seconds=1)  # a case is woken once in an instant


IN_CHINESE = ("差异", "应用", "✅")


async def adds_question(boss: Someone) -> None:
    """A question on which floor it stands, in one of three answers, added to Quality."""
    await goes(boss, "Categories and questions", "Quality", "➕ Question", "One of several")
    await boss.says("Where do you use it?")
    await boss.says("Used at")
    await boss.says("at home, in a shop\nsomewhere else")
    assert "Everything is there" in menu(boss)
    await taps(boss, "Done: into the draft")


async def words_it(boss: Someone, language: str, question: str, label: str) -> None:
    """The question and its short name in another language."""
    await taps(boss, "✏️ Wording", language, "✏️ Write it anew")
    await boss.says(question)
    await taps(boss, "Back", "✏️ Short name", language, "✏️ Write it anew")
    await boss.says(label)
    await taps(boss, "Back")


async def test_a_question_in_three_languages_is_moved_up_made_required_applied_and_asked():
    async with Town() as town:
        boss = await admin(town)
        await adds_question(boss)
        said = menu(boss)
        assert "Used at · 6 of 6" in said
        assert "“Where do you use it?”" in said
        assert "[at home] [in a shop] [somewhere else] [Not sure] [Skip]" in said
        assert "Not worded yet: 简体中文, 繁體中文" in said
        await words_it(boss, "简体中文", "您在哪里用它？", "使用地点")
        await words_it(boss, "繁體中文", "您在哪裡使用？", "使用地點")
        await taps(boss, "Answers to tap", "✏️ at home", "简体中文", "✏️ Write it anew")
        await boss.says("家里")
        await taps(boss, "Back", "Back", "○ 简体中文")
        said = menu(boss)
        assert "“您在哪里用它？”" in said
        assert "[家里] [in a shop] [somewhere else] [不确定] [跳过]" in said
        await taps(boss, "Earlier", "Earlier", "Earlier", "Earlier", "Earlier", "Earlier")
        said = await taps(boss, "Make it required")
        assert "Used at · 1 of 6" in said
        assert "[跳过]" not in said
        said = await taps(boss, "Back")
        assert "1. ❗ Used at" in said
        said = await goes(boss, "Difference")
        assert (
            "Categories and questions › Quality › Questions › Used at: added, “Where do you" in said
        )
        assert "Texts › 简体中文" in said
        await applies(boss)
        li = town.customer("李女士", "zh-hans")
        await li.says(LI)
        li.sees("您在哪里用它？")
        assert "跳过" not in "".join(li.buttons)
        await li.presses("家里")
        case = await town.case(1)
        (fact,) = (one for name, one in case.facts.items() if name.startswith("own_"))
        assert fact.value.startswith("own_")
        ann = town.customer("Ann", "en")
        await ann.says(ANN)
        ann.sees("Where do you use it?")
        await ann.says("in a shop")
        assert "Where do you use it?" not in ann.heard[-1], "typed, it is understood as well"


@pytest.mark.parametrize(
    ("code", "way", "typed", "done", "sees"),
    [
        (
            "zh-hans",
            ("类别与问题", "质量问题", "➕ 加问题", "几选一"),
            ("您在哪里用它？", "使用地点", "家里，店里、别处"),
            "写好了",
            ("使用地点 · 第 6 个，共 6 个", "[家里] [店里] [别处] [不确定] [跳过]"),
        ),
        (
            "zh-hant",
            ("類別與問題", "品質問題", "➕ 加問題", "幾選一"),
            ("您在哪裡使用？", "使用地點", "家裡，店裡、別處"),
            "寫好了",
            ("使用地點 · 第 6 題，共 6 題", "「您在哪裡使用？」", "[家裡] [店裡] [別處]"),
        ),
    ],
)
async def test_a_question_is_added_in_chinese(code, way, typed, done, sees):
    async with Town() as town:
        boss = await admin(town, code)
        await goes(boss, *way)
        for words in typed:
            await boss.says(words)
        said = await taps(boss, done)
        for one in sees:
            assert one in said


async def test_a_question_in_mid_conversation_may_be_reworded_moved_removed_or_its_category_hidden():
    async with Town() as town:
        boss = await admin(town)
        await adds_question(boss)
        for _ in range(5):
            await taps(boss, "Earlier")
        await applies(boss)
        town.boss_person.speaks("en")
        people = [town.customer(name, "en") for name in ("Ann", "Ben", "Cy", "Di")]
        for one in people:
            await one.says(ANN)
        ann, ben, cy, di = people
        for one in people:
            for _ in range(4):
                if "Where do you use it?" in one.heard[-1]:
                    break
                await one.says("skip")
            assert "Where do you use it?" in one.heard[-1]
        await goes(boss, "Categories and questions", "Quality", "1. Used at", "✏️ Wording")
        await taps(boss, "✏️ Write it anew")
        await boss.says("Where does it stand?")
        await taps(boss, "Back", "Later", "Answers to tap", "✖")  # the first: at home
        await applies(boss)
        await ann.presses("at home")
        assert "Where does it stand?" in ann.heard[-1], (
            "the answer is gone: asked anew, in new words"
        )
        assert "at home" not in ann.buttons
        await ann.presses("in a shop")
        await goes(boss, "Categories and questions", "Quality", "2. Used at")
        await taps(boss, "🗑 Remove", "🙈 Hide")
        await applies(boss)
        told = len(ben.heard)
        await ben.presses("in a shop")
        assert len(ben.heard) > told, "the question is gone: the next thing is asked"
        assert "Where do" not in ben.heard[-1]
        await cy.says("in my kitchen")
        await di.says("skip")
        for one in (ann, ben, cy, di):
            for _ in range(8):
                if any("All correct" in label for label in one.buttons):
                    break
                await one.says("refund" if "Money back" in "".join(one.buttons) else "skip")
            await one.presses("All correct")
            assert "C-" in one.heard[-1]
        case = await town.case(1)
        assert case.category == "product_quality", "a case goes on where it is"
        assert any("Used at" in said and "in a shop" in said for said in ann.heard), "it stays"
        eve = town.customer("Eve", "en")
        await eve.says(ANN)
        assert (await town.case(5)).category == "other"
        assert "Quality" not in "".join(eve.buttons)


async def test_a_category_is_added_and_chosen_by_its_name_and_one_never_in_force_is_removed():
    async with Town() as town:
        boss = await admin(town, "zh-hans")
        await goes(boss, "类别与问题", "下一页", "➕ 加类别")
        await boss.says("宠物美容")
        said = menu(boss)
        assert "宠物美容" in said
        assert "还没有问题" in said
        said = await taps(boss, "➕ 加问题", "用别的类别已有的问题")
        assert "在哪" in said or "地点" in said
        await taps(boss, "地点")
        await taps(boss, "返回")
        assert "1. 地点" in menu(boss)
        await taps(boss, "返回", "➕ 加类别")
        await boss.says("弄错的")
        await taps(boss, "🗑 去掉")
        await applies(boss, *IN_CHINESE)
        assert sum(one.startswith("own_") for one in town.desk.app.desk.config.playbooks) == 1
        wu = town.customer("吴先生", "zh-hans")
        await tells(wu, "我想说的事你们不一定遇到过，但我真的很难受", "[说完了]")
        assert "宠物美容" in "".join(wu.buttons)
        await wu.says("宠物美容")
        assert (await town.case(1)).category.startswith("own_")
        said = await goes(boss, "类别与问题", "下一页", "宠物美容")
        assert "🗑 去掉" not in boss.buttons, "cases may be of it: it can be hidden"
        await taps(boss, "🙈 隐藏")
        await applies(boss, *IN_CHINESE)
        zheng = town.customer("郑女士", "zh-hans")
        await tells(zheng, "我想说的事你们不一定遇到过，但我真的很难受", "[说完了]")
        assert "宠物美容" not in "".join(zheng.buttons)


async def test_danger_words_are_added_by_a_list_tried_taken_away_and_in_force_once_applied():
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Words", "Danger", "➕ Words")
        await boss.says("numb tongue，舌头发麻、舌头发麻\n🤮🤮\n(abc+)+$")
        said = menu(boss)
        assert "Added (4): “numb tongue”, “舌头发麻”, “🤮🤮”, “(abc+)+$”" in said
        assert "Danger (4)" in said
        await taps(boss, "➕ Words")
        await boss.says("NUMB tongue")
        assert "There already: “NUMB tongue”" in menu(boss)
        await taps(boss, "➕ Words")
        await boss.says("*, 嘴麻")
        assert "“*” says nothing by itself" in menu(boss)
        assert "Danger (4)" in menu(boss), "half a list is not taken"
        await taps(boss, "➕ Words")
        await boss.says("x" * 81)
        assert "80 characters at most" in menu(boss)
        await taps(boss, "✖ (abc+)+$")
        await taps(boss, "Back", "Try a sentence")
        await boss.says("吃完舌头发麻，我要投诉到12315，not our problem, aaaa")
        said = menu(boss)
        assert "Danger: “舌头发麻” (your own word)" in said
        assert "Threat of a regulator: “12315”" in said
        assert "held back for: “not our problem”" in said
        await taps(boss, "Try a sentence")
        await boss.says("你好")
        assert "Nothing of this is recognised" in menu(boss)
        assert "Words › Words for signs › Danger: added" in await goes(boss, "Difference")
        await applies(boss)
        wu = town.customer("吴先生", "zh-hans")
        await tells(wu, "吃完你们的花椒鸡舌头发麻")
        wu.sees("120")
        await goes(boss, "Words", "Danger", "✖ 舌头发麻", "Back", "Try a sentence")
        await boss.says("吃完舌头发麻")
        assert "舌头发麻” (your own word)" not in menu(boss)


@pytest.mark.parametrize(
    ("code", "way", "said"),
    [
        ("zh-hans", ("字眼", "危险", "➕ 加字眼"), ("已加（2）：“舌头发麻”、“嘴麻”", "危险（2）")),
        (
            "zh-hant",
            ("字眼", "危險", "➕ 加字眼"),
            ("已加（2）：「舌头发麻」、「嘴麻」", "危險（2）"),
        ),
    ],
)
async def test_words_are_added_in_chinese(code, way, said):
    async with Town() as town:
        boss = await admin(town, code)
        await goes(boss, *way)
        await boss.says("舌头发麻，嘴麻")
        for one in said:
            assert one in menu(boss)


async def test_what_is_forbidden_is_the_admins_to_decide():
    async with Town() as town:
        boss = await admin(town)
        said = await goes(boss, "Words", "Not said to customers")
        assert "not our problem" in said
        await taps(boss, "➕ Words")
        await boss.says("亲亲")
        await taps(boss, "✖ not our problem")
        await applies(boss)
        words = town.desk.app.desk.config.words
        assert "亲亲" in words.forbidden
        assert "not our problem" not in words.forbidden
        said = await goes(boss, "History", "№ 1", "Go back to this version")
        await taps(boss, "Apply …", "✅ Apply")
        assert "not our problem" in town.desk.app.desk.config.words.forbidden


async def test_a_text_is_found_by_its_words_reworded_previewed_applied_and_restored():
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Texts", "🔎 Search")
        await boss.says("最晚 有人答复您")
        assert "With “最晚 有人答复您”" in menu(boss)
        said = await taps(boss, "1.", "○ 简体中文")
        assert "简体中文: as shipped" in said
        assert "{due}" in said
        assert "2026年11月18日" in said or "11月18日" in said, "the preview is filled in"
        await taps(boss, "✏️ Write it anew")
        await boss.says("店长 <b>{due}</b> 前亲自给您回话。")
        said = menu(boss)
        assert "in your own words" in said
        assert "店长 今天" in said or "店长 11月18日" in said or "店长 2026" in said, said
        assert "<b>{due}</b>" in said, "as it is written, marks and all"
        message = next(m for m in reversed(boss.actor.screen) if m.from_bot and m.labels)
        assert any(
            one["type"] == "bold" and one["offset"] > said.index("店长")
            for one in message.body["entities"]
        ), "the preview shows its marks"
        await applies(boss)
        li = await filed(town)
        assert any("前亲自给您回话" in heard for heard in li.heard)
        said = await goes(boss, "Texts")
        assert "In your own words (✏️): 1" in said
        await taps(boss, "1.", "○ 简体中文", "↩ The shipped text")
        assert "The shipped text is back" in menu(boss)
        await applies(boss)
        wu = await filed(town, "吴先生")
        assert not any("前亲自给您回话" in heard for heard in wu.heard)
        assert town.desk.app.desk.config.texts == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("您会听到消息。", "It must keep {due}: people rely on it."),
        ("{due}，{name}", "It cannot say {name}; this text has {due}."),
        ("{due", "Its braces do not match: write a variable as {name}."),
        ("{due:>99999999}", "Its braces do not match"),
        ("{due} <b>快", "The mark <b> is not closed: </b> is missing."),
        ("{due}</i>", "The mark </i> closes nothing that is open."),
        ("{due}<u>x</u>", "The mark <u> is not allowed: use <b>, <i>, <code>."),
        ("{due} < 5", "A bare < stands there: write &lt; for it."),
        ("{due}" + "长" * 3900, "2000 are the most"),
        ("{due}" * 60, "2000 are the most"),
        ("{due}" + "😀" * 999, "2000 are the most"),
    ],
)
async def test_a_wrong_text_is_refused_in_one_sentence_and_nothing_changes(typed, said):
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Texts", "🔎 Search")
        await boss.says("filed.promise")
        await taps(boss, "1.", "○ 简体中文", "✏️ Write it anew")
        await boss.says(typed)
        assert said in menu(boss)
        assert "Nothing was changed" in menu(boss)
        assert town.desk.app.desk.sessions[boss.id].draft is None


@pytest.mark.parametrize(
    ("code", "way", "anew", "said"),
    [
        ("zh-hans", ("文字", "🔎 查找"), "✏️ 重新写", "不能少了 {due}：大家要靠它。没有改动。"),
        ("zh-hant", ("文字", "🔎 搜尋"), "✏️ 重新寫", "不能少了 {due}：大家要靠它。沒有改動。"),
    ],
)
async def test_what_is_wrong_is_said_in_chinese(code, way, anew, said):
    async with Town() as town:
        boss = await admin(town, code)
        await goes(boss, *way)
        await boss.says("filed.promise")
        await taps(boss, "1.", anew)
        await boss.says("等着吧")
        assert said in menu(boss)


async def test_a_text_of_5000_characters_comes_in_two_messages_and_breaks_nothing():
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Texts", "🔎 Search")
        await boss.says("filed.promise")
        await taps(boss, "1.", "✏️ Write it anew")
        await boss.says("{due}" + "x" * 4091)
        assert "2000 are the most" in menu(boss)
        await boss.says("x" * 904)
        assert town.desk.app.desk.sessions[boss.id].draft is None


async def test_the_longest_text_is_shown_within_one_message():
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Texts", "🔎 Search")
        await boss.says("filed.promise")
        await taps(boss, "1.", "✏️ Write it anew")
        await boss.says("{due}" * 35 + "<b>x</b> " * 35)
        said = menu(boss)
        assert "in your own words" in said
        assert len(said) < 4096
        assert "May stand in it" in said, "nothing had to be cut off"


async def test_of_two_admins_both_may_add_words_and_both_stand():
    async with Town() as town:
        boss = await admin(town)
        ann = await second_admin(town)
        await ann.says("/admin")
        for who, word in ((boss, "舌头发麻"), (ann, "numb tongue")):
            await goes(who, "Words", "Danger", "➕ Words")
            await who.says(word)
        await applies(boss)
        said = await goes(ann, "Difference")
        assert "Version 2 came into force while you edited version 1" in said
        assert "Both changed these" not in said
        await taps(ann, "Put mine on top", "Apply …", "✅ Apply")
        words = town.desk.app.desk.config.words.signals["safety"]
        assert sorted(words) == ["numb tongue", "舌头发麻"]


async def test_two_admins_add_a_question_to_the_same_category_and_both_stand():
    async with Town() as town:
        boss = await admin(town)
        ann = await second_admin(town)
        await ann.says("/admin")
        await adds_question(boss)
        await adds_question(ann)
        await applies(boss)
        await goes(ann, "Difference", "Put mine on top", "Apply …", "✅ Apply")
        facts = town.desk.app.desk.config.playbooks["product_quality"].facts
        assert sum(one.id.startswith("own_") for one in facts) == 2


async def test_a_supervisor_sees_every_page_and_changes_nothing():
    async with Town() as town:
        mei = Someone(town, town.mei_person)
        await town.mei.says("在")
        await mei.says("/start")
        member = town.desk.app.desk.member(mei.id)
        await town.desk.app.put(
            town.sandbox.clock.now(),
            {f"staff:{mei.id}": member.but(role=Role.SUPERVISOR).model_dump(mode="json")},
        )
        town.mei_person.speaks("en")
        await mei.says("/admin")
        assert "Which" in await taps(
            mei, "Categories and questions", "Delivery", "Order or reference"
        )
        assert not {"Remove", "Make", "Wording"} & set(" ".join(mei.buttons).split())
        assert "Danger" in await goes(mei, "Words", "Danger")
        assert not any("➕" in one or "✖" in one for one in mei.buttons)
        await taps(mei, "Back", "Try a sentence")
        await mei.says("漏电了")
        assert "Danger: “漏电”" in menu(mei)
        await goes(mei, "Texts", "🔎 Search")
        await mei.says("filed.promise")
        await taps(mei, "1.")
        assert not any("✏️" in one or "↩" in one for one in mei.buttons)
        session = town.desk.app.desk.sessions[mei.id]
        assert session.draft is None


async def test_stale_and_foreign_buttons_of_these_pages_change_nothing():
    async with Town() as town:
        boss = await admin(town)
        await goes(boss, "Words", "Not said to customers")
        session = town.desk.app.desk.sessions[boss.id]
        remove = next(n for n, move in enumerate(session.moves) if move.do == "remove")
        await taps(boss, "Back")
        for who, rev in ((boss, session.rev), (town.customer("Eve"), session.rev + 1)):
            alert = await forged(town, who, f"a:{session.token}:{rev}:{remove}")
            assert "Nothing was changed" in alert
        assert town.desk.app.desk.sessions[boss.id].draft is None


async def test_a_question_begun_is_kept_over_a_restart_until_finished_or_dropped(tmp_path):
    async with Town(url=f"sqlite:///{tmp_path}/desk.db") as town:
        boss = await admin(town)
        await goes(boss, "Categories and questions", "Quality", "➕ Question", "Free words")
        await boss.says("Which colour is it?")
        await town.restart()
        await boss.says("/admin")
        assert "A new question is not finished yet" in menu(boss)
        said = await taps(boss, "Go on with the question")
        assert "“Which colour is it?”" in said
        await taps(boss, "▶ Short name")
        await boss.says("a\nlong <b>name</b>")
        assert "shown without marks" in menu(boss)
        await boss.says("Colour")
        await taps(boss, "Done: into the draft")
        assert "Colour · 6 of 6" in menu(boss)
