"""Every word the desk says is there, in every language, fit to be sent, and fit to be read."""

from __future__ import annotations

import copy
import gettext
import shutil
from typing import TYPE_CHECKING

import pytest

from bot.texts.build_hook import CompiledCatalogues
from bot.texts.extract import books, checks, families
from bot.texts.extract.uses import UnseenIdError, Use, uses

if TYPE_CHECKING:
    from pathlib import Path

USED = uses()
FOUND = checks.catalogues()


def planted(name: str, text_id: str, text: str) -> checks.Books:
    """Return the catalogues with one text replaced."""
    changed = copy.deepcopy(FOUND)
    changed[name][text_id] = text
    return changed


# ---- the catalogues as they stand ------------------------------------------------------------


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_the_shipped_words_pass_every_check(check):
    """No word is missing, unused, misspelt in its variables, unsendable or out of place."""
    assert list(check(USED, FOUND)) == []


def test_the_desk_speaks_of_everything_it_knows():
    """Categories, remedies, statuses, facts and rules all have words without being listed."""
    for text_id in (
        "category.outage",
        "sorry.privacy_fraud",
        "remedy.cancel",
        "next.waiting",
        "fact.matters",
        "choice.spilt",
        "danger.advice.self_harm",
        "why.amount",
        "why.signal.safety",
        "why.nobody_took_it",
        "ask.branch.again",
        "handed_off.low_rating",
        "queue.title",
        "card.take",
        "menu.person",
    ):
        assert text_id in USED, text_id


def test_the_code_gives_what_the_words_want():
    """Variables are read where they are given: keywords, dictionaries, rules' explanations."""
    assert USED["cases.row_due"].variables == {"ref", "category", "status", "next", "due"}
    assert USED["danger.advice.fire"].variables == {"number"}
    assert "words" in (USED["why.signal.safety"].variables or ())
    assert USED["handed_off.person"].variables == {"ref", "role", "due", "number"}


def test_labels_and_notices_are_known_as_plain_words():
    """What stands on a button or in a notice is checked as such, also where it is composed."""
    assert USED["button.thats_all"].button
    assert USED["category.delivery"].button
    assert USED["card.take"].button
    assert USED["menu.cases"].button
    assert USED["press.held"].plain
    assert not USED["filed.confirmed"].plain


def test_every_text_survives_being_filled_in():
    """Each text of each language takes its variables, hostile ones escaped, without an error."""
    for texts in checks.as_read(FOUND).values():
        for text_id, text in texts.items():
            values = dict.fromkeys(USED[text_id].variables or (), "&lt;b&gt;{x}")
            filled = text.format_map(values) if values else text
            assert filled.strip(), text_id


# ---- each check finds what it is for -----------------------------------------------------------


def test_a_missing_word_is_found():
    """An id without words in one language is named with the place that uses it."""
    changed = planted("zh_Hans", "filed.confirmed", "")
    (said,) = checks.missing(USED, changed)
    assert "zh_Hans has no words for filed.confirmed (bot/flows/" in said


def test_an_unused_word_is_found():
    """Words that nobody uses do not pile up, and overlays hold only what differs."""
    assert list(checks.unused(USED, planted("en", "filed.never", "x")))
    same = planted("zh_Hant_TW", "filed.confirmed", FOUND["zh_Hant"]["filed.confirmed"])
    assert list(checks.unused(USED, same))


@pytest.mark.parametrize("name", ["en", "zh_Hans", "zh_Hant", "zh_Hant_HK"])
def test_a_misspelt_variable_is_found(name):
    """A variable that the code does not give is found in every language and overlay."""
    assert list(checks.variables(USED, planted(name, "filed.confirmed", "{reff}")))


def test_a_variable_missing_in_one_language_is_found():
    """A language that leaves out the promised time is not the same message."""
    assert list(checks.variables(USED, planted("zh_Hant_HK", "filed.promise", "好快")))


