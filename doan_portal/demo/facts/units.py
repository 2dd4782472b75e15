"""The bodies of the demonstration: the centre, two provinces, a union of agencies and its blocs.

Institutions are named generically by what a province has. Headcounts are made up. The one
reorganisation is made up too: on 2024-05-01 the branch of the public administration centre gives
way to that of its successor institution, in the same bloc.
"""

from datetime import date

from doan_portal.demo.facts.shapes import BlocFact, UnitFact

STANDING_SINCE = date(2020, 1, 1)
HEADCOUNT_ON = date(2024, 1, 1)
REORGANISED_ON = date(2024, 5, 1)

CENTRE = "TW"
QNA = "QNA"
KCQ = "QNA-KCQ"
KGI = "KGI"
PREDECESSOR = "QNA-KCQ-016"
SUCCESSOR = "QNA-KCQ-061"

# The centre and the provinces are asked nothing by the two plans, hence owe no monthly report.
UPPER_BODIES = (
    UnitFact(
        code=CENTRE,
        name="Trung ương Đoàn TNCS Hồ Chí Minh",
        short_name="Trung ương Đoàn",
        level="central",
        kind="central",
        parent=None,
        opened_on=STANDING_SINCE,
        is_reporting=False,
        paper_name="BAN CHẤP HÀNH TRUNG ƯƠNG",
        place_of_issue="Hà Nội",
        symbol_suffix="TWĐTN",
    ),
    UnitFact(
        code=QNA,
        name="Tỉnh đoàn Quảng Nam",
        short_name="Tỉnh đoàn Quảng Nam",
        level="province",
        kind="province_union",
        parent=CENTRE,
        opened_on=STANDING_SINCE,
        is_reporting=False,
        paper_name="BCH ĐOÀN TỈNH QUẢNG NAM",
        place_of_issue="Quảng Nam",
        symbol_suffix="TĐTN",
    ),
    UnitFact(
        code=KCQ,
        name="Đoàn Khối các cơ quan tỉnh Quảng Nam",
        short_name="Đoàn Khối các cơ quan",
        level="district",
        kind="bloc_union",
        parent=QNA,
        opened_on=STANDING_SINCE,
        paper_name="BCH ĐOÀN KHỐI CÁC CƠ QUAN",
        superior_paper_name="TỈNH ĐOÀN QUẢNG NAM",
        place_of_issue="Quảng Nam",
        symbol_suffix="ĐTN",
    ),
    UnitFact(
        code=KGI,
        name="Tỉnh đoàn Kiên Giang",
        short_name="Tỉnh đoàn Kiên Giang",
        level="province",
        kind="province_union",
        parent=CENTRE,
        opened_on=STANDING_SINCE,
        is_reporting=False,
        paper_name="BCH ĐOÀN TỈNH KIÊN GIANG",
        place_of_issue="Kiên Giang",
        symbol_suffix="TĐTN",
    ),
)


def _grassroots(number: int, bloc: int, kind: str, institution: str, members: int) -> UnitFact:
    """A unit directly under the union of agencies, named after its institution."""
    if institution.startswith("Trường"):
        name = f"Đoàn {institution}"
    elif kind == "grassroots_union":
        name = f"Đoàn cơ sở {institution}"
    else:
        name = f"Chi đoàn {institution}"
    code = f"{KCQ}-{number:03d}"
    return UnitFact(
        code=code,
        name=name,
        short_name=institution,
        level="grassroots",
        kind=kind,
        parent=KCQ,
        bloc=bloc,
        members=members,
        opened_on=REORGANISED_ON if code == SUCCESSOR else STANDING_SINCE,
        closed_on=REORGANISED_ON if code == PREDECESSOR else None,
        successor=SUCCESSOR if code == PREDECESSOR else None,
    )


def _union(number: int, bloc: int, institution: str, members: int) -> UnitFact:
    return _grassroots(number, bloc, "grassroots_union", institution, members)


def _branch(number: int, bloc: int, institution: str, members: int) -> UnitFact:
    return _grassroots(number, bloc, "grassroots_branch", institution, members)


