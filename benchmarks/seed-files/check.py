"""How much of the expected texts tesseract and pdftotext find in the files: one line a file, worst first.

apt-get install tesseract-ocr poppler-utils, then python benchmarks/seed-files/check.py
"""

import csv
import io
import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

import shop


def words(text: str) -> list[str]:
    return re.findall(r"[\w.,%'-]+", text)


def found(expected: str, text: str) -> float:
    left = words(text)
    hits = 0
    for word in words(expected):
        if word in left:
            left.remove(word)
            hits += 1
    return hits / max(1, len(words(expected)))


def ocr(image: Image.Image) -> str:
    out = io.BytesIO()
    ImageOps.exif_transpose(image).convert("RGB").save(out, "PNG")
    command = ["tesseract", "-", "-", "-l", "eng"]
    return subprocess.run(command, input=out.getvalue(), capture_output=True, check=True).stdout.decode()


def pages(path) -> str:
    with_text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    if with_text.strip():
        return with_text
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "150", "-png", path, folder + "/page"], capture_output=True, check=True)
        return "".join(ocr(Image.open(page)) for page in sorted(Path(folder).iterdir()))


def main():
    rows = []
    for row in csv.DictReader((shop.SEED / "inbox.csv").open(encoding="utf-8")):
        path = shop.SEED / "inbox" / row["path"]
        if row["kind"] == "image" and row["what"] != "broken":
            text = ocr(Image.open(path))
        elif row["kind"] == "pdf" and row["text"]:
            text = pages(path)
        else:
            continue
        expected = (shop.SEED / "inbox-text" / row["text"]).read_text(encoding="utf-8") if row["text"] else ""
        number = "-" if not row["order_id"] else "order" if row["order_id"] in text else "NO ORDER"
        rows.append((found(expected, text), row["what"], number, row["path"]))
    for share, what, number, path in sorted(rows):
        print(f"{share:6.1%} {what:10} {number:8} {path}")


if __name__ == "__main__":
    main()
