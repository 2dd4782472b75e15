"""Figures that count nothing: dates, years, ordinals, numbers of laws, names in quotation marks, addresses, durations.

Tells them from counts by their neighbours only. Whether a count is a target is told elsewhere.
"""

import re
from collections.abc import Sequence

from plans.vietnamese.nouns import BODIES, PEOPLE, SLOGANS, THINGS, WORKS
from plans.vietnamese.phrases import Sort, Token, phrases

# A numeral behind these names something, whatever follows.
_NAMED = phrases(
    "thứ,lần thứ,điều,khoản,mục số,chương,phụ lục,biểu,biểu mẫu,mẫu số,công văn,quyết định,nghị quyết,chỉ thị,"
    "kết luận,thông tư,nghị định,luật,hướng dẫn,kế hoạch,đề án,chương trình,thông báo,quy định,ban chỉ đạo,"
    "covid,covid -,quốc lộ,ql,tỉnh lộ,tl,trung đoàn,tiểu đoàn,sư đoàn,lữ đoàn,nhiệm kỳ,giai đoạn,thế kỷ,"
    "phiên bản,version,iso,công nghiệp,cách mạng công nghiệp,thế hệ,hotline,điện thoại,đt,sđt,fax,tel,zalo,"
    "trang,tập số,bài số,quyển số,câu số,vùng,tập đoàn,đại đội,quân khu,binh đoàn,hải đoàn,windows,cấp,hạng,"
    "loại,nhóm,khối,khóa,khoá,lớp,bậc,vòng,bước,khu phố,tổ dân phố,khóm,phòng,lầu,tầng,quận,phường,thôn,ấp,tổ,"
    "đội,đợt,kỳ,học kỳ,cụm,câu lạc bộ,chi đoàn,xã,bàn,đường,lễ,tết,ngày,tháng,quý,năm,mùng,sáng,chiều,đêm,tối,"
    "lúc,hồi,vào lúc,tiêu chí,chỉ tiêu,nội dung,phần,mục,số,lần,giải,điểm,câu,bài,mẫu,tiêu chí số,dự án,chủ đề,"
    "tài khoản,stk,đài,kênh"
)
_RANKS = phrases("top,tốp")
# Of these, a numeral behind them still counts where a thing counted follows it: "mỗi quý 01 buổi", "thôn 05 bộ".
_NAMED_UNLESS_COUNTED = phrases(
    "cấp,hạng,loại,nhóm,khối,khóa,khoá,lớp,bậc,vòng,bước,khu phố,tổ dân phố,khóm,phòng,lầu,tầng,quận,phường,"
    "thôn,ấp,tổ,đội,đợt,kỳ,học kỳ,cụm,câu lạc bộ,chi đoàn,xã,bàn,đường,lễ,tết,quý,tuần,lần,giải,điểm,nội dung,"
    "phần,mục,bài,mẫu,câu,dự án,chỉ tiêu,tiêu chí,chương trình,kế hoạch,đề án,hướng dẫn,thông báo,hồi,vùng,"
    "trang,zalo,sáng,chiều,đêm,tối,tập đoàn,nhiệm kỳ,giai đoạn,quy định,ban chỉ đạo,biểu,kênh,chủ đề,tài khoản"
)
_NUMBER_OF_MANY = phrases("tổng số,trong số,trên số,các số")
_EACH = phrases("mỗi,từng,hàng,hằng,trong,ít nhất,toàn,các,01,1,một,mối,môi")
_BEFORE_A_YEAR = phrases(
    "năm,năm học,hè,xuân,đông,học,kỳ,giai đoạn,nhiệm kỳ,quý i,quý ii,quý iii,quý iv,tết,khóa,khoá,tháng,từ,đến,"
    "cuối,đầu,niên khóa,niên,luật,trung thu,quốc gia,toàn quốc,việt nam,giáp thìn,ất tỵ"
)
_BEFORE_A_DATE = phrases('ngày,dịp,mùng,từ,đến,trước,sau,và,lễ,-,",tháng,hết,sáng,chiều,tối,hôm,vào')
_LONGEST_COUNT = 6
_LAW = frozenset(
    [
        "qd",
        "nq",
        "kh",
        "ttg",
        "tw",
        "ct",
        "cv",
        "hd",
        "tb",
        "bc",
        "ctr",
        "kl",
        "ubnd",
        "nd",
        "tt",
        "ttlt",
        "tu",
        "hdnd",
        "cp",
        "twdtn",
        "dtn",
        "tdtn",
        "bch",
        "btv",
        "bct",
        "tle",
        "qdtw",
        "hdbt",
        "twh",
        "hlhtn",
        "bca",
        "bqp",
        "bgddt",
        "sgddt",
        "ctpn",
        "dh",
    ]
)
_DURATIONS = phrases("năm,tháng,tuần,giờ,phút,giây,tuổi,h,quý,thế kỷ,thập kỷ,niên kỷ,ngày,tiếng")
_COUNTED_TIME = phrases(
    "ngày hội,ngày chủ,ngày thứ,ngày cao điểm,ngày đoàn viên,ngày công,ngày ra quân,ngày tình nguyện,"
    "ngày lao động,ngày thanh niên,ngày chiến sĩ,ngày hoạt động,ngày vì,ngày cuối tuần,ngày đồng loạt,"
    "ngày sinh hoạt,ngày xanh,ngày vàng,ngày hiến máu,ngày tốt,tuần lễ,tuần cao điểm,giờ tình nguyện,"
    "giờ hoạt động,giờ cống hiến,giờ học,giờ dạy,tháng cao điểm"
)
_LONGEST_NAME = 160
_ADDRESS = re.compile(r"\S+")


