"""`manage.py render_document` for the kinds beside periodic reports; of those tells test_copies."""

import pytest
from django.core.management import CommandError, call_command

from reports.documents.models import OfficialDocument
from tests.reports.documents.kinds import ASKS, autumn, hand_down, made, plan_of


@pytest.fixture
def plan(province):
    plan = plan_of(province.bloc_union)
    hand_down(plan.targets.get(code="1.1"), {province.justice: 5}, province.bloc_union)
    autumn(province.bloc_union)
    return plan


def told(**changes):
    return [part for name, value in changes.items() for part in (f"--{name}", str(value))]


def test_the_command_writes_every_kind_and_keeps_nothing(plan, tmp_path, capsys):
    for options in (
        {"kind": "plan", "plan": plan.pk},
        {"kind": "allocation", "plan": plan.pk},
        {"kind": "allocation", "plan": plan.pk, "unit": "QNA-KCQ", "about": "QNA-KCQ-003"},
        {"kind": "calendar", "unit": "QNA-KCQ", "span": "2024-Q4"},
    ):
        for ending, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
            path = tmp_path / f"paper.{ending}"
            call_command("render_document", *told(**options, format=ending, out=path), "--force")
            assert path.read_bytes().startswith(start)
    assert not OfficialDocument.objects.exists()


def test_the_command_writes_what_the_register_keeps(plan, officer, tmp_path):
    for kind, options in (("plan", {"plan": plan.pk}), ("calendar", {"unit": "QNA-KCQ", "span": "2024-Q4"})):
        path = tmp_path / f"{kind}.pdf"
        call_command("render_document", *told(kind=kind, **options, format="pdf", out=path))
        assert path.read_bytes() == made(ASKS[kind](officer, plan)).file.content.open("rb").read()


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        ({"kind": "plan"}, "A document of kind plan needs --plan.", 2),
        ({"kind": "plan", "plan": 10**6}, "There is no plan 1000000.", 2),
        ({"kind": "plan", "plan": 1, "span": "2024"}, "--span says nothing to a document of kind plan.", 2),
        ({"kind": "plan", "plan": 1, "basis": "official"}, "--basis says nothing to a document of kind plan.", 2),
        ({"kind": "allocation"}, "A document of kind allocation needs --plan.", 2),
        ({"kind": "calendar", "unit": "QNA-KCQ"}, "A document of kind calendar needs --span.", 2),
        ({"kind": "calendar", "unit": "QNA-KCQ", "span": "2024-10"},
         "A document of kind calendar is of one quarter, not of 2024-10.", 2),
        ({"kind": "calendar", "unit": "QNA-KCQ", "span": "2023-Q1"},
         "Chưa có hoạt động nào trong quý I năm 2023, nên chưa lập được lịch hoạt động.", 1),
        ({"kind": "scorecard", "unit": "QNA-KCQ", "span": "2024-09"}, "A document of kind scorecard needs --about.", 2),
        ({"kind": "scorecard", "about": "TW", "span": "2024-09"},
         "Nobody stands above this unit who would give it a scorecard.", 2),
        ({"kind": "scorecard", "about": "QNA-KCQ-003", "span": "2024-Q3"},
         "A document of kind scorecard is of one month, not of 2024-Q3.", 2),
        ({"kind": "scorecard", "about": "QNA-KCQ-003", "span": "2024-09", "format": "xlsx"},
         "A document of kind scorecard has no xlsx.", 2),
        ({"kind": "scorecard", "about": "QNA-KCQ-003", "span": "2024-09"},
         "Chưa mở kỳ báo cáo tháng 9/2024, nên chưa lập được phiếu đánh giá.", 1),
        ({"kind": "reminder", "unit": "QNA-KCQ", "span": "2024-09"},
         "Không còn đơn vị trực thuộc nào chậm gửi báo cáo tháng 9/2024.", 1),
        ({"kind": "reminder", "unit": "QNA-XYZ", "span": "2024-09"}, "There is no unit with the code QNA-XYZ.", 2),
        ({"kind": "monthly", "unit": "QNA-KCQ", "span": "2024-09", "plan": 1},
         "--plan says nothing to a document of kind monthly.", 2),
    ],
)  # fmt: skip
def test_the_command_refuses_in_one_sentence(options, words, code, province, tmp_path):
    path = tmp_path / "paper"
    with pytest.raises(CommandError) as refused:
        call_command("render_document", *told(**({"format": "pdf", "out": path} | options)))
    assert (str(refused.value), refused.value.returncode) == (words, code)
    assert not path.exists()


def test_the_command_hands_down_only_to_a_unit_beneath(plan, tmp_path):
    path = tmp_path / "paper.pdf"
    with pytest.raises(CommandError) as refused:
        call_command("render_document", *told(kind="allocation", plan=plan.pk, about="KGI", format="pdf", out=path))
    assert (
        str(refused.value)
        == "Tỉnh đoàn Kiên Giang không còn là đơn vị trực thuộc Đoàn Khối các cơ quan tỉnh Quảng Nam."
    )
    assert refused.value.returncode == 1