GRASSROOTS = (
    _branch(1, 1, "Văn phòng Tỉnh ủy", 28),
    _branch(2, 1, "Ban Tổ chức Tỉnh ủy", 14),
    _branch(3, 1, "Ban Tuyên giáo Tỉnh ủy", 12),
    _branch(4, 1, "Ban Dân vận Tỉnh ủy", 9),
    _branch(5, 1, "Ủy ban Kiểm tra Tỉnh ủy", 11),
    _branch(6, 1, "Ủy ban Mặt trận Tổ quốc tỉnh", 13),
    _branch(7, 1, "Hội Liên hiệp Phụ nữ tỉnh", 10),
    _branch(8, 1, "Liên đoàn Lao động tỉnh", 15),
    _union(9, 1, "Trường Chính trị tỉnh", 38),
    _branch(10, 2, "Văn phòng Ủy ban nhân dân tỉnh", 35),
    _branch(11, 2, "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", 16),
    _branch(12, 2, "Sở Kế hoạch và Đầu tư", 33),
    _branch(13, 2, "Sở Tài chính", 36),
    _branch(14, 2, "Sở Ngoại vụ", 12),
    _branch(15, 2, "Ban Dân tộc tỉnh", 11),
    _branch(16, 2, "Trung tâm Hành chính công tỉnh", 40),
    _union(17, 2, "Sở Nội vụ", 34),
    _branch(18, 3, "Sở Tư pháp", 40),
    _union(19, 3, "Tòa án nhân dân tỉnh", 48),
    _union(20, 3, "Viện kiểm sát nhân dân tỉnh", 42),
    _branch(21, 3, "Cục Thi hành án dân sự tỉnh", 24),
    _branch(22, 3, "Thanh tra tỉnh", 18),
    _branch(23, 3, "Ban Nội chính Tỉnh ủy", 10),
    _branch(24, 3, "Trung tâm Trợ giúp pháp lý nhà nước", 14),
    _branch(25, 3, "Phòng Công chứng số 1", 9),
    _union(26, 4, "Sở Văn hóa, Thể thao và Du lịch", 78),
    _union(27, 4, "Sở Lao động - Thương binh và Xã hội", 64),
    _union(28, 4, "Đài Phát thanh - Truyền hình tỉnh", 58),
    _branch(29, 4, "Sở Thông tin và Truyền thông", 32),
    _branch(30, 4, "Báo tỉnh", 26),
    _branch(31, 4, "Thư viện tỉnh", 12),
    _branch(32, 4, "Bảo tàng tỉnh", 15),
    _branch(33, 4, "Trung tâm Văn hóa tỉnh", 22),
    _branch(34, 4, "Trung tâm Công tác xã hội tỉnh", 19),
    _union(35, 5, "Sở Nông nghiệp và Phát triển nông thôn", 46),
    _union(36, 5, "Sở Giao thông vận tải", 55),
    _union(37, 5, "Sở Tài nguyên và Môi trường", 110),
    _union(38, 5, "Chi cục Kiểm lâm", 72),
    _branch(39, 5, "Sở Công Thương", 32),
    _branch(40, 5, "Sở Xây dựng", 30),
    _branch(41, 5, "Sở Khoa học và Công nghệ", 27),
    _branch(42, 5, "Ban Quản lý các khu kinh tế và khu công nghiệp", 34),
    _branch(43, 5, "Ban Quản lý dự án đầu tư xây dựng tỉnh", 38),
    _branch(44, 5, "Trung tâm Khuyến nông tỉnh", 18),
    _union(45, 6, "Trường Cao đẳng Y tế Quảng Nam", 152),
    _union(46, 6, "Trường Cao đẳng Quảng Nam", 260),
    _union(47, 6, "Bệnh viện Đa khoa tỉnh", 60),
    _union(48, 6, "Bệnh viện Phụ sản - Nhi tỉnh", 124),
    _union(49, 6, "Bệnh viện Y học cổ truyền tỉnh", 61),
    _union(50, 6, "Trung tâm Kiểm soát bệnh tật tỉnh", 66),
    _branch(51, 6, "Sở Giáo dục và Đào tạo", 24),
    _branch(52, 6, "Sở Y tế", 26),
    _union(53, 7, "Cục Thuế tỉnh", 38),
    _union(54, 7, "Cục Hải quan tỉnh", 70),
    _union(55, 7, "Kho bạc Nhà nước tỉnh", 52),
    _union(56, 7, "Bưu điện tỉnh", 90),
    _union(57, 7, "Viễn thông tỉnh", 75),
    _branch(58, 7, "Bảo hiểm xã hội tỉnh", 44),
    _branch(59, 7, "Cục Thống kê tỉnh", 20),
    _branch(60, 7, "Ngân hàng Nhà nước chi nhánh tỉnh", 18),
    _branch(61, 2, "Trung tâm Phục vụ hành chính công tỉnh", 38),
)

