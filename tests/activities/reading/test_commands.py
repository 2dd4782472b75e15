"""The two commands: what they print, what they refuse, and that they ask no database. No test here may use one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[3]
PLAN = """BCH ĐOÀN TỈNH
Số: 12-KH/ĐTN
Huế, ngày 05 tháng 01 năm 2024
KẾ HOẠCH
Công tác Đoàn năm 2024
I. CHỈ TIÊU
1. Trồng mới ít nhất 2.000 cây xanh.
2. Vận động 150 đơn vị máu.
II. LỊCH HOẠT ĐỘNG
Stt\tTên hoạt động\tThời gian
1.\tHội trại truyền thống\tTháng 03
2.\tHội thi Tin học trẻ\tTháng 05
"""
LABELS = {
    "doc": "kh-001",
    "targets": [
        {"quote": "Trồng mới ít nhất 2.000 cây xanh", "low": 2000, "high": None, "unit": "cây xanh"},
        {"quote": "Vận động 150 đơn vị máu", "low": 151, "high": 151, "unit": "đơn vị máu"},
    ],
    "activities": [
        {"quote": "Hội trại truyền thống", "start": "2024-03-01", "end": "2024-03-31"},
        {"quote": "Hội thi Tin học trẻ", "start": "2024-05-01", "end": "2024-05-31"},
    ],
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "labels").mkdir()
    (tmp_path / "001_kehoach.txt").write_text(PLAN)
    (tmp_path / "labels" / "kh-001.json").write_text(json.dumps(LABELS))
    return tmp_path


def test_read_document_prints_one_json_object(folder, capsys):
    call_command("read_document", folder / "001_kehoach.txt")
    answer = json.loads(capsys.readouterr().out)
    assert answer["text"] == PLAN
    assert [target["figure"]["low"] for target in answer["targets"]] == [2000, 150]
    assert [activity["time_quote"] for activity in answer["activities"]] == ["Tháng 03", "Tháng 05"]
    assert sorted(path.name for path in folder.iterdir()) == ["001_kehoach.txt", "labels"]


def test_read_document_refuses_in_a_sentence(tmp_path):
    (tmp_path / "anh.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with override("vi"), pytest.raises(CommandError) as refused:
        call_command("read_document", tmp_path / "anh.docx")
    assert str(refused.value) == (
        "anh.docx: Đây không phải là tệp văn bản, dù tên tệp ghi thế nào. Hãy chọn tệp .docx, .pdf, .txt hoặc .md."
    )
    with pytest.raises(CommandError, match=r"không có|No such file"):
        call_command("read_document", tmp_path / "nothing.docx")


def test_evaluate_reading_prints_a_table(folder, capsys):
    call_command("evaluate_reading", folder)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[1:] == [
        ["001_kehoach.txt", "targets", "2", "2", "1", "0.500", "0.500", "0.500", "1.000", "0"],
        ["activities", "2", "2", "2", "1.000", "1.000", "1.000"],
        ["all", "(1)", "targets", "2", "2", "1", "0.500", "0.500", "0.500", "1.000", "0"],
        ["activities", "2", "2", "2", "1.000", "1.000", "1.000"],
    ]


def test_evaluate_reading_as_json(folder, capsys):
    call_command("evaluate_reading", folder, "--json")
    answer = json.loads(capsys.readouterr().out)
    targets = {
        "matched": 1, "missed": 1, "wrong": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5,
        "units_agreed": 1.0, "traps": 0,
    }  # fmt: skip
    activities = {"matched": 2, "missed": 0, "wrong": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert answer == {
        "documents": [{"name": "001_kehoach.txt", "targets": targets, "activities": activities}],
        "all": {"targets": targets, "activities": activities},
    }


def test_evaluate_reading_shows_what_was_missed_with_its_words(folder, capsys):
    call_command("evaluate_reading", folder, "--show-misses")
    lines = capsys.readouterr().out.splitlines()
    at = PLAN.index("Vận động 150")
    assert f"missed target: 151 đơn vị máu @{at} “Vận động 150 đơn vị máu”" in lines
    assert any(line.startswith("wrong target: 150 đơn vị máu @") and "Vận động 150" in line for line in lines)


def test_in_a_document_that_is_refused_everything_is_missed(folder, capsys):
    (folder / "001_kehoach.txt").write_bytes(b"\x00\x01")
    call_command("evaluate_reading", folder, "--json")
    printed = capsys.readouterr()
    figures = json.loads(printed.out)["all"]
    assert [(figures[sort]["matched"], figures[sort]["missed"]) for sort in ("targets", "activities")] == [
        (0, 2),
        (0, 2),
    ]
    assert printed.err.startswith("001_kehoach.txt: ")


def test_evaluate_reading_refuses_a_folder_without_labels(tmp_path):
    with pytest.raises(CommandError, match="There are no labels"):
        call_command("evaluate_reading", tmp_path)


@pytest.mark.parametrize("command", [["read_document", "001_kehoach.txt"], ["evaluate_reading", "."]])
def test_the_commands_run_where_no_database_is(folder, command):
    nowhere = {**os.environ, "DEBUG": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        cwd=folder,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "001_kehoach.txt" in done.stdout or json.loads(done.stdout)["text"] == PLAN


def test_a_refused_file_gives_exit_code_1_and_nothing_on_standard_output(folder):
    (folder / "x.pdf").write_bytes(b"%PDF-1.7 broken")
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "read_document", "x.pdf"],
        cwd=folder, env={**os.environ, "DEBUG": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "x.pdf: Tệp bị hỏng, không đọc được." in done.stderr