@pytest.mark.parametrize("text", ["{ref!r}", "{ref:>9}", "{}"])
def test_other_forms_of_variables_are_refused(text):
    """A text says {name} and nothing cleverer."""
    with pytest.raises(ValueError, match="only"):
        books.fields(text)


@pytest.mark.parametrize(
    "text", ["<u>{ref}</u>", "<b>{ref}", "{ref}</b>", "<b><i>x</b></i>", "a & b"]
)
def test_markup_that_telegram_would_refuse_is_found(text):
    """A tag not ours to use, an open one, a bare ampersand: none reaches Telegram."""
    assert list(checks.markup(USED, planted("en", "filed.confirmed", text)))


def test_markup_on_a_button_is_found():
    """Buttons and notices show no markup, so their words have none."""
    assert list(checks.markup(USED, planted("en", "button.skip", "<b>Skip</b>")))


def test_a_long_label_is_found():
    """A label that a phone would cut is found, counted by its script."""
    assert list(
        checks.lengths(USED, planted("en", "button.skip", "Skip this question for the time being"))
    )
    assert list(checks.lengths(USED, planted("zh_Hans", "button.skip", "这个问题" * 6)))
    assert list(checks.lengths(USED, planted("en", "press.stale", "old " * 60)))


@pytest.mark.parametrize(
    ("name", "text_id", "text"),
    [
        ("zh_Hans", "greeting.hello", "亲，{name}您好"),
        ("zh_Hans", "sorry.danger", "给您带来不便，很抱歉"),
        ("zh_Hant", "danger.safe_noted", "不好意思"),
        ("en", "sorry.safety_injury", "Sorry for the inconvenience."),
        ("en", "filed.soon", "You hear within 3 working days."),
        ("zh_Hant_TW", "filed.soon", "3 個工作天內回覆"),
        ("en", "feedback.thanks", "We value your feedback."),
        ("zh_Hans", "sorry.billing", "这是我们的错"),
        ("zh_Hans", "handed_off.other", "保证给您退款"),
        ("zh_Hans", "asking.why", "这个问题太简单了"),
    ],
)
def test_forbidden_wording_is_found(name, text_id, text):
    """No 亲, nothing light about danger, no bare days, no empty thanks, no fault, no taunt."""
    assert list(checks.wording(USED, planted(name, text_id, text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("zh_Hans", '请按"提交"'),
        ("zh_Hans", "請按「提交」"),
        ("zh_Hant", "請按“送出”"),
        ("zh_Hans", "发票还在吗"),
        ("zh_Hant_TW", "您的投訴"),
        ("zh_Hant_TW", "單據還在嗎"),
        ("zh_Hant_TW", "質量"),
        ("zh_Hant_HK", "您的客訴"),
        ("zh_Hant_HK", "您的案件"),
        ("zh_Hant_HK", "外送"),
        ("zh_Hant_HK", "那位服務人員"),
    ],
)
def test_a_term_of_another_region_is_found(name, text):
    """Mainland, Taiwan and Hong Kong each read their own terms and quotation marks."""
    assert list(checks.terms(USED, planted(name, "asking.noted", text)))


def test_what_an_overlay_does_not_say_is_read_in_its_language():
    """A term that is fine in the base is found where a region inherits it."""
    changed = planted("zh_Hant", "asking.noted", "這個案件我記下了")
    assert not list(checks.terms(USED, changed)), "Hong Kong has words of its own for it"
    del changed["zh_Hant_HK"]["asking.noted"]
    assert any("zh_Hant_HK" in one for one in checks.terms(USED, changed))


@pytest.mark.parametrize(("name", "text"), [("zh_Hans", "這個記下了"), ("zh_Hant", "这个记下了")])
def test_the_other_script_is_found(name, text):
    """Simplified and traditional characters do not mix."""
    assert list(checks.scripts(USED, planted(name, "asking.noted", text)))


def test_a_stale_template_is_found():
    """The template lists exactly what the code uses."""
    used = {**USED, "brand.new": Use(frozenset({"ref"}), places=["bot/flows/turn.py:1"])}
    assert list(checks.template(used, FOUND))


# ---- the tools ---------------------------------------------------------------------------------


def source(tmp_path: Path, code: str) -> Path:
    """Write one file of code to be read by the extractor."""
    root = tmp_path / "bot"
    root.mkdir()
    (root / "one.py").write_text(code, encoding="utf-8")
    return root


def test_ids_are_seen_through_names_and_conditionals(tmp_path):
    """An id chosen beforehand, or one of two, is found like one written in place."""
    code = (
        'def f(x):\n    text = "a.b" if x else "a.c"\n    return line(text, ref=x), Line("a.d")\n'
    )
    found = uses(source(tmp_path, code))
    assert set(found) == {"a.b", "a.c", "a.d"}
    assert found["a.b"].variables == {"ref"}


def test_only_what_every_place_gives_may_be_used(tmp_path):
    """A text used twice may count on the variables that both places give."""
    found = uses(source(tmp_path, 'line("a.b", ref=1, due=2)\nline("a.b", ref=1)\n'))
    assert found["a.b"].variables == {"ref"}


@pytest.mark.parametrize("named", ["text", "f'strange.{x}'", "ids[0]", "one.two"])
def test_an_id_that_cannot_be_seen_is_an_error_with_its_place(tmp_path, named):
    """No id escapes the check unnoticed."""
    with pytest.raises(UnseenIdError, match=r"bot/one\.py:2: .* teach"):
        uses(source(tmp_path, f"def f(text):\n    return line({named})\n"))


@pytest.fixture
def shelf(tmp_path):
    """Give a copy of the catalogues that may be written to."""
    root = tmp_path / "catalogues"
    shutil.copytree(books.CATALOGUES, root)
    return root


def test_update_adds_what_is_missing_and_sets_aside_what_is_unused(shelf):
    """New ids wait for words; old ones are kept as obsolete and come back with their words."""
    was = books.texts("en", shelf)["add.none"]
    changed = {**USED, "brand.new": Use(frozenset(), places=["bot/one.py:1"])}
    del changed["add.none"]
    said = books.update(changed, shelf)
    assert "en: brand.new added, to be worded" in said
    assert "zh_Hant_HK: add.none set aside, nobody uses it" in said
    assert "add.none" not in books.texts("en", shelf)
    books.update(USED, shelf)
    assert books.texts("en", shelf)["add.none"] == was
    assert "brand.new" not in books.texts("en", shelf)


@pytest.mark.parametrize("name", [*books.FULL, *books.OVERLAYS])
def test_a_catalogue_written_again_is_the_same_file(shelf, name):
    """Bringing a catalogue up to date changes only what changed."""
    before = books.po(name, shelf).read_bytes()
    books.write(name, books.read(name, shelf), shelf)
    assert books.po(name, shelf).read_bytes() == before


def test_compiled_catalogues_hold_every_text(shelf):
    """gettext reads from the compiled file what stands in its source."""
    books.compile_all(shelf)
    with books.po("zh_Hant_HK", shelf).with_suffix(".mo").open("rb") as file:
        held = gettext.GNUTranslations(file)
    for text_id, text in FOUND["zh_Hant_HK"].items():
        assert held.gettext(text_id) == text


def test_a_build_compiles_the_catalogues(tmp_path):
    """A wheel is never without its words: the hook compiles them in the tree being built."""
    root = tmp_path / "bot" / "texts" / "catalogues"
    shutil.copytree(books.CATALOGUES, root, ignore=shutil.ignore_patterns("*.mo"))
    hook = CompiledCatalogues(str(tmp_path), {}, None, None, "", "wheel")
    hook.initialize("standard", {})
    for name in FOUND:
        assert books.po(name, root).with_suffix(".mo").read_bytes() == books.compiled(name)


def test_the_families_are_the_real_ones():
    """Families follow the packs: a choice of the restaurant's pack has its words asked for."""
    assert "spilt" in families.families()["choice."]
    assert "ask.waited.table" in families.questions()
    assert "handed_off.danger" in families.tells()
