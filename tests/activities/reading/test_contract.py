"""A reading as JSON: exactly the fields of the contract, and every place leads to its words."""

import json
from datetime import date
from decimal import Decimal

import pytest

from activities.extraction import ActivityReading, ProposedActivity
from activities.reading import as_json, read_text
from activities.reading.assembly import Reading
from plans.duties import Duty
from plans.outline.shapes import Contradiction, Doubt, Head, Nature, Outline, Section
from plans.vietnamese.times import Span
from targets.extraction import Figure, Known, ProposedTarget, TargetReading

TEXT = "I. CHỈ TIÊU\nTrồng từ 70,5 cây trước 15/10. Lễ ra quân Tháng 3. Báo cáo trước 20/12."
PLACES = {"sections", "targets", "activities", "deadlines", "contradictions"}


def place(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def reading(**changes):
    target = ProposedTarget(
        **place("Trồng từ 70,5 cây trước 15/10"),
        section=0,
        figure=Figure("range", Decimal("70.5"), Decimal("80.0"), "cây"),
        name="Cây trồng",
        indicator=changes.get("indicator"),
        indicator_name=changes.get("indicator_name", ""),
        measure="cây",
        kind="amount",
        over_time="sum",
        carried_by="pooled",
        carrier_kinds=(),
        minimum=Decimal("70.5"),
        maximum=None,
        required_share=None,
        due_on=date(2024, 10, 15),
        starts_on=None,
        phases=(),
        restates=None,
        doubts=(Doubt("rounded", "Số lẻ."),),
    )
    activity = ProposedActivity(
        **place("Lễ ra quân Tháng 3"),
        time=(TEXT.index("Tháng 3"), TEXT.index("Tháng 3") + 7),
        windows=(Span(date(2024, 3, 1), date(2024, 3, 31), "month"),),
        tentative=True,
        scope="issuer",
        repeats=1,
        name="Lễ ra quân",
        section=None,
    )
    clash = Contradiction("two_dates", "70,5", **place("70,5"), says="Hai ngày.")
    section = Section("I", "CHỈ TIÊU", 0, len(TEXT), 12, 1, None, "I", Nature.TARGETS)
    outline = Outline(TEXT, Head(issuer="BCH", dated=date(2024, 1, 2)), (), (section,), (clash,))
    due = [
        Duty(**place("Báo cáo trước 20/12"), due_on=date(2024, 12, 20)),
        Duty(**place("Báo cáo"), due_on=None, recurring="monthly:20"),
    ]
    return Reading(
        outline=outline,
        targets=TargetReading((target,), (clash,)),
        activities=ActivityReading((activity,), (Contradiction("wrong_year", "Lễ", **place("Lễ"), says="Sai năm."),)),
        duties=tuple(due),
    )


def test_every_field_of_the_contract():
    assert as_json(reading()) == {
        "text": TEXT,
        "head": {
            "issuer": "BCH", "superior": "", "number": "", "place": "", "dated": "2024-01-02", "kind": "", "title": "",
            "starts_on": None, "ends_on": None, "recipients": [], "signer": "",
        },
        "sections": [{"number": "I", "heading": "CHỈ TIÊU", "start": 0, "end": len(TEXT)}],
        "targets": [
            {
                "quote": "Trồng từ 70,5 cây trước 15/10", **place("Trồng từ 70,5 cây trước 15/10"), "section": 0,
                "figure": {"comparator": "range", "low": 70.5, "high": 80, "unit": "cây", "population": ""},
                "indicator": None, "kind": "amount", "carried_by": "pooled", "minimum": 70.5, "maximum": None,
                "required_share": None, "due_on": "2024-10-15", "doubts": [{"code": "rounded", "says": "Số lẻ."}],
            }
        ],
        "activities": [
            {
                "quote": "Lễ ra quân Tháng 3", **place("Lễ ra quân Tháng 3"), "time_quote": "Tháng 3",
                "windows": [{"starts_on": "2024-03-01", "ends_on": "2024-03-31", "precision": "month"}],
                "tentative": True, "scope": "issuer", "section": None, "doubts": [],
            }
        ],
        "deadlines": [
            {"quote": "Báo cáo trước 20/12", **place("Báo cáo trước 20/12"), "due_on": "2024-12-20"},
            {"quote": "Báo cáo", **place("Báo cáo"), "recurring": "monthly:20"},
        ],
        "contradictions": [
            {"kind": "two_dates", "quote": "70,5", **place("70,5"), "says": "Hai ngày."},
            {"kind": "wrong_year", "quote": "Lễ", **place("Lễ"), "says": "Sai năm."},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "name", "shown"),
    [
        (Known(3, "Cây xanh trồng mới", "cây", "amount"), "cây", "Cây xanh trồng mới"),
        (None, "Cây", "Cây"),
        (None, "", None),
    ],
)
def test_the_indicator_is_the_catalogue_s_where_there_is_one(indicator, name, shown):
    (target,) = as_json(reading(indicator=indicator, indicator_name=name))["targets"]
    assert target["indicator"] == shown


DOCUMENT = """ĐOÀN TNCS HỒ CHÍ MINH
BCH ĐOÀN HUYỆN NÚI THÀNH
Số: 12-KH/ĐTN
Núi Thành, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Công tác Đoàn và phong trào thanh thiếu nhi năm 2024

I. CHỈ TIÊU
1. Trồng mới ít nhất 2.000 cây xanh; vận động 150 - 200 đơn vị máu.
2. 100% chi đoàn có công trình thanh niên, hoàn thành trước ngày 15/10/2024.
II. HOẠT ĐỘNG
- Lễ ra quân Tháng Thanh niên (dự kiến tháng 3/2024).
Stt\tTên hoạt động\tThời gian
1.\tHội trại truyền thống\tTháng 03
III. TỔ CHỨC THỰC HIỆN
Các cơ sở Đoàn báo cáo kết quả về Huyện đoàn trước ngày 25/11/2024.
"""


def test_places_lead_to_their_words_and_the_whole_is_json():
    answer = json.loads(json.dumps(as_json(read_text(DOCUMENT))))
    assert set(answer) == {"text", "head", *PLACES}
    assert answer["text"] == DOCUMENT
    for sort in PLACES - {"sections"}:
        for item in answer[sort]:
            assert answer["text"][item["start"] : item["end"]] == item["quote"] != ""
    bounds = [(one["figure"]["low"], one["figure"]["high"], one["figure"]["unit"]) for one in answer["targets"]]
    assert bounds[:2] == [(2000, None, "cây xanh"), (150, 200, "đơn vị máu")]
    assert bounds[2][:2] == (100, 100)
    assert [one["windows"][0]["starts_on"] for one in answer["activities"]] == ["2024-03-01", "2024-03-01"]
    assert [one["due_on"] for one in answer["deadlines"]] == ["2024-11-25"]
    assert read_text(DOCUMENT) == read_text(DOCUMENT)
