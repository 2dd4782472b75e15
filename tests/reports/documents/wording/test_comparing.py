"""What became of each paragraph from one version to the next."""

from reports.documents.wording.comparing import changes_between
from reports.documents.wording.parts import Part

PARTS = (Part("strengths", "II", "1. Ưu điểm"), Part("causes", "II", "3. Nguyên nhân"))


def told(before, after):
    return [
        (row.part.key, row.unchanged, [(str(p.change), p.before, p.after) for p in row.shown])
        for row in changes_between(PARTS, before, after)
    ]


def test_a_paragraph_that_is_partly_new_is_one_that_changed():
    before, after = "Hiến được 120 đơn vị máu trong quý.", "Hiến được 150 đơn vị máu trong quý."
    [change] = changes_between(PARTS, {"strengths": ("A.", before)}, {"strengths": ("A.", after)})
    [row] = change.shown
    assert (change.unchanged, row.is_changed) == (1, True)
    assert [(str(piece.change), piece.words) for piece in row.pieces] == [
        ("same", "Hiến được"),
        ("removed", "120"),
        ("added", "150"),
        ("same", "đơn vị máu trong quý."),
    ]


def test_a_paragraph_that_is_wholly_new_is_one_that_went_and_one_that_came():
    assert told({"strengths": ("Máu đủ.",)}, {"strengths": ("Trồng nhiều cây xanh ven đường.",)}) == [
        ("strengths", 0, [("removed", "Máu đủ.", ""), ("added", "", "Trồng nhiều cây xanh ven đường.")])
    ]


def test_paragraphs_that_came_and_went_beside_others_that_stay():
    before, after = {"strengths": ("Một.", "Hai.", "Ba.")}, {"strengths": ("Một.", "Ba.", "Bốn.")}
    assert told(before, after) == [("strengths", 2, [("removed", "Hai.", ""), ("added", "", "Bốn.")])]


def test_a_part_that_is_as_before_is_left_out_and_one_that_is_new_is_told_whole():
    before, after = {"strengths": ("Một.",)}, {"strengths": ("Một.",), "causes": ("Thiếu người.",)}
    assert told(before, after) == [("causes", 0, [("added", "", "Thiếu người.")])]
