"""Files as organisations have them, made as small as they can be: a DOCX by hand, a PDF by its own library."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = f"""<w:styles {_WORD}>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style></w:styles>"""
_NUMBERING = f"""<w:numbering {_WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""


def _relations(**targets: str) -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def paragraph(text: str, style: str = "", item: bool = False, run: str = "") -> str:
    """A paragraph of a Word document; `run` is what its characters are set to."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Iterable[str]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*body: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word document, with other files in it if wanted."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(officeDocument="word/document.xml"),
        "word/document.xml": f"<w:document {_WORD}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/_rels/document.xml.rels": _relations(styles="styles.xml", numbering="numbering.xml"),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        files: dict[str, str | bytes] = {**parts, **(extra or {})}
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def line(text: str, size: int = 11, down: int = 13, font: str = "Plain") -> tuple[str, int, int]:
    """A line of a PDF: what draws it, and how far below the last it stands."""
    return f"/{font} {size} Tf 1 0 0 1 72 {{y}} Tm ({text}) Tj", size, down


def pdf(*pages: Iterable[tuple[str, int, int]], password: str = "") -> bytes:
    """A PDF of some pages, locked if a password is given."""
    writer = PdfWriter()
    fonts = DictionaryObject(
        {
            NameObject("/Plain"): _font(writer, "/Helvetica"),
            NameObject("/Bold"): _font(writer, "/Helvetica-Bold"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        y, drawn = 740, ["BT"]
        for drawing, _, down in lines:
            y -= down
            drawn.append(drawing.format(y=y))
        stream = StreamObject()
        stream.set_data("\n".join([*drawn, "ET"]).encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _font(writer: PdfWriter, name: str) -> NameObject:
    font = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": name, "Encoding": "/WinAnsiEncoding"}
    entries = {NameObject(f"/{key}"): NameObject(value) for key, value in font.items()}
    reference: NameObject = writer._add_object(DictionaryObject(entries))  # type: ignore[assignment]
    return reference


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