BRANCH_NAMES: dict[str, tuple[tuple[str, int], ...]] = {
    "QNA-KCQ-017": (("Văn phòng Sở Nội vụ", 15), ("Chi cục Văn thư - Lưu trữ", 13)),
    "QNA-KCQ-035": (
        ("Chi cục Thủy lợi", 16),
        ("Chi cục Chăn nuôi và Thú y", 21),
        ("Chi cục Trồng trọt và Bảo vệ thực vật", 24),
        ("Trung tâm Nước sạch nông thôn", 17),
    ),
    "QNA-KCQ-045": (("Giảng viên trẻ", 28), ("Khoa Điều dưỡng", 46), ("Khoa Dược", 34)),
    "QNA-KCQ-047": (
        ("Khối Nội", 44),
        ("Khối Ngoại", 41),
        ("Khối Cận lâm sàng", 36),
        ("Khối Hành chính", 29),
    ),
    "QNA-KCQ-053": (("Khối Thanh tra - Kiểm tra thuế", 25), ("Khối Nghiệp vụ thuế", 22)),
}

BRANCHES = tuple(
    UnitFact(
        code=f"{union}-{order:02d}",
        name=f"Chi đoàn {part}",
        short_name=part,
        level="branch",
        kind="branch",
        parent=union,
        members=members,
        opened_on=STANDING_SINCE,
    )
    for union, parts in BRANCH_NAMES.items()
    for order, (part, members) in enumerate(parts, start=1)
)


def _bloc(number: int, subject: str, head: int, deputy: int) -> BlocFact:
    return BlocFact(
        number=number,
        name=f"Khối thi đua số {number} – {subject}",
        parent=KCQ,
        head=f"{KCQ}-{head:03d}",
        deputy=f"{KCQ}-{deputy:03d}",
    )


BLOCS = (
    _bloc(1, "Đảng, đoàn thể", 1, 9),
    _bloc(2, "Tổng hợp", 17, 10),
    _bloc(3, "Nội chính", 19, 18),
    _bloc(4, "Văn hóa, xã hội", 26, 28),
    _bloc(5, "Kinh tế", 37, 35),
    _bloc(6, "Giáo dục, y tế", 45, 47),
    _bloc(7, "Cơ quan ngành dọc", 53, 55),
)


def _of_kien_giang(code: str, name: str, short_name: str, kind: str, members: int) -> UnitFact:
    return UnitFact(
        code=f"{KGI}-{code}",
        name=name,
        short_name=short_name,
        level="district",
        kind=kind,
        parent=KGI,
        members=members,
        opened_on=STANDING_SINCE,
    )


def _city(code: str, place: str, members: int) -> UnitFact:
    return _of_kien_giang(code, f"Thành đoàn {place}", place, "district_union", members)


def _district(code: str, place: str, members: int) -> UnitFact:
    return _of_kien_giang(code, f"Huyện đoàn {place}", place, "district_union", members)


def _attached(code: str, name: str, short_name: str, members: int) -> UnitFact:
    return _of_kien_giang(code, name, short_name, "attached_union", members)


KGI_DISTRICTS = (
    _city("RACHGIA", "Rạch Giá", 5240),
    _city("HATIEN", "Hà Tiên", 1680),
    _city("PHUQUOC", "Phú Quốc", 3150),
    _district("ANBIEN", "An Biên", 2360),
    _district("ANMINH", "An Minh", 2280),
    _district("CHAUTHANH", "Châu Thành", 3020),
    _district("GIANGTHANH", "Giang Thành", 980),
    _district("GIONGRIENG", "Giồng Riềng", 3870),
    _district("GOQUAO", "Gò Quao", 2740),
    _district("HONDAT", "Hòn Đất", 3190),
    _district("KIENHAI", "Kiên Hải", 540),
    _district("KIENLUONG", "Kiên Lương", 1720),
    _district("TANHIEP", "Tân Hiệp", 2930),
    _district("UMINHTHUONG", "U Minh Thượng", 1410),
    _district("VINHTHUAN", "Vĩnh Thuận", 1890),
)

KGI_ATTACHED = (
    _attached("KHOICQDN", "Đoàn Khối các cơ quan và doanh nghiệp tỉnh Kiên Giang", "Đoàn Khối CQ và DN", 2460),
    _attached("CONGAN", "Đoàn Thanh niên Công an tỉnh Kiên Giang", "Công an tỉnh", 1350),
    _attached("QUANSU", "Đoàn Thanh niên Quân sự tỉnh Kiên Giang", "Quân sự tỉnh", 820),
    _attached("BIENPHONG", "Đoàn Thanh niên Bộ đội Biên phòng tỉnh Kiên Giang", "Biên phòng tỉnh", 760),
    _attached("DAIHOC", "Đoàn Trường Đại học Kiên Giang", "Đại học Kiên Giang", 4180),
    _attached("CAODANG", "Đoàn Trường Cao đẳng Kiên Giang", "Cao đẳng Kiên Giang", 1930),
)

# Parents before children: the loader may create them in this order.
UNITS = UPPER_BODIES + GRASSROOTS + BRANCHES + KGI_DISTRICTS + KGI_ATTACHED
