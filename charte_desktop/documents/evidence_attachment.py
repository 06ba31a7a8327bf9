"""Attaching the machine-readable evidence to a finished PDF, and declaring the whole as PDF/A-3b."""

import json
import unicodedata
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from charte_desktop.documents.seal_signature import marks
from charte_desktop.documents.sealed_document import FORMAT
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf

_PRODUCER = "Charte Desktop"
_CONDITION = "sRGB IEC61966-2.1"
_DATE_IN_PROFILE = slice(24, 36)
_FIXED_DATE = bytes.fromhex("07ea00010001000000000000")
"""1 January 2026: lcms writes the moment of the call, and a document made twice must be the same."""


def attach_evidence(
    pdf: bytes,
    evidence: bytes,
    *,
    name: str = "preuve.json",
    title: str,
    author: str,
    subject: str,
    language: str = "fr-FR",
) -> bytes:
    """The PDF with `evidence` (JSON) attached as its data, declared as PDF/A-3b; to be done once, before sealing.

    Dates are those of the evidence (`signed_at`), and the same call gives the same bytes. Typefaces must be embedded
    already: nothing here can embed them. Refused: a PDF that is already signed or that cannot be read.
    """
    from pikepdf import ObjectStreamMode, PdfError
    from pikepdf import open as open_pdf

    at = _moment(evidence)
    if next(marks(pdf), None):
        raise UserError("Ce document est déjà scellé ou signé : une correction se fait dans une nouvelle version.")
    result = BytesIO()
    try:
        with open_pdf(BytesIO(pdf)) as document:
            if name in document.attachments:
                raise ValueError(f"{name} is attached already")
            _attach(document, evidence, name, at)
            _declare(document, title, author, subject, language, at)
            document.save(
                result,
                min_version="1.7",
                object_stream_mode=ObjectStreamMode.disable,  # a reader of bytes finds everything where it stands
                deterministic_id=True,
                linearize=False,
            )
    except PdfError as fault:
        raise UserError("Ce PDF ne se lit pas : la preuve n'y a pas été jointe. Refaites le document.") from fault
    return result.getvalue()


def _moment(evidence: bytes) -> datetime:
    said = json.loads(evidence)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f"evidence of another format than {FORMAT}")
    at = datetime.fromisoformat(said["signed_at"])
    if at.utcoffset() is None:
        raise ValueError(f"naive datetime: {at!r}")
    return at.replace(microsecond=0)


def _attach(document: "Pdf", evidence: bytes, name: str, at: datetime) -> None:
    from pikepdf import AttachedFileSpec, Name

    day = _pdf_date(at)
    attached = AttachedFileSpec(
        document,
        evidence,
        description="Preuve lisible par machine de ce document",
        filename=name,
        mime_type="application/json",
        relationship=Name.Data,
        creation_date=day,
        mod_date=day,
    )
    document.attachments[name] = attached  # this names it in the catalog's AF too


def _declare(document: "Pdf", title: str, author: str, subject: str, language: str, at: datetime) -> None:
    """Properties, the same in the information dictionary and in XMP; colours; language; the claim of PDF/A-3b."""
    from pikepdf import Array, Dictionary, Name, String

    title, author, subject = map(_plain, (title, author, subject))
    creator = _plain(str(document.docinfo.get("/Creator", _PRODUCER)))
    properties = {"Title": title, "Author": author, "Subject": subject, "Creator": creator, "Producer": _PRODUCER}
    day = _pdf_date(at)
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    for key, value in properties.items():
        document.docinfo[f"/{key}"] = String(value)
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = String(day)
    document.Root.Metadata = document.make_stream(
        _xmp(title, author, subject, creator, language, at), Type=Name.Metadata, Subtype=Name.XML
    )
    document.Root.Lang = String(language)
    document.Root.MarkInfo = document.Root.get("/MarkInfo", Dictionary(Marked=False))
    preferences = document.Root.get("/ViewerPreferences", Dictionary())
    preferences.DisplayDocTitle = True
    document.Root.ViewerPreferences = preferences
    document.Root.OutputIntents = Array([_srgb(document)])


def _srgb(document: "Pdf") -> "Dictionary":
    from pikepdf import Dictionary, Name, String

    profile = document.make_indirect(document.make_stream(_srgb_profile(), N=3, Alternate=Name.DeviceRGB))
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        Info=String(_CONDITION),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )


@cache
def _srgb_profile() -> bytes:
    from PIL.ImageCms import ImageCmsProfile, createProfile

    profile = bytearray(ImageCmsProfile(createProfile("sRGB")).tobytes())
    profile[_DATE_IN_PROFILE] = _FIXED_DATE
    return bytes(profile)


def _xmp(title: str, author: str, subject: str, creator: str, language: str, at: datetime) -> bytes:
    """The same properties in XMP, with the claim of PDF/A-3b."""
    one, two, three, tool, tongue = map(escape, (title, author, subject, creator, language))
    day = at.isoformat()
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{one}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{two}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{three}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{tongue}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{_PRODUCER}</pdf:Producer>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:MetadataDate>{day}</xmp:MetadataDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


def _plain(text: str) -> str:
    """On one line, and without what neither XML nor a title may hold."""
    return " ".join("".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text).split())


def _pdf_date(at: datetime) -> str:
    offset = at.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"D:{at:%Y%m%d%H%M%S}{sign}{minutes // 60:02d}'{minutes % 60:02d}'"
