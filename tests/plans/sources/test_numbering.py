"""Numbers that Word draws by itself, worked out anew from their definitions."""

import pytest

from plans.sources.opening import open_source
from tests.plans.sources.samples import level, list_of, paragraph, word

DECIMAL = [level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3")]

GOES_ON = '<w:lvlRestart w:val="0"/>'


def numbered(places, numbering):
    """The labels of paragraphs on these levels, each with the word "x"."""
    blocks = [paragraph("x", number=place if isinstance(place, tuple) else (1, place)) for place in places]
    return [line.removesuffix("x").strip() for line in open_source(word(*blocks, numbering=numbering)).text.split("\n")]


@pytest.mark.parametrize(
    ("places", "numbering", "labels"),
    [
        ([0, 0, 0], list_of(*DECIMAL), ["1.", "2.", "3."]),
        ([0, 1, 1, 0, 1], list_of(*DECIMAL), ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([0, 1, 2, 2, 1, 2], list_of(*DECIMAL), ["1.", "1.1.", "1.1.1", "1.1.2", "1.2.", "1.2.1"]),
        ([1, 0, 1], list_of(*DECIMAL), ["1.1.", "1.", "1.1."]),
        ([0, 0], list_of(level(0, "%1.", start=5)), ["5.", "6."]),
        ([0] * 4, list_of(level(0, "%1.", "upperRoman")), ["I.", "II.", "III.", "IV."]),
        ([0], list_of(level(0, "%1)", "lowerRoman", start=1999)), ["mcmxcix)"]),
        ([0, 0], list_of(level(0, "%1)", "lowerLetter", start=26)), ["z)", "aa)"]),
        ([0], list_of(level(0, "%1)", "upperLetter", start=3)), ["C)"]),
        ([0], list_of(level(0, "%1", "decimalZero", start=9)), ["09"]),
        ([0], list_of(level(0, "Điều %1:")), ["Điều 1:"]),
        ([0], list_of(level(0, "Chương", "none")), ["Chương"]),
        ([0, 1], list_of(level(0, "%1.", "upperRoman"), level(1, "%1.%2")), ["I.", "I.1"]),
        ([0, 1], list_of(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")), ["I.", "1.1"]),
        ([0, 1, 0, 1], list_of(level(0, "%1."), level(1, "%2)", more=GOES_ON)), ["1.", "1)", "2.", "2)"]),
        ([0, 1, 2], list_of(*(level(depth, "\uf0b7", "bullet") for depth in range(3))), ["-", "+", "+"]),
        ([0, 1], list_of(level(0, "+", "bullet"), level(1, "-", "bullet")), ["+", "-"]),
        ([0], list_of(level(0, "%1.", start=2_000_000_000)), ["0."]),
        ([0], list_of(level(0, "%1.", "upperRoman", start=900_000_000)), ["900000000."]),
        ([5], list_of(level(0, "%1.")), [""]),
        ([(0, 0), (9, 0)], list_of(level(0, "%1.")), ["", ""]),
    ],
)  # fmt: skip
def test_labels(places, numbering, labels):
    assert numbered(places, numbering) == labels


def test_instances_count_on_unless_they_start_anew():
    instances = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    places = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    assert numbered(places, list_of(*DECIMAL, instances=instances)) == ["1.", "2.", "1.", "2.", "3."]


def test_an_instance_may_write_a_level_its_own_way():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "Phần %1", "upperRoman")}</w:lvlOverride>'
    instances = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}</w:num>'
    assert numbered([0, 0], list_of(*DECIMAL, instances=instances)) == ["Phần I", "Phần II"]


def test_the_blank_after_a_number_is_the_definition_s():
    glued = list_of(level(0, "%1.", more='<w:suff w:val="nothing"/>'))
    assert open_source(word(paragraph("Tổ chức", number=(1, 0)), numbering=glued)).text == "1.Tổ chức"


def test_an_empty_paragraph_counts_but_shows_nothing():
    blocks = [paragraph("một", number=(1, 0)), paragraph("", number=(1, 0)), paragraph("ba", number=(1, 0))]
    assert open_source(word(*blocks, numbering=list_of(*DECIMAL))).text == "1. một\n\n3. ba"


def test_numbers_through_styles():
    def build(document):
        document.add_paragraph("Một", style="List Number")
        document.add_paragraph("Hai", style="List Number")
        document.add_paragraph("gạch", style="List Bullet")

    assert open_source(word(build=build)).text == "1. Một\n2. Hai\n- gạch"


def test_a_definition_that_leads_back_to_itself_ends():
    circle = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="ListNumber"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    def build(document):
        style = document.styles["List Number"].element
        style.find(".//{*}numId").set(docx_value, "1")

    docx_value = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
    assert open_source(word(paragraph("x", number=(1, 0)), numbering=circle, build=build)).text == "x"
