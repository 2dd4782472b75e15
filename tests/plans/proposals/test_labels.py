"""By what name proposals are called: numbers of sections, letters where there are several, nothing twice."""

import pytest

from plans.models import Section
from plans.proposals.labels import Place, labels_of, letters, stems_of


def sections(*rows: tuple[str, str, int | None]) -> list[Section]:
    """(number, heading, the section above counted from 1) in the document's order."""
    return [
        Section(pk=pk, number=number, heading=heading, parent_id=above)
        for pk, (number, heading, above) in enumerate(rows, start=1)
    ]


RESOLUTION = sections(
    ("II", "Nhiệm vụ", None),
    ("5", "", 1),
    ("III", "Chỉ tiêu", None),
    ("1", "Cấp Đoàn Khối", 3),
    ("1.7", "", 4),
    ("2", "Cấp cơ sở", 3),
    ("2.1", "", 6),
    ("IV", "Biện pháp", None),
    ("2", "Phong trào", 8),
    ("2.1", "", 9),
    ("", "", 10),
    ("V", "Hoạt động", None),
    ("", "* Quý IV:", 12),
    ("1", "", 13),
)


@pytest.mark.parametrize(
    ("used", "stem"),
    [
        ({2}, "II.5"),
        ({5}, "1.7"),
        ({7}, "2.1"),
        ({11}, "IV.2.1"),
        ({14}, "Quý IV.1"),
        ({4}, "III.1"),
        ({None}, "CT"),
    ],
)
def test_a_stem_says_as_much_as_is_needed(used, stem):
    assert stems_of(RESOLUTION, used, loose="CT")[next(iter(used))] == stem


def test_a_number_that_stands_twice_tells_the_way_down():
    assert stems_of(RESOLUTION, {7, 10}, loose="CT") == {None: "CT", 7: "III.2.1", 10: "IV.2.1"}


def test_a_stem_leaves_room_for_letters():
    deep = sections(("Điều 1234567", "", None), ("1234567", "", 1), ("1234568", "", 2))
    assert stems_of(deep, {3}, loose="CT")[3] == "1234567.1234568"
    long = sections(("1.2345678901234567890", "", None))
    assert stems_of(long, {1}, loose="CT")[1] == "1.23456789012345"


def test_one_has_the_number_and_several_have_letters():
    stems = {None: "CT", 5: "1.7", 7: "2.1", 13: "Quý IV"}
    places = [Place(1, 5), Place(2, 7), Place(3, 7), Place(4, None), Place(5, None), Place(6, 13), Place(7, 13)]
    assert labels_of(places, stems) == {
        1: "1.7", 2: "2.1a", 3: "2.1b", 4: "CT 1", 5: "CT 2", 6: "Quý IV 1", 7: "Quý IV 2",
    }  # fmt: skip


def test_what_is_fixed_stays_and_nothing_is_given_twice():
    stems = {None: "CT", 5: "1.7"}
    places = [Place(1, 5), Place(2, 5, fixed="1.7a"), Place(3, 5, fixed="1.7"), Place(4, 5)]
    assert labels_of(places, stems, taken={"1.7d"}) == {1: "1.7b", 2: "1.7a", 3: "1.7", 4: "1.7e"}


@pytest.mark.parametrize(("number", "word"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (51, "az"), (52, "ba")])
def test_letters_go_on_after_z(number, word):
    assert letters(number) == word


def test_a_thousand_in_one_section_have_a_thousand_labels():
    labels = labels_of([Place(number, 5) for number in range(1000)], {None: "CT", 5: "1.7"})
    assert len(set(labels.values())) == 1000
    assert max(len(label) for label in labels.values()) <= 6
