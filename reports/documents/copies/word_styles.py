"""The styles of the Word file: those of the paper's style sheet, under names that an office can find in Word."""

from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from .wordml import twips

FACE = "Times New Roman"
LANGUAGE = "vi-VN"
KEPT = {"DefaultParagraphFont", "TableNormal", "NoList"}
# A line of this face is 1.15 times its size; the paper's style sheet counts from the size, Word from the line.
NATURAL_LINE = 1.15
INDENT = 12.7  # mm


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style: sizes in points, `line` as in the paper's style sheet, `indent` in millimetres."""

    key: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underlined: bool = False
    align: str = "left"
    indent: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.3
    keep_next: bool = False
    level: int | None = None  # in the outline, from 0
    extra: str = ""  # more of w:pPr, before its spacing


_BODY = Style(key="BodyText", name="Body Text", align="both", indent=INDENT, after=6)
_CENTRED = Style(key="", name="", align="center", line=1.2)
_CELL = Style(key="TableCell", name="Ô bảng", size=11.5, line=1.15)
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'

STYLES = (
    Style(key="Normal", name="Normal", line=1.15),
    Style(key="Header", name="header", size=10, italic=True, align="center", line=1.15),
    Style(key="Marks", name="Dấu trạng thái", size=12, bold=True, line=1.15),
    Style(key="Footer", name="footer", size=13, align="center", line=1.15),
    _BODY,
    replace(_BODY, key="Wanting", name="Chưa có nội dung", italic=True),
    replace(_BODY, key="Heading1", name="heading 1", bold=True, before=8, keep_next=True, level=0),
    replace(_BODY, key="Heading2", name="heading 2", bold=True, keep_next=True, level=1),
    Style(key="Heading3", name="heading 3", size=13, bold=True, before=10, after=4, keep_next=True, level=2),
    replace(_CENTRED, key="Superior", name="Cơ quan cấp trên", caps=True),
    replace(_CENTRED, key="Issuer", name="Cơ quan ban hành", bold=True, caps=True),
    replace(_CENTRED, key="Union", name="Tên Đoàn", size=15, bold=True, underlined=True),
    replace(_CENTRED, key="HeadLine", name="Số và ký hiệu"),
    replace(_CENTRED, key="Dated", name="Địa danh và ngày tháng", italic=True),
    replace(_CENTRED, key="TypeName", name="Loại văn bản", bold=True),
    replace(_CENTRED, key="About", name="Trích yếu công văn", size=12, before=2),
    replace(_CENTRED, key="Addressed", name="Kính gửi", before=20, after=14, line=1.3),
    replace(_CENTRED, key="Title", name="Title", size=16, bold=True, caps=True, before=16, after=2, keep_next=True),
    replace(_CENTRED, key="Summary", name="Trích yếu", bold=True, keep_next=True),
    replace(_CENTRED, key="SummaryRule", name="Gạch dưới trích yếu", size=4, after=13, extra=_RULE),
    Style(key="RecipientsLabel", name="Nơi nhận", size=12, bold=True, italic=True, line=1.2),
    Style(key="Recipients", name="Danh sách nơi nhận", size=12, line=1.2),
    Style(key="Proof", name="Tra cứu văn bản", size=9, before=2, line=1.25),
    Style(key="ProofCode", name="Mã tra cứu", size=11, bold=True, line=1.25),
    replace(_CENTRED, key="Signature", name="Chức vụ người ký", bold=True, line=1.25),
    replace(_CENTRED, key="SignerName", name="Họ tên người ký", bold=True, before=76.5),  # 27 mm to sign in
    replace(_CENTRED, key="AnnexNumber", name="Số phụ lục", bold=True, caps=True, keep_next=True, level=0),
    replace(_CENTRED, key="AnnexTitle", name="Tên phụ lục", bold=True, keep_next=True),
    replace(_CENTRED, key="AnnexWith", name="Kèm theo", size=13, italic=True, after=10, keep_next=True),
    replace(_CENTRED, key="Caption", name="caption", size=12, bold=True, before=4, after=3, keep_next=True),
    Style(key="DrawingInWords", name="Số liệu biểu đồ", size=12, align="both", after=6, line=1.2),
    Style(key="Note", name="Ghi chú", size=11, before=4, line=1.2),
    _CELL,
    replace(_CELL, key="TableCellSmall", name="Ô bảng nhỏ", size=10.5),
    replace(_CELL, key="TableHead", name="Đầu bảng", bold=True, align="center"),
    replace(_CELL, key="TableHeadSmall", name="Đầu bảng nhỏ", size=9.5, bold=True, align="center"),
    replace(_CELL, key="TableColumns", name="Số thứ tự cột", size=9, italic=True, align="center"),
    Style(key="AfterTable", name="Sau bảng", size=4, line=1.15),
)

