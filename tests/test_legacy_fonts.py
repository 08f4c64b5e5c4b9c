"""`import` refuses texts typed with the fonts of before Unicode, and takes no other text for such a one."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run, holds

from danvan.exchange.incoming.fonts import font_of
from danvan.messages import LANGUAGES, LanguageCode, catalogue

# The letters of the alphabet with the five tones, and in which place each stands in the old fonts.
LETTERS = [
    "àảãáạ",
    "ằẳẵắặ",
    "ầẩẫấậ",
    "èẻẽéẹ",
    "ềểễếệ",
    "ìỉĩíị",
    "òỏõóọ",
    "ồổỗốộ",
    "ờởỡớợ",
    "ùủũúụ",
    "ừửữứự",
    "ỳỷỹýỵ",
    "ăâđêôơư",
]
ABC = [
    "µ¶·¸¹",
    "»¼½¾Æ",
    "ÇÈÉÊË",
    "ÌÎÏÐÑ",
    "ÒÓÔÕÖ",
    "×ØÜÝÞ",
    "ßáâãä",
    "åæçèé",
    "êëìíî",
    "ïñòóô",
    "õö÷øù",
    "úûüýþ",
    "¨©®ª«¬\xad",
]
TCVN3 = {letter: sign for row, signs in zip(LETTERS, ABC, strict=True) for letter, sign in zip(row, signs, strict=True)}
PLAIN, ROUND, BREVE = "øûõùï", "àåãáä", "èúüéë"
VNI = {
    letter: base + sign
    for base, row in zip("aeouy", (0, 3, 6, 9, 11), strict=True)
    for letter, sign in zip(LETTERS[row], PLAIN, strict=True)
}
VNI |= {
    letter: base + sign
    for base, row in zip("aeo", (2, 4, 7), strict=True)
    for letter, sign in zip(LETTERS[row], ROUND, strict=True)
}
VNI |= {
    letter: base + sign
    for base, row in zip("ôö", (8, 10), strict=True)
    for letter, sign in zip(LETTERS[row], PLAIN, strict=True)
}
VNI |= {letter: "a" + sign for letter, sign in zip(LETTERS[1], BREVE, strict=True)} | dict(
    zip(LETTERS[5], "ìæóíò", strict=True)
)
VNI |= {"ă": "aê", "â": "aâ", "đ": "ñ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "ỵ": "î"}
FONTS = {"TCVN3 (ABC)": TCVN3, "VNI": VNI}
FRENCH = (
    "Noël Anaïs François Hélène Raphaël Gaétan Moïse Zoé Benoît Jérôme Citroën Maïté Aurélie «Bonjour» Œuvre août où"
)
OTHERS = "Muñoz España Müller Åse Søren Jürgen Köln Łódź l·l 5µm m² 10×20 ©2023 ISO® «Dân vận khéo» nº½ Façade naïf"


@cache
def vietnamese() -> list[str]:
    """The words of the Vietnamese half of the README and of the catalogue."""
    text = (Path(__file__).parent.parent / "README.md").read_text("utf-8").partition("## Chạy thử")[2]
    return [*text.split(), *(word for said in catalogue("vi").values() for word in said.split())]


def typed(text: str, font: str, *, is_upper: bool = False) -> str:
    found = "".join(FONTS[font].get(letter, letter) for letter in text.lower())
    return found.upper() if is_upper and font == "VNI" else found


def test_the_letters_of_old_fonts_are_told_by_their_words() -> None:
    assert typed("Công tác dân vận, đường", "TCVN3 (ABC)") == "c«ng t¸c d©n vËn, ®\u00adêng"
    assert typed("Công tác dân vận, đường", "VNI") == "coâng taùc daân vaän, ñöôøng"


@given(st.integers(0, 10**9), st.integers(0, 400), st.sampled_from(("NFC", "NFD")), st.booleans())
def test_no_text_in_unicode_is_taken_for_one_of_an_old_font(seed: int, size: int, form: str, is_upper: bool) -> None:
    words = random.Random(seed).sample([*vietnamese(), *FRENCH.split(), *OTHERS.split()], size)
    text = " ".join(words)
    assert not font_of([normalize(form, text.upper() if is_upper else text)])  # type: ignore[arg-type]


def test_names_from_elsewhere_alone_are_in_unicode_too() -> None:
    assert not font_of([FRENCH])
    assert not font_of([OTHERS])
    assert not font_of(FRENCH.split() + OTHERS.split())


@given(st.integers(0, 10**9), st.integers(0, 1000), st.sampled_from(sorted(FONTS)), st.booleans())
def test_what_was_typed_with_an_old_font_is_found_out(seed: int, at: int, font: str, is_upper: bool) -> None:
    words = [word for word in vietnamese() if word.isalpha()]
    text = " ".join(words[at : at + 80])
    assert font_of([typed(text, font, is_upper=is_upper)]) == font, seed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("is_head", [True, False])
def test_a_workbook_of_an_old_font_is_refused_with_how_to_convert_it(
    run: Run, font: str, lang: LanguageCode, is_head: bool
) -> None:
    head = ("Tên mô hình", "Lĩnh vực", "Ngày", "Đơn vị")
    rows = [(f"Đường hoa tự quản số {at}", "kinh tế", "1/2/2023", "Phường Trúc Bạch, quận Ba Đình") for at in range(9)]
    book = openpyxl.Workbook()
    assert book.active
    book.active.append([typed(cell, font) for cell in head] if is_head else head)
    for row in rows:
        book.active.append([typed(cell, font) for cell in row])
    book.save(run.home / "a.xlsx")
    for options in ((), ("--partial",)):
        answer = run("import", run.home / "a.xlsx", *options, code=3, lang=lang)
        assert holds(answer.err, catalogue(lang)["error.file.legacy"])
        assert font in answer.err
        assert "UniKey" in answer.err
        assert not run.db.exists()
