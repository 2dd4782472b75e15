"""From the paper's elements to Word's: which style each has, and where pages and sections begin."""

from collections.abc import Iterator

from .tree import Node, Run, lines_of
from .word_styles import PLAIN_TABLE, RULED_TABLE
from .wordml import (
    BOARD,
    UPRIGHT,
    WIDE,
    Cell,
    Paper,
    Paragraph,
    Row,
    empty_paragraph,
    paragraph,
    section,
    table,
    twips,
)

HEAD_LEFT, HEAD_LEFT_NARROW, FOOT_LEFT = 78.0, 54.0, 76.0
# Of a calendar: the bodies, and the Union's name, on both sides of the title.
TOP_LEFT, TOP_RIGHT, BOARD_FOOT_LEFT = 80.0, 88.0, 170.0

# Class of a paragraph, in the order of asking.
STYLES = {
    "superior": "Superior",
    "issuer": "Issuer",
    "union": "Union",
    "dated": "Dated",
    "about": "About",
    "type": "TypeName",
    "based": "Dated",
    "body": "BodyText",
    "addressed": "Addressed",
    "wanting": "Wanting",
    "what": "AnnexTitle",
    "with": "AnnexWith",
    "note": "Note",
    "caption": "Caption",
    "label": "RecipientsLabel",
    "code": "ProofCode",
    "name": "SignerName",
}
PARTS = {"doc-title": "Summary", "figure": "DrawingInWords"}
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2"}
# The same within an annex: its number, its parts.
ANNEX_HEADINGS = {"h2": "AnnexNumber", "h3": "Heading3"}


