"""The words of calendars, bare: what is an event, who is told to do something, what a detail's label looks like."""

import re

_LONGEST_LABEL = 70


def _phrases(words: str) -> re.Pattern[str]:
    """Any of the phrases (one after another, "|" between them), as whole words."""
    options = sorted({phrase.strip() for phrase in words.split("|")}, key=len, reverse=True)
    any_of = "|".join(re.escape(option).replace(r"\ ", r"\s+") for option in options)
    return re.compile(rf"(?<![a-z])(?:{any_of})(?![a-z])")


_VERBS = (
    "to chuc|phat dong|ra quan|khai mac|be mac|khoi dong|trien khai|tham gia|huong ung|phoi hop|tham muu"
    "|khoi cong|khanh thanh|ban giao|tuyen duong|ton vinh|trao|so ket|tong ket|kiem tra|giam sat|ky niem|ky ket"
    "|cong bo|tap huan|boi duong|vieng|dang huong|tham"
)
_NOUNS = (
    "le|ngay hoi|ngay doan vien|ngay chu nhat xanh|hoi thi|hoi thao|hoi trai|hoi dien|hoi nghi|hoi cho|hoi khoe"
    "|cuoc thi|giai|giai dau|giai bong da|lien hoan|dien dan|toa dam|lop tap huan|chien dich|hanh trinh|dai hoi"
    "|gap mat|hop mat|doi thoai|hien mau|giao luu|trien lam|chung ket|so khao|san choi|trai he|tet trong cay"
    "|thap nen|ve nguon|tiep suc|xuan tinh nguyen|dem hoi|vui hoi|dem van nghe|talkshow|workshop"
    "|phien tru bi|phien chinh thuc|phien khai mac|phien be mac|phien hop|phien thu nhat|phien thu hai"
    "|sinh hoat chuyen de|thang thanh nien|thang cong nhan|thang hanh dong"
)
_FAINT = (
    "lop|chuong trinh|hoat dong|ngay|dot|tuan le|thang cao diem|tang|sinh hoat|trong cay|tet|vong|hop|kham|tu van"
    "|don|binh chon|thi|chao co|van nghe|the thao|ngoai khoa|trung thu|chao mung|dong loat|cao diem|giao ban|vui"
    "|ve sinh|hoc tap|quan triet|bieu dien|giai thuong|hoi thao khoa hoc|chuyen de|lao dong|tong ve sinh"
    "|tinh nguyen"
)

