"""DOCX -> blocks, by way of the HTML that mammoth makes of it. Only the XML inside is looked at: no picture is unpacked."""

import io
import zipfile
from xml.etree import ElementTree as ET

import mammoth

from app.ingestion.formats.blocks import Block, Limits, Unreadable
from app.ingestion.formats.html import read_html

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name^='Contents '] => !
"""


def read_docx(data: bytes, limits: Limits) -> tuple[Block, ...]:
    """The text of a Word document in its order, without what Word hides, deletions and comments.

    Raises:
        Unreadable: it is no DOCX, is protected, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, limits)
    except zipfile.BadZipFile:
        raise Unreadable(
            "is no DOCX, or is damaged or locked with a password; save it in Word as .docx without one"
        ) from None
    if not any(name.startswith("word/") for name in parts):
        raise Unreadable("is a ZIP file but no Word document; save it in Word as .docx")
    made = mammoth.convert_to_html(
        _packed(parts),
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=lambda _: [],
    )
    return read_html(made.value)


def _parts(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    """The XML in the archive by name. Its sizes are checked before a byte is unpacked, and zipfile holds it to them."""
    files = archive.infolist()
    written = [file for file in files if file.filename.endswith((".xml", ".rels"))]
    if sum(file.file_size for file in files) > limits.unpacked:
        raise Unreadable(
            f"unpacks to more than {limits.unpacked // 10**6} MB; split it, or leave out pictures"
        )
    if sum(file.file_size for file in written) > limits.xml:
        raise Unreadable("holds too much text for a page; split it")
    if any(file.flag_bits & 1 for file in written):
        raise Unreadable("is locked with a password; save it without one")
    return {file.filename: _seen(archive.read(file)) for file in written}


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def _seen(data: bytes) -> bytes:
    """A part without the runs of text that Word does not show, which mammoth would."""
    if b"vanish" not in data:
        return data
    root = ET.fromstring(data)  # noqa: S314 - expat refuses entities that grow
    for parent in list(root.iter()):
        for run in parent.findall(f"{_WORD}r"):
            if _is_hidden(run):
                parent.remove(run)
    seen: bytes = ET.tostring(root, "utf-8")
    return seen


def _is_hidden(run: ET.Element) -> bool:
    mark = run.find(f"{_WORD}rPr/{_WORD}vanish")
    return mark is not None and mark.get(f"{_WORD}val", "1").lower() not in _OFF