class Blocks:
    """Writes the body part by part; a section ends where the next part needs the sheet turned."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._sheet = UPRIGHT
        self.sheets: list[Paper] = []  # of each section

    def body(self, page: Node) -> str:
        if "board" in page.css:
            self._sheet = BOARD
        for element in page.elements:
            if element.tag == "main" or "annex" in element.css:
                self._add(element, "Note" if self._sheet == BOARD else "BodyText")
        self._parts.append(self._section())
        return "".join(self._parts)

    def _section(self) -> str:
        self.sheets.append(self._sheet)
        return section(self._sheet, first=len(self.sheets) == 1)

    def _add(self, node: Node, style: str, *, keep: bool = False) -> None:
        """One element; `style` is that of paragraphs in it without a class of their own, `keep` holds it together."""
        if "key" in node.css:
            return
        if node.tag == "section" and "annex" in node.css:
            self._annex(node)
        elif "letterhead" in node.css:
            self._letterhead(node)
        elif "top" in node.css:
            self._top(node)
        elif "foot" in node.css:
            self._foot(node)
        elif node.tag == "table":
            self._parts.append(_data_table(node, self._sheet, keep=keep))
            self._parts.append(empty_paragraph("AfterTable"))
        elif node.tag in ("p", "svg", *HEADINGS):
            self._parts.append(_paragraph(node, style, keep_next=keep))
        else:
            self._inside(node, style)

    def _inside(self, node: Node, style: str) -> None:
        style = next((PARTS[css] for css in PARTS if css in node.css), style)
        for child in node.elements:
            self._add(child, style, keep=bool(node.css & {"whole", "closing"}))
        if "doc-title" in node.css:
            self._parts.append(empty_paragraph("SummaryRule"))

    def _annex(self, node: Node) -> None:
        sheet = WIDE if "wide" in node.css else UPRIGHT
        if sheet != self._sheet:
            self._parts.append(empty_paragraph("AfterTable", self._section()))
            self._sheet = sheet
            new_page = False
        else:
            new_page = True
        for child in node.elements:
            if "annex-title" in child.css:
                for line in child.elements:
                    self._parts.append(_paragraph(line, "AnnexTitle", annex=True, new_page=new_page))
                    new_page = False
            else:
                self._annex_part(child)

    def _annex_part(self, node: Node) -> None:
        if node.tag == "h3":
            self._parts.append(_paragraph(node, "", annex=True))
        elif node.tag == "div" and "key" not in node.css:
            starts_page = "part" in node.css
            for child in node.elements:
                if child.tag == "h3":
                    self._parts.append(_paragraph(child, "", annex=True, new_page=starts_page))
                else:
                    self._add(child, "Note", keep="whole" in node.css)
        else:
            self._add(node, "Note")

    def _letterhead(self, node: Node) -> None:
        left = HEAD_LEFT_NARROW if "wide-date" in node.css else HEAD_LEFT
        cells = [_layout_cell(cell, "HeadLine") for row in node.elements for cell in row.elements]
        rows = [Row(cells=cells)]
        self._parts.append(table(PLAIN_TABLE, (left, self._sheet.measure - left), rows))
        self._parts.append(empty_paragraph("AfterTable"))

    def _top(self, node: Node) -> None:
        """The head of a calendar, in three columns."""
        cells = [_layout_cell(cell, "HeadLine") for cell in node.elements]
        widths = (TOP_LEFT, self._sheet.measure - TOP_LEFT - TOP_RIGHT, TOP_RIGHT)
        self._parts.append(table(PLAIN_TABLE, widths, [Row(cells=cells)]))
        self._parts.append(empty_paragraph("AfterTable"))

    def _foot(self, node: Node) -> None:
        left, right = node.elements
        cells = [_layout_cell(left, "Recipients"), _layout_cell(right, "Signature")]
        width = BOARD_FOOT_LEFT if self._sheet == BOARD else FOOT_LEFT
        self._parts.append(table(PLAIN_TABLE, (width, self._sheet.measure - width), [Row(cells=cells)]))


def header(marks: list[str], note: str, *, measure: float) -> str:
    """The head of every page: what a copy is not, then the marks of state, left and right of the measure in mm."""
    parts = [paragraph(Paragraph(style="Header", lines=[[Run(note)]]))] if note else []
    if any(marks):
        runs = "<w:r><w:tab/></w:r>".join(_boxed(mark) for mark in marks)
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(measure)}"/></w:tabs>'
        parts.append(f'<w:p><w:pPr><w:pStyle w:val="Marks"/>{stop}</w:pPr>{runs}</w:p>')
    return "".join(parts) or empty_paragraph("Header")


def page_number() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field}</w:p>'


def _boxed(mark: str) -> str:
    box = '<w:bdr w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
    return f'<w:r><w:rPr>{box}</w:rPr><w:t xml:space="preserve">{mark}</w:t></w:r>' if mark else ""


def _paragraph(node: Node, style: str, *, annex: bool = False, new_page: bool = False, keep_next: bool = False) -> str:
    """A heading, a paragraph, or a drawing in its words; a drawing without words is nothing."""
    if node.tag == "svg":
        node = Node("p", children=[node])
    lines = lines_of(node)
    if node.children and isinstance(node.children[0], Node) and node.children[0].tag == "svg" and not any(lines):
        return ""
    headings = HEADINGS | ANNEX_HEADINGS if annex else HEADINGS
    own = headings.get(node.tag) or next((STYLES[css] for css in STYLES if css in node.css), style)
    return paragraph(Paragraph(style=own, lines=lines, new_page=new_page, keep_next=keep_next))


def _layout_cell(node: Node, style: str) -> Cell:
    return Cell(content="".join(_paragraphs_in(node, style)), top=True)


def _paragraphs_in(node: Node, style: str) -> Iterator[str]:
    for child in node.elements:
        if child.tag == "p" or child.tag in HEADINGS:
            yield _paragraph(child, style)
        elif child.tag != "svg" and "room" not in child.css:
            yield from _paragraphs_in(child, "Proof" if "proof" in child.css else style)


def _data_table(node: Node, sheet: Paper, *, keep: bool) -> str:
    widths = [_millimetres(column) for column in node.walk() if column.tag == "col"]
    scale = sheet.measure / sum(widths)
    lines = [
        (row, part.tag == "thead") for part in node.elements if part.tag in ("thead", "tbody") for row in part.elements
    ]
    rows = []
    for position, (line, is_head) in enumerate(lines):
        after = lines[position + 1][0].css if position + 1 < len(lines) else None
        held = after is not None and (keep or is_head or "group" in line.css or bool(after & {"sum", "total"}))
        rows.append(Row(cells=[_data_cell(cell, line, node, is_head, held) for cell in line.elements], is_head=is_head))
    caption = node.first("caption")
    above = paragraph(Paragraph(style="Caption", lines=lines_of(caption))) if caption else ""
    return above + table(RULED_TABLE, [width * scale for width in widths], rows)


def _data_cell(cell: Node, row: Node, of: Node, is_head: bool, held: bool) -> Cell:
    align = "right" if "n" in cell.css else "center" if "c" in cell.css else ""
    said = Paragraph(
        style=_cell_style(row, of, is_head),
        lines=lines_of(cell),
        align=align,
        bold=bool(row.css & {"group", "sum", "total"}),
        keep_next=held,
    )
    return Cell(
        content=paragraph(said),
        columns=int(cell.attributes.get("colspan", 1)),
        rows=int(cell.attributes.get("rowspan", 1)),
        shaded="group" in row.css,
        tight=is_head and bool(of.css & {"byunit", "narrow"}),
        ruled="total" in row.css,
    )


def _cell_style(row: Node, of: Node, is_head: bool) -> str:
    if is_head:
        return (
            "TableColumns" if "cols" in row.css else "TableHeadSmall" if of.css & {"byunit", "narrow"} else "TableHead"
        )
    return "TableCellSmall" if of.css & {"small", "bars"} else "TableCell"


def _millimetres(column: Node) -> float:
    return float(column.attributes["style"].removeprefix("width:").removesuffix("mm"))