def references_among(words: str, tokens: Sequence[Token]) -> set[int]:
    """Return the indices of numerals (and of all words in quotation marks) that count nothing. Linear.

    ``words`` are bare, ``tokens`` theirs.
    """
    found = _in_quotes(tokens) | _in_addresses(words, tokens)
    for index, token in enumerate(tokens):
        if token.sort is not Sort.NUMERAL or index in found:
            continue
        if _is_date(tokens, index, found) or _is_name(tokens, index) or is_duration(tokens, index):
            found.add(index)
    return found


def _is_date(tokens: Sequence[Token], index: int, found: set[int]) -> bool:
    """A numeral with a slash beside it, a year, or one joined to such ("ngày 02, 03/3", "tháng 5-6/2024")."""
    if _is_year(tokens, index) or (_beside(tokens, index, "/") and not is_fraction(tokens, index)):
        return True
    after, before = index + 1, index - 1
    if _text(tokens, after) in {"-", "den"} and _is_numeral(tokens, after + 1) and _beside(tokens, after + 1, "/"):
        return True
    listed = _text(tokens, before) in {"-", "den", ",", "va", "+"} and index - 2 in found
    if listed and _text(tokens, before) == "+":
        return True
    month_or_day = _text(tokens, index - 3) in {"thang", "ngay", "quy"} or index - 4 in found
    return listed and month_or_day and not _is_counted(tokens, after)