PLAIN_TABLE, RULED_TABLE = "PlainTable", "RuledTable"
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULES = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
_TABLES = ((PLAIN_TABLE, "Bảng không kẻ", "", 0.0), (RULED_TABLE, "Bảng kẻ ô", _RULES, 0.8))


def dress(document: Document) -> None:
    """Put our styles in the place of the library's own, in Vietnamese (vi-VN)."""
    styles = document.styles.element
    for given in styles.findall(qn("w:style")):
        if given.get(qn("w:styleId")) not in KEPT:
            styles.remove(given)
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.replace(defaults, parse_xml(_defaults()))
    for style in STYLES:
        styles.append(parse_xml(_paragraph_style(style)))
    for key, name, rules, padding in _TABLES:
        styles.append(parse_xml(_table_style(key, name, rules, padding)))
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.attrib.clear()
        language.set(qn("w:val"), LANGUAGE)


def _face() -> str:
    return f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="{FACE}"/>'


def _defaults() -> str:
    language = f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    run = f'<w:rPr>{_face()}<w:sz w:val="28"/><w:szCs w:val="28"/>{language}</w:rPr>'
    return f"<w:docDefaults {nsdecls('w')}><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def _paragraph_style(style: Style) -> str:
    is_normal = style.key == "Normal"
    based = "" if is_normal else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if is_normal else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{default} w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph_look(style)}</w:pPr><w:rPr>{_letter_look(style)}</w:rPr></w:style>"
    )


def _paragraph_look(style: Style) -> str:
    line = round(240 * style.line / NATURAL_LINE)
    look = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    look += "<w:widowControl/>" + style.extra
    look += f'<w:spacing w:before="{_twentieths(style.before)}" w:after="{_twentieths(style.after)}" '
    look += f'w:line="{line}" w:lineRule="auto"/>'
    if style.key == "SummaryRule":  # 34 mm in the middle of the measure
        look += f'<w:ind w:left="{twips(63)}" w:right="{twips(63)}"/>'
    elif style.indent:
        look += f'<w:ind w:firstLine="{twips(style.indent)}"/>'
    look += f'<w:jc w:val="{style.align}"/>'
    return look + (f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "")


def _letter_look(style: Style) -> str:
    half_points = round(style.size * 2)
    look = _face()
    look += "<w:b/>" if style.bold else ""
    look += "<w:i/>" if style.italic else ""
    look += "<w:caps/>" if style.caps else ""
    look += f'<w:color w:val="000000"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return look + ('<w:u w:val="single"/>' if style.underlined else "")


def _table_style(key: str, name: str, rules: str, padding: float) -> str:
    # Schema order: top, left, bottom, right.
    room = {"top": padding / 3, "left": padding, "bottom": padding / 3, "right": padding}
    margins = "".join(f'<w:{side} w:w="{twips(length)}" w:type="dxa"/>' for side, length in room.items())
    borders = f"<w:tblBorders>{rules}</w:tblBorders>" if rules else ""
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>'
    )


def _twentieths(points: float) -> int:
    return round(points * 20)