# One of these makes a clause with a time an activity.
EVENT = _phrases(f"{_VERBS}|{_NOUNS}|{_FAINT}")
_EVENT_NAME = _phrases(f"{_VERBS}|{_NOUNS}|sinh hoat|vong|hop|chuong trinh")
# Between two times, one of these tells that the second is another activity's.
OTHER_EVENT = _phrases(f"{_VERBS}|{_NOUNS}")
# A part of a list that begins so is an activity of its own.
OPENS_EVENT = _phrases(f"{_VERBS}|{_NOUNS}|chuong trinh|giao ban")
# Who is told to do what: no event, even in a calendar.
DUTY = _phrases(
    "co trach nhiem|chiu trach nhiem|de nghi cac|yeu cau cac|giao cho|can cu|tren day la|noi nhan|moi thong tin"
    "|lien he|kem theo|dinh kem|bao cao ket qua|gui bao cao|tong hop bao cao|kinh phi|nop bao cao|gui danh sach"
    "|gui ve"
)
# A clause that opens with a quota is a target, not an activity.
QUOTA = re.compile(r"\W*(?:\d{1,3}(?:[.,]\d+)?\s*%|(?:moi|phan dau|toi thieu|it nhat|chi tieu)\b)")
# "13 giờ 30: Tập trung": a point of a day's programme.
HOUR = re.compile(r"\W*(?:tu |luc |den )?\d{1,2}\s*(?:gio|h|g|:)\s*\d{0,2}")
PAST = _phrases(
    "da to chuc|da trien khai|da ban hanh|da phoi hop|da tham gia|da dien ra|vua qua|da hoan thanh|da dat"
    "|ket qua dat duoc|da chi dao"
)
# What is sent in by a day is a reporting duty (``plans.duties``), not an activity.
SENDING = _phrases(
    "bao cao|dang ky|gui ve|gui danh sach|gui ho so|nop|de cuong|tong hop so lieu|gui ket qua|gui bai|nhan bai"
    "|nhan ho so|thu bai"
)
# "riêng khối 10 hạn cuối là …" goes on with what is sent in.
DEADLINE = _phrases("han cuoi|han chot|han nop|thoi han nop|han cuoi cung")
# What an item without a time is no activity for: "Nộp hồ sơ dự thi".
HANDS_IN = re.compile(r"\W*(?:nop|gui)\b")
_REPORTING = re.compile(r"\bche do (?:thong tin[, ]*)?bao cao\b")
# Topics of plans' fixed parts: a heading of nothing but these carries no activity.
_TOPIC = _phrases(
    "muc dich|yeu cau|thoi gian|dia diem|doi tuong|thanh phan|noi dung|hinh thuc|to chuc thuc hien|chi tieu"
    "|chu de|kinh phi|khau hieu|phan cong|tien do|co cau|the le|so luong|nhiem vu|giai phap|quy mo|lo trinh"
    "|tien trinh|ke hoach"
)
_TOPIC_FILLERS = re.compile(
    r"[^a-z]+|\b(?:va|cac|cua|hoat dong|chuong trinh|thuc hien|to chuc|tham gia|tham du|chinh|cu the|trien khai"
    r"|y nghia)\b"
)
# The rounds of one contest: "vòng cơ sở trong tháng 5, chung kết ngày 20/6".
_STAGE = re.compile(
    r"[\s,;.)(+-]*(?:va )?(?:(?:thi )?vong(?: [a-z0-9]+){1,4}|so khao|so tuyen|ban ket|chung ket|chung khao|cham giai"
    r"|cap [a-z]+(?: [a-z]+)?|(?:dot|lan) \d)"
    r"(?: toan (?:tinh|quoc|doan))?[\s:(,]*"
)
_ROUND = re.compile(
    r"(?:vong (?:thi |so |ban |chung )?[a-z0-9]+|so khao|so tuyen|ban ket|chung ket|chung khao)\b[^:.;]{0,30}:"
)
_CONTEST = _phrases("hoi thi|cuoc thi|giai|lien hoan|hoi thao|hoi dien|san choi|hoi khoe|olympic|dau truong")
# "Trong tháng 3, cao điểm là ngày 26/3": the second time lies within the first.
PEAK = _phrases("cao diem|trong tam|trong do")
_NUMBER = r"\W*(?:[a-z0-9]{1,2}[.)/]\W*|(?:\d+\.)+\d*\W*)?"
_LABELS = (
    "thoi gian|thoi diem|dia diem|doi tuong|thanh phan|noi dung|so luong|chi tieu|kinh phi|don vi|hinh thuc"
    "|yeu cau|cach thuc|muc dich|chu de|phan cong|chu tri|phoi hop thuc hien|nguoi thuc hien|phu trach|quy mo"
    "|trang phuc|giai thuong|co cau|the le|ghi chu|dai bieu|luc luong"
)
_LABEL = re.compile(rf"{_NUMBER}(?:{_LABELS})\b[^:]{{0,40}}:")
_TIME_LABEL = re.compile(
    rf"{_NUMBER}(?:du kien )?(?:ve )?thoi (?:gian|diem)\b(?P<more>[^:.;]{{0,45}})"
    r"(?::|(?=\s+(?:tu|ngay|vao|du kien|trong|luc)\b))"
)
_SENDING_TIME = re.compile(r"\b(?:nop|gui|dang ky|nhan|bao cao|han)\b")
_BULLETS = "•●▪■◦○·➢➤✓✔→►❖♦◆\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076"
_OPENING = re.compile(
    rf"[\s*#_\\>|\-+{_BULLETS}]*"
    r"(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-z])\s?[.)/:]+-?(?!\d)\s*|\(\d{1,2}\)\s*)?"
    r"[\s*#_\\\-+•▪]*"
)


def opening(words: str) -> int:
    """Return where an item's own words begin, behind its number, dash and marks of emphasis."""
    found = _OPENING.match(words)
    return found.end() if found else 0


def time_label(words: str) -> int | None:
    """Return where the words behind "Thời gian:" begin; null for a line that is no such detail."""
    found = _TIME_LABEL.match(words)
    if found is None or _SENDING_TIME.search(found.group("more")):
        return None
    return found.end()


def is_detail(words: str) -> bool:
    """Whether a line is a detail of the item above it: "Địa điểm: …", "Thành phần: …"."""
    return bool(_LABEL.match(words[:_LONGEST_LABEL])) or time_label(words[:120]) is not None


def is_topic(words: str) -> bool:
    """Whether a heading is a fixed part of plans ("Thời gian, địa điểm", "Nội dung") or a detail, and no activity."""
    own = words[opening(words) :].strip(" .:*_#")
    if is_detail(words) or not own:
        return True
    if not _TOPIC.match(own):
        return False
    return len(_TOPIC_FILLERS.sub("", _TOPIC.sub("", own))) < 15


def sends(words: str, times: int) -> bool:
    """Whether a sentence is about sending something in; one with several times tells of more than that.

    What speaks of the order of reporting ("chế độ báo cáo") is about nothing else, however many days it names.
    """
    return bool(_REPORTING.search(words)) or (bool(SENDING.search(words)) and times < 2)


def is_stage(words: str) -> bool:
    """Whether words that lead up to a time are a round's name and no more: ", vòng chung khảo ", "; chung kết: "."""
    return bool(_STAGE.fullmatch(words))


def is_round(words: str) -> bool:
    """Whether a line is a round of the contest above it: "Vòng loại: …", "Chung kết: …"."""
    return bool(_ROUND.match(words, opening(words)))


def is_contest(words: str, at: int | None = None) -> bool:
    """Whether a heading, or what begins at ``at``, is the name of a contest, which has rounds: "1.3. Cuộc thi …"."""
    return bool(_CONTEST.match(words, opening(words) if at is None else at))


def names_an_event(words: str) -> bool:
    """Whether the words between "Thời gian:" and its time are an activity's: "Sinh hoạt hè tại khu dân cư"."""
    return bool(_EVENT_NAME.search(words)) and len(re.findall(r"[a-z]+", words)) >= 3