def is_fraction(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "30/36 chi đoàn" begins here: so many of so many. A time's words before it make it a date."""
    if _text(tokens, index + 1) != "/" or not _is_numeral(tokens, index + 2) or _text(tokens, index - 1) == "/":
        return False
    part, whole = tokens[index].text, tokens[index + 2].text
    is_part = part.isdigit() and whole.isdigit() and len(whole) <= _LONGEST_COUNT and int(part) <= int(whole)
    is_of_units = any(names.at(tokens, index + 3) for names in (BODIES, PEOPLE))
    return is_part and is_of_units and not _BEFORE_A_DATE.before(tokens, index)


def _is_year(tokens: Sequence[Token], index: int) -> bool:
    text = tokens[index].text
    if len(text) != 4 or not text.isdigit() or not "1900" <= text <= "2100":
        return False
    beside = {_text(tokens, index - 1), _text(tokens, index + 1)}
    joined = (_text(tokens, index + 1) == "-" and _is_plain_year(tokens, index + 2)) or (
        _text(tokens, index - 1) == "-" and _is_plain_year(tokens, index - 2)
    )
    return joined or "/" in beside or bool(_BEFORE_A_YEAR.before(tokens, index)) or not _is_counted(tokens, index + 1)


def _is_plain_year(tokens: Sequence[Token], index: int) -> bool:
    text = _text(tokens, index)
    return len(text) == 4 and text.isdigit() and "1900" <= text <= "2100"


def _is_name(tokens: Sequence[Token], index: int) -> bool:
    """An ordinal, the number of a law, a slogan, part of a code."""
    before = index - 1
    if _is_code(tokens, index) or _is_slogan(tokens, index) or _RANKS.before(tokens, index):
        return True
    length = _NAMED.before(tokens, index)
    if not length:
        return False
    if _text(tokens, before) == "so" and _NUMBER_OF_MANY.before(tokens, index):
        return False
    if _text(tokens, before) in {"nam", "thang", "ngay", "quy", "tuan"} and _EACH.before(tokens, before):
        return not _is_counted(tokens, index + 1)
    if _EACH.before(tokens, index - length) and _is_counted(tokens, index + 1):
        return False
    return not (_NAMED_UNLESS_COUNTED.before(tokens, index) == length and _is_counted(tokens, index + 1))


def _is_code(tokens: Sequence[Token], index: int) -> bool:
    """ "35-NQ/TW", "311/QĐ", "K12", "77b", "1 + 1", "24/7": stuck to letters or to a sign that does not count."""
    token, after = tokens[index], index + 1
    following, before = _text(tokens, after), _text(tokens, index - 1)
    if following in {"-", "/", "–"} and (
        _text(tokens, index + 2) in _LAW or _text(tokens, index + 2)[:3] in {"qd", "nq"}
    ):
        return True
    if "+" in {following, before} and not _is_counted(tokens, after):
        return True
    if before and tokens[index - 1].sort is Sort.WORD and tokens[index - 1].end == token.start and len(before) <= 2:
        return True
    stuck = after < len(tokens) and tokens[after].start == token.end and tokens[after].sort is Sort.WORD
    return stuck and len(following) == 1 and following not in {"m", "l", "t"}


def _is_slogan(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    return len(token.text) == 1 and bool(SLOGANS.at(tokens, index + 1)) and not _is_counted(tokens, index + 1)


def is_duration(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a span of time follows the numeral: "6 tháng", not "04 ngày Chủ nhật xanh"."""
    return bool(_DURATIONS.at(tokens, index + 1)) and not _COUNTED_TIME.at(tokens, index + 1)


def _in_quotes(tokens: Sequence[Token]) -> set[int]:
    """What stands inside quotation marks. A mark without a partner nearby is damage and opens nothing."""
    found: set[int] = set()
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.text != '"':
            continue
        opens_here = (
            _touches(tokens, index) and tokens[index + 1].sort is not Sort.MARK and not _touches(tokens, index - 1)
        )
        near = opened is not None and token.start - tokens[opened].end <= _LONGEST_NAME
        if opened is not None and near and not opens_here:
            found.update(range(opened + 1, index))
            opened = None
        else:
            opened = index if opens_here or not _touches(tokens, index - 1) else None
    return found


def _touches(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether no blank parts the token from the next one."""
    return 0 <= index < len(tokens) - 1 and tokens[index].end == tokens[index + 1].start


def _in_addresses(words: str, tokens: Sequence[Token]) -> set[int]:
    """Numerals inside an address of the web or of mail."""
    spans = [
        match.span()
        for match in _ADDRESS.finditer(words)
        if "://" in match.group() or "@" in match.group() or match.group().startswith("www.")
    ]
    found, at = set(), 0
    for index, token in enumerate(tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start:
            found.add(index)
    return found


def _is_counted(tokens: Sequence[Token], index: int) -> bool:
    return any(names.at(tokens, index) for names in (WORKS, THINGS, PEOPLE, BODIES))


def _is_numeral(tokens: Sequence[Token], index: int) -> bool:
    return 0 <= index < len(tokens) and tokens[index].sort is Sort.NUMERAL


def _beside(tokens: Sequence[Token], index: int, mark: str) -> bool:
    """Tell whether the mark joins this numeral to another numeral."""
    return (_text(tokens, index + 1) == mark and _is_numeral(tokens, index + 2)) or (
        _text(tokens, index - 1) == mark and _is_numeral(tokens, index - 2)
    )


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""
