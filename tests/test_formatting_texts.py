"""Text: folding, Vietnamese order, what is refused and what is taken out."""

from itertools import pairwise
from typing import Literal
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.errors import Invalid
from danvan.formatting.texts import checked, collation, fold, nfc, visible

FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VIETNAMESE = st.text("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịoôơợưựuyỳỷỹýỵ ĐẠÂ0123456789-")

HIDDEN = {
    "\x00": "U+0000",
    "\t": "U+0009",
    "\n": "U+000A",
    "\x1b": "U+001B",
    "\x7f": "U+007F",
    "\x9b": "U+009B",
    "\u00ad": "U+00AD",
    "\u034f": "U+034F",
    "\u061c": "U+061C",
    "\u115f": "U+115F",
    "\u200b": "U+200B",
    "\u200d": "U+200D",
    "\u2028": "U+2028",
    "\u202e": "U+202E",
    "\u2066": "U+2066",
    "\u3164": "U+3164",
    "\ud800": "U+D800",
    "\ufdd0": "U+FDD0",
    "\ufe0f": "U+FE0F",
    "\ufeff": "U+FEFF",
    "\uffff": "U+FFFF",
    "\U000e0041": "U+E0041",
    "\U000e0100": "U+E0100",
    "\U0010fffe": "U+10FFFE",
}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Quận Ba Đình", "quan ba dinh"),
        ("QUẬN BA ÐÌNH", "quan ba dinh"),  # typed with the Icelandic capital that looks the same
        ("  văn hóa - xã hội ", "van hoa xa hoi"),
        ("“Dân vận khéo”", "dan van kheo"),
        ("thôn/tổ dân phố", "thon to dan pho"),
        ("Phường\u00a02", "phuong 2"),
        ("mô\u200bhình", "mohinh"),
        ("ｆｕｌｌ", "full"),
        ("…", ""),
        ("", ""),
    ],
)
def test_folding_leaves_bare_words(text: str, key: str) -> None:
    assert fold(text) == key


@given(VIETNAMESE)
def test_folding_knows_no_form_no_case_and_no_second_pass(text: str) -> None:
    assert {fold(normalize(form, text)) for form in FORMS} == {fold(text)}
    assert fold(text.upper()) == fold(text) == fold(fold(text))


@given(st.text())
def test_folding_any_text_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(normalize("NFD", text))


def test_one_form_is_kept() -> None:
    assert nfc(normalize("NFD", "Đống Đa")) == "Đống Đa"


@pytest.mark.parametrize(
    "ordered",
    [
        list(LETTERS),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["Dương Nội", "Đại Mỗ", "Đống Đa"],
        ["An Bình", "An Khánh", "Anh Sơn", "Ăn", "Ân Thi"],
        ["Phường 2", "Phường 02A", "Phường 10", "Phường Bưởi"],
        ["2", "10", "a", "z"],
        ["đa", "Đa", "đà"],
        ["e", "f", "g", "i", "j", "k", "v", "w", "x", "y", "z"],
        ["hoa", "hòa", "hoan", "hoàn"],
        ["ơ", "ờ", "ợ", "p", "ư", "ừ", "ự", "v"],
        ["z", "ж"],
        ["qa", "q\u0303a", "qb"],
    ],
)
def test_order_is_that_of_the_vietnamese_alphabet(ordered: list[str]) -> None:
    for form in FORMS[:2]:
        keys = [collation(normalize(form, text)) for text in ordered]
        assert all(before < after for before, after in pairwise(keys))


def test_quotes_before_a_name_do_not_count_first() -> None:
    assert sorted(["Bưởi", "“An Khánh”", "Ân Thi"], key=collation) == ["“An Khánh”", "Ân Thi", "Bưởi"]


@given(VIETNAMESE, VIETNAMESE)
def test_order_is_total_and_blind_to_the_unicode_form(one: str, other: str) -> None:
    assert collation(normalize("NFD", one)) == collation(nfc(one))
    assert (collation(one) == collation(other)) == (nfc(one) == nfc(other))
    assert (collation(one) < collation(other)) + (collation(other) < collation(one)) <= 1


@given(st.text(), st.text())
def test_any_texts_can_be_compared(one: str, other: str) -> None:
    assert (collation(one) < collation(other)) + (collation(other) < collation(one)) == (nfc(one) != nfc(other))


def test_long_figures_can_be_ordered() -> None:
    assert collation("9" * 9_000) < collation("1" + "0" * 9_000)


@pytest.mark.parametrize(("character", "code"), HIDDEN.items(), ids=HIDDEN.values())
def test_hidden_characters_are_refused_with_place_and_code(character: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(f"  an{character}b")
    assert (refusal.value.key, refusal.value.facts) == ("control", {"position": 5, "code": code})


def test_stored_text_is_composed_and_stripped() -> None:
    assert checked(normalize("NFD", "  Đống Đa\u00a0\n")) == "Đống Đa"
    assert checked("") == checked(" \n") == ""


def test_lines_are_stored_only_where_they_are_meant() -> None:
    assert checked("a\r\nb\n\nc\n", multiline=True) == "a\nb\n\nc"
    with pytest.raises(Invalid, match="control"):
        checked("a\tb", multiline=True)
    with pytest.raises(Invalid, match="control"):
        checked("a\rb", multiline=True)


def test_a_text_too_long_is_refused_with_both_lengths() -> None:
    assert checked(normalize("NFD", "ậ" * 5), 5) == "ậ" * 5
    with pytest.raises(Invalid) as refusal:
        checked("a" * 10_001)
    assert (refusal.value.key, refusal.value.facts) == ("too_long", {"length": 10_001, "limit": 10_000})


@pytest.mark.parametrize("character", [c for c in HIDDEN if c not in "\t\n\u2028"])
def test_hidden_characters_are_not_shown(character: str) -> None:
    assert visible(f"Đống{character} Đa") == "Đống Đa"


def test_breaks_are_shown_as_spaces_unless_lines_are_meant() -> None:
    assert visible("a\tb\nc\r\nd\u2028e") == "a b c d e"
    assert visible("a\tb\nc\r\nd\u2028e", multiline=True) == "a\tb\nc\nd e"


def test_an_escape_code_is_disarmed() -> None:
    assert visible("\x1b[31mđỏ\x1b]8;;http://x\x07") == "[31mđỏ]8;;http://x"


@given(st.text())
def test_what_is_shown_is_harmless_and_the_rest_untouched(text: str) -> None:
    shown = visible(text)
    assert all(category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert visible(shown) == shown
    shown.encode()


@given(st.text())
def test_what_is_stored_is_shown_unchanged(text: str) -> None:
    try:
        stored = checked(text)
    except Invalid:
        return
    assert visible(stored) == stored == checked(stored)
