"""Makes apps/shop/seed/inbox, its expected texts, and inbox.csv, which says what each file is.

Run it on Debian:
    apt-get install espeak-ng lame fonts-dejavu fonts-liberation postgresql-client
    pip install -r benchmarks/seed-files/requirements.txt
    createdb empty && PGDATABASE=empty python benchmarks/seed-files/make.py
The database stays empty: the seed is loaded to read the orders, and rolled back. Pictures, PDFs, mails and notes come
out byte for byte; what is spoken does with the same espeak-ng (1.51) and lame (3.100).
"""

import csv
import hashlib
import shutil
from pathlib import Path

import others
import shop
import tickets

FOLDER = shop.SEED / "inbox"
TEXTS = shop.SEED / "inbox-text"
HEADER = ("path", "sha256", "kind", "ticket_id", "order_id", "text", "broken", "what")


class Inbox:
    """Where the files go. `kind` is what a reader should take a file for, `what` is what it was made to be."""

    def __init__(self):
        self.rows = []

    def add(self, path: str, content: bytes, kind: str, what: str, *, ticket="", order="", text="", broken=""):
        """@param text what a reader should find in it, when that can be said exactly"""
        file = FOLDER / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        expected = ""
        if text:
            expected = path + ".txt"
            (TEXTS / expected).parent.mkdir(parents=True, exist_ok=True)
            (TEXTS / expected).write_text(text, encoding="utf-8", newline="")
        if not ticket and path.startswith("tickets/"):
            ticket = path.split("/")[1]
        digest = hashlib.sha256(content).hexdigest()
        self.rows.append((path, digest, kind, ticket, order, expected, broken, what))

    def end(self):
        with (shop.SEED / "inbox.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(sorted(self.rows))


def main():
    for folder in (FOLDER, TEXTS):
        shutil.rmtree(folder, ignore_errors=True)
    orders = shop.orders()
    inbox = Inbox()
    tickets.fill(inbox, orders)
    others.fill(inbox, orders)
    inbox.end()
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file())
    print(f"{len(inbox.rows)} files, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
