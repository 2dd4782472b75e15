"""What a reader should look at twice, and what cannot be meant. The sentences are Vietnamese, as the documents are."""

from datetime import date

from plans.outline.shapes import Doubt
from plans.vietnamese.numbers import Number, Oddity

_ODD = {
    Oddity.OVER_RANGE: "“Trên” đi cùng một khoảng: không rõ là nhiều hơn hay nằm trong khoảng.",
    Oddity.AT_LEAST_RANGE: "“Ít nhất” đi cùng một khoảng: không rõ mức tối thiểu là số nào.",
    Oddity.AT_MOST_RANGE: "“Tối đa” đi cùng một khoảng: không rõ mức tối đa là số nào.",
    Oddity.REVERSED_RANGE: "Khoảng viết ngược: số sau nhỏ hơn số trước.",
}
NO_POPULATION = Doubt("no_population", "Không rõ tỷ lệ này tính trên đối tượng nào.")
OVER_HUNDRED = Doubt("over_hundred", "Tỷ lệ vượt quá 100%.")
BORROWED_UNIT = Doubt("borrowed_unit", "Con số đứng một mình, đơn vị tính lấy từ vế trước.")
UNLISTED_UNIT = Doubt("unlisted_unit", "Đơn vị tính ít gặp, cần kiểm tra lại.")
PER_PERSON = Doubt("per_person", "Chỉ tiêu giao cho từng người, cổng chỉ theo dõi theo đơn vị.")
OUTSIDE = Doubt("outside_targets", "Nằm ngoài phần chỉ tiêu của văn bản.")
UNKNOWN_CARRIERS = Doubt("unknown_carriers", "Chưa rõ loại hình đơn vị phải thực hiện.")
NO_TERM = Doubt("no_term", "Chưa rõ thời hạn của văn bản nên chưa nhân theo kỳ.")


def odd_bounds(number: Number) -> Doubt | None:
    """Return what is wrong with the bounds of a figure; null where they agree. Its code is the contradiction's kind."""
    return Doubt(number.oddity.value, _ODD[number.oddity]) if number.oddity else None


def due_too_early(due: date | None, dated: date | None) -> Doubt | None:
    """Return that a target is due before the document's own date; null where it is not."""
    if due is None or dated is None or due >= dated:
        return None
    says = f"Thời hạn {due:%-d/%-m/%Y} trước ngày ban hành văn bản {dated:%-d/%-m/%Y}."
    return Doubt("due_before_document", says)
