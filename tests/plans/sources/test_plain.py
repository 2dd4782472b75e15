"""Plain text in the encodings that Vietnamese offices keep: Unicode with byte order marks or not, TCVN3, VNI, 1258."""

import unicodedata

import pytest

from plans.sources import Refused
from plans.sources.legacy import from_tcvn3, from_vni, likeness, modern
from plans.sources.opening import open_source
from plans.sources.plain import plain_letters

WORDS = "Nghị quyết công tác Đoàn và phong trào thanh niên năm 2010: tổ chức 05 hoạt động tình nguyện của tuổi trẻ."
LOWER_ACCENTS = "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ"
TCVN3 = "µ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË ® ÌÎÏÐÑ ªÒÓÔÕÖ ×ØÜÝÞ ßáâãä «åæçèé ¬êëìíî ïñòóô \u00adõö÷øù úûüýþ"
VNI = (
    "aøaûaõaùaï aêaèaúaüaéaë aâaàaåaãaáaä ñ eøeûeõeùeï eâeàeåeãeáeä ìæóíò oøoûoõoùoï oâoàoåoãoáoä "
    "ôôøôûôõôùôï uøuûuõuùuï ööøöûöõöùöï yøyûyõyùî"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_in_every_wrapping(encoding, form):
    assert open_source(unicodedata.normalize(form, WORDS).encode(encoding)).text == WORDS


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_both_orders_of_bytes(mark):
    assert plain_letters("\ufeff".encode(mark) + WORDS.encode(mark)) == WORDS


def test_every_letter_of_tcvn3():
    assert from_tcvn3(TCVN3) == LOWER_ACCENTS
    assert from_tcvn3("¡¢£¤¥¦§") == "ĂÂÊÔƠƯĐ"


def test_every_letter_of_vni():
    assert from_vni(VNI) == LOWER_ACCENTS
    assert from_vni("NGHÒ QUYEÁT ÑAÏI HOÄI ÔÛ PHÖÔØNG") == "NGHỊ QUYẾT ĐẠI HỘI Ở PHƯỜNG"


@pytest.mark.parametrize(
    "content",
    [
        "NghÞ quyÕt c«ng t¸c §oµn vµ phong trµo thanh niªn n¨m 2010: tæ chøc 05 ho¹t ®éng t×nh nguyÖn cña tuæi trÎ.",
        "Nghò quyeát coâng taùc Ñoaøn vaø phong traøo thanh nieân naêm 2010: "
        "toå chöùc 05 hoaït ñoäng tình nguyeän cuûa tuoåi treû.",
    ],
    ids=["TCVN3", "VNI"],
)
def test_old_encodings_are_told_by_their_words(content):
    assert open_source(content.encode("cp1252")).text == WORDS
    # The same letters saved by a program that took them for western ones.
    assert open_source(content.encode()).text == WORDS


def test_windows_1258():
    # Its letters carry the marks of vowels; tones follow as letters of their own.
    parts = [unicodedata.normalize("NFD", letter) for letter in WORDS]
    plain = "".join(
        unicodedata.normalize("NFC", "".join(mark for mark in part if mark not in "\u0300\u0301\u0303\u0309\u0323"))
        + "".join(mark for mark in part if mark in "\u0300\u0301\u0303\u0309\u0323")
        for part in parts
    )
    assert open_source(plain.encode("cp1258")).text == WORDS


def test_a_few_lost_bytes_do_not_lose_the_text():
    content = (WORDS * 3).encode()
    assert open_source(content[:40] + content[41:]).text.endswith(WORDS)


@pytest.mark.parametrize(
    "letters",
    [WORDS, "Résumé à la carte, déjà vu: naïve façade, crème brûlée, élève, hôtel, garçon, forêt, où, maïs", "plain"],
)
def test_letters_that_are_meant_stay(letters):
    assert modern(letters) == letters


def test_likeness_counts_words_with_marks():
    assert likeness("của các đoàn viên hai ba bốn năm sáu bảy") == 0.5
    assert likeness("the of and to in") == 0
    assert likeness("12 34") == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff \n".encode(), "empty"),
        (b"\x00\x01\x02\x03" * 50, "wrong_type"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "wrong_type"),
        (bytes(range(1, 32)) * 20, "wrong_type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "wrong_type"),
        ("déjà vu, señor, übermäßig".encode("latin-1") * 5, "encoding"),
        (b"\xff\xfea", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        open_source(content)
    assert refused.value.code == code
