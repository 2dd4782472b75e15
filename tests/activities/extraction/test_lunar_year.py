"""The lunar new year: days that are facts, and words that speak of it."""

from datetime import date

import pytest

from activities.extraction.lunar_year import NEW_YEARS, name_of, new_year_in
from plans.vietnamese.letters import bare

from .making import HEAD, SCHOOL_HEAD, reading_of


def test_a_year_of_the_table_begins_a_whole_number_of_moons_after_another():
    assert sorted(NEW_YEARS) == list(range(2015, 2036))
    first = NEW_YEARS[2015]
    for day in NEW_YEARS.values():
        moons = (day - first).days / 29.530588
        assert abs(moons - round(moons)) < 0.05, day
        assert date(day.year, 1, 21) <= day <= date(day.year, 2, 20)


@pytest.mark.parametrize(("year", "name"), [(2015, "Ất Mùi"), (2020, "Canh Tý"), (2024, "Giáp Thìn"), (2025, "Ất Tỵ")])
def test_years_have_names(year, name):
    assert name_of(year) == name


@pytest.mark.parametrize(
    ("words", "year", "day"),
    [
        ("Chăm lo Tết cho công nhân nhân dịp Tết Giáp Thìn 2024", 2024, date(2024, 2, 10)),
        ("Dịp Tết Nguyên đán Giáp Thìn năm 2024", None, date(2024, 2, 10)),
        ("Tết Nguyên đán (Ất Tỵ) - 2025", 2024, date(2025, 1, 29)),
        ("Mừng Xuân Quý Mão", 2023, date(2023, 1, 22)),
        ("Chuẩn bị đón Tết Nguyên đán Ất Tỵ", 2024, date(2025, 1, 29)),
        ("Vui Tết cổ truyền", 2030, date(2030, 2, 2)),
        ("Tết Nguyên đán", None, None),
        ("Tết Nguyên đán", 2040, None),
        ("Tết Giáp Thìn 2023", 2024, None),
        ("Tết Giáp Thìn", 2021, None),
        ("Phát động Tết trồng cây năm 2024", 2024, None),
        ("Tết Trung thu 2023", 2024, None),
        ("Tết Quân - Dân", 2024, None),
    ],
)
def test_words_that_speak_of_the_new_year(words, year, day):
    assert new_year_in(bare(words), year=year) == day


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (HEAD, "Mùng Một Tết Giáp Thìn là ngày 10/2/2024."),
        (SCHOOL_HEAD, "Mùng Một Tết Ất Tỵ là ngày 29/1/2025."),
    ],
)
def test_an_activity_at_the_new_year_gets_no_days_and_a_word_on_it(head, told):
    items = ("Hội xuân dịp Tết Nguyên đán.", "Hội thi ca khúc.", "Hội trại (tháng 6).", "Hội nghị tổng kết (tháng 5).")
    lines = "".join(f"{number}. {item}\n" for number, item in enumerate(items, start=1))
    _, reading = reading_of(f"V. CÁC HOẠT ĐỘNG LỚN\n{lines}", head=head)
    untimed = [row for row in reading.proposals if not row.windows]
    says = [[doubt.says for doubt in row.doubts if doubt.code == "no_time"] for row in untimed]
    alone = "Văn bản không ghi thời gian của hoạt động này."
    assert says == [[f"{alone} {told}"], [alone]]
