"""Vietnamese written in the encodings from before Unicode: TCVN3 (ABC) and VNI.

Both put Vietnamese letters in the places of western ones, so a file in them opens as "NghÞ quyÕt" or "Nghò quyeát".
Pure: letters in, letters out. Which encoding is meant is told by how many frequent Vietnamese words come out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

_MARKS = {"grave": "\u0300", "hook": "\u0309", "tilde": "\u0303", "acute": "\u0301", "dot": "\u0323"}
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = ("grave", "hook", "tilde", "acute", "dot")

# The five tones of each vowel in the order of _TONES, as TCVN3's letters read in windows-1252.
_TCVN3_TONES = {
    "a": "µ¶·¸¹",
    "ă": "»¼½¾Æ",
    "â": "ÇÈÉÊË",
    "e": "ÌÎÏÐÑ",
    "ê": "ÒÓÔÕÖ",
    "i": "×ØÜÝÞ",
    "o": "ßáâãä",
    "ô": "åæçèé",
    "ơ": "êëìíî",
    "u": "ïñòóô",
    "ư": "õö÷øù",
    "y": "úûüýþ",
}
_TCVN3_PLAIN = dict(zip("¨©®ª«¬\u00ad¡¢£¤¥¦§", "ăâđêôơưĂÂÊÔƠƯĐ", strict=True))

# VNI writes the bare vowel and then a letter for its marks; some letters stand by themselves.
_VNI_AFTER = {
    "ø": _MARKS["grave"],
    "û": _MARKS["hook"],
    "õ": _MARKS["tilde"],
    "ù": _MARKS["acute"],
    "ï": _MARKS["dot"],
    "â": _HAT,
    "à": _HAT + _MARKS["grave"],
    "å": _HAT + _MARKS["hook"],
    "ã": _HAT + _MARKS["tilde"],
    "á": _HAT + _MARKS["acute"],
    "ä": _HAT + _MARKS["dot"],
    "ê": _BREVE,
    "è": _BREVE + _MARKS["grave"],
    "ú": _BREVE + _MARKS["hook"],
    "ü": _BREVE + _MARKS["tilde"],
    "é": _BREVE + _MARKS["acute"],
    "ë": _BREVE + _MARKS["dot"],
}
_VNI_ALONE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI_PAIR = re.compile(f"([AEOUYaeouyÔÖôö])([{''.join(_VNI_AFTER)}{''.join(_VNI_AFTER).upper()}])|(.)", re.DOTALL)

_FREQUENT_WORDS = """
    của và các đoàn thanh niên công tác động tổ chức năm hội tỉnh được những phong trào không kế hoạch nghị quyết
    thực hiện tình nguyện chỉ tiêu huyện đội cơ sở với cho tại để từ đến theo số ngày tháng ban thường vụ cấp
    nhiệm tuyên truyền giáo dục hoạt đảng bộ việt nam người trẻ thiếu nhi học sinh đoàn viên tham gia
"""
_FREQUENT = frozenset(_FREQUENT_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


def _tcvn3_table() -> dict[int, str]:
    table = {ord(old): new for old, new in _TCVN3_PLAIN.items()}
    for vowel, letters in _TCVN3_TONES.items():
        for letter, tone in zip(letters, _TONES, strict=True):
            table[ord(letter)] = unicodedata.normalize("NFC", vowel + _MARKS[tone])
    return table


_TCVN3 = _tcvn3_table()


def from_tcvn3(letters: str) -> str:
    """Return the letters that TCVN3 means by these; capitals with a tone are small there (its fonts draw them)."""
    return letters.translate(_TCVN3)


def from_vni(letters: str) -> str:
    """Return the letters that VNI means by these."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, letters))


def _vni_letter(found: re.Match[str]) -> str:
    if vowel := found[1]:
        return _vni_alone(vowel) + _VNI_AFTER[found[2].lower()]
    return _vni_alone(found[3])


def _vni_alone(letter: str) -> str:
    plain = _VNI_ALONE.get(letter.lower(), letter)
    return plain.upper() if letter.isupper() else plain


def likeness(letters: str) -> float:
    """Return the share of frequent Vietnamese words with their marks among all words: 0 to 1."""
    words = [unicodedata.normalize("NFC", word).lower() for word in _WORD.findall(letters[:20_000])]
    telling = sum(1 for word in words if word in _FREQUENT and not word.isascii())
    return telling / len(words) if words else 0.0


def likeliest(readings: Iterable[Callable[[], str]]) -> str | None:
    """Return the reading that is most like Vietnamese; null where none is much like it."""
    best, best_likeness = None, 0.04
    for reading in readings:
        letters = reading()
        if (found := likeness(letters)) > best_likeness:
            best, best_likeness = letters, found
    return best


def modern(letters: str) -> str:
    """Return the letters, in Unicode's sense where they were written with a font of TCVN3 or VNI."""
    western = sum(1 for letter in letters if "\u00a1" <= letter <= "\u00ff")
    vietnamese = sum(1 for letter in letters if "\u1ea0" <= letter <= "\u1ef9" or letter in "ăđơưĂĐƠƯ")
    if western < 8 or vietnamese * 20 > western:
        return letters
    return likeliest([lambda: letters, lambda: from_tcvn3(letters), lambda: from_vni(letters)]) or letters
