"""The words of Vietnamese dates, bare: what months, weeks and parts of a month are called. Only lists; no rules."""

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
MONTH_WORDS = {"ba": 3, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
AFTER_TEN = {"mot": 11, "hai": 12}
WEEKDAY_WORDS = frozenset({"hai", "ba", "tu", "nam", "sau", "bay", "2", "3", "4", "5", "6", "7"})
HOUR_WORDS = frozenset({"gio", "h", "g"})
MINUTE_WORDS = frozenset({"phut", "p", "ph"})

# Days of a month, first and last (0: its last day), that a part of it means.
PARTS: dict[tuple[str, ...], tuple[int, int]] = {
    ("thuong", "tuan"): (1, 10),
    ("trung", "tuan"): (11, 20),
    ("ha", "tuan"): (21, 0),
    ("nua", "dau"): (1, 15),
    ("nua", "cuoi"): (16, 0),
    ("nua", "sau"): (16, 0),
    ("dau",): (1, 10),
    ("giua",): (11, 20),
    ("cuoi",): (21, 0),
    ("tuan", "dau"): (1, 7),
    ("tuan", "cuoi"): (22, 0),
}
WEEKS = {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 0)}
WEEK_WORDS = {"nhat": 1, "i": 1, "hai": 2, "ii": 2, "nhi": 2, "ba": 3, "iii": 3, "tu": 4, "iv": 4}
WHOLE_YEAR: tuple[tuple[str, ...], ...] = (
    ("cac", "thang", "trong", "nam"),
    ("ca", "nam"),
    ("trong", "nam"),
    ("quanh", "nam"),
    ("suot", "nam"),
    ("ca", "12", "thang"),
    ("thuong", "xuyen"),
    ("hang", "thang"),
    ("moi", "thang"),
    ("hang", "quy"),
    ("moi", "quy"),
    ("hang", "tuan"),
    ("hang", "nam"),
)
# What may stand before figures that are a date.
BEFORE_A_DATE = frozenset(
    ["ngay", "tu", "den", "va", "vao", "truoc", "sau", "sang", "chieu", "toi", "dip", "le", "nhat", "hai", "ba", "nam",
     "sau", "bay", "hoi", "luc", "kien", "dem", "cn"]
)  # fmt: skip
YEAR_OPENINGS = frozenset(words[0] for words in WHOLE_YEAR)
# What an atom can begin with, besides a number.
OPENINGS = YEAR_OPENINGS | {words[0] for words in PARTS} | {"ngay", "thang", "t", "nam", "tuan"}
OPENINGS |= {"quy", "quyi", "quyii", "quyiii", "quyiv"}
