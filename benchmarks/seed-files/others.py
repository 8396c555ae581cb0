"""What lies in the inbox without a ticket's folder: invoices, guides, mails, notes, and what is broken."""

import broken
import mails
import pdfs
import receipts
import screens
import spoken
from photos import jpeg, png, webp
from texts import GUIDES, MAILS, NOTES


def fill(inbox, orders):
    invoices(inbox, orders)
    guides(inbox)
    letters(inbox, orders)
    notes(inbox, orders)
    wrong(inbox, orders)


def invoices(inbox, orders):
    for name, order, language, faces in (
            ("invoice-105837", 105837, "en", ("sans", "sans-bold")), ("invoice-105022", 105022, "en", ("Times-Roman", "Times-Bold")),
            ("invoice-105746", 105746, "en", ("courier", "courier-bold")), ("rechnung-105412", 105412, "de", ("arial", "arial-bold")),
            ("factura-105402", 105402, "es", ("serif", "serif-bold")), ("fattura-105700", 105700, "it", ("Helvetica", "Helvetica-Bold")),
            ("faktura-102574", 102574, "pl", ("sans", "sans-bold"))):
        paper = pdfs.Paper(name, *faces)
        pdfs.invoice(paper, orders[order], language)
        content, text = paper.end()
        inbox.add(f"invoices/{name}.pdf", content, "pdf", "invoice", order=order, text=text)
    # The same bytes as the attachment of ticket 341: stored once, listed twice.
    sheet = receipts.counter(orders[105720])
    inbox.add("scans/receipt mower.png", png(sheet.draw()), "image", "receipt", order=105720, text=sheet.text())
    sheet = receipts.kassenbon(orders[104257])
    inbox.add("scans/kassenbon.png", png(sheet.draw()), "image", "receipt", order=104257, text=sheet.text())
    pages = [receipts.slip(orders[number], ticked=False) for number in (105943, 105944)]
    images = [jpeg(page.draw(1216).convert("L"), quality=50) for page in pages]
    inbox.add("scans/two packing slips.pdf", pdfs.scanned(images, "Packing slips"), "pdf", "scan", order=105943,
              text="".join(page.text() for page in pages))
    sheet = screens.failure("https://shop.millrace.example/checkout", "504 The checkout did not answer",
                            ["Your card was not charged.", "Please try again in a minute.", "Reference Q7-LIMA"])
    inbox.add("screenshots/checkout error.png", png(sheet.draw()), "image", "screenshot", text=sheet.text())
    sheet = screens.board([("Open tickets", "38"), ("Waiting for parts", "7"), ("Oldest answer", "4 h"), ("Mood", "fair")])
    inbox.add("screenshots/support board.webp", webp(sheet.draw()), "image", "screenshot", text=sheet.text())


def guides(inbox):
    """What the support team looks things up in."""
    for name, title, faces, pages in GUIDES:
        paper = pdfs.Paper(title, *faces)
        for number, (heading, *paragraphs) in enumerate(pages):
            if number:
                paper.page()
            paper.line(heading, bold=True, size=16)
            paper.gap()
            for paragraph in paragraphs:
                paper.paragraph(paragraph)
        content, text = paper.end()
        inbox.add(f"guides/{name}.pdf", content, "pdf", "guide", text=text)


def letters(inbox, orders):
    for name, subject, customer, when, charset, cte, ticket, order, text in MAILS:
        message = mails.mail(subject, customer, when, text=text, charset=charset, cte=cte)
        inbox.add(f"mails/{name}.eml", mails.wire(message), "mail", "mail", ticket=ticket, order=order)
    message = mails.mail("Our autumn letter", "Garden Weekly <news@garden.example>", "2026-10-01 06:00", html=(
        "<html><head><style>p{color:green}</style><script>alert('no')</script></head><body><h1>Leaves are falling</h1>"
        "<p>Sharpen your shears before winter, and empty the hose.</p><img src='https://example.invalid/pixel.gif'></body></html>"))
    inbox.add("mails/newsletter.eml", mails.wire(message), "mail", "mail")
    message = mails.mail("Offer for 200 cardboard boxes", "Boxes & Sons <sales@boxes.example>", "2026-11-03 10:20",
                         text="Dear team,\n\nour offer is attached, as a letter and as a table.\n\nBoxes & Sons\n")
    paper = pdfs.Paper("Offer", author="Boxes & Sons")
    paper.line("Offer", bold=True, size=18)
    paper.paragraph("200 boxes of recycled cardboard, 40 x 30 x 20 cm, at EUR 0.85 each. Delivery in the second week of December.")
    mails.attach(message, "offer.pdf", paper.end()[0], "application/pdf")
    mails.attach(message, "offer.csv", b"article,pieces,price\nbox 40x30x20,200,0.85\n", "text/csv")
    inbox.add("mails/supplier offer.eml", mails.wire(message), "mail", "mail")
    order = orders[105837]
    message = mails.mail("Ticket 311: the parcel", f"{order.name} <{order.email}>", "2026-11-11 08:02",
                         text=f"Hello,\n\nhere is the invoice of order {order.id} once more.\nThe gate is two metres high.\n\nNaomi\n")
    mails.attach(message, "invoice.pdf", (inbox_file("invoices/invoice-105837.pdf")), "application/pdf")
    inbox.add("mails/ticket-311.eml", mails.wire(message), "mail", "mail", ticket=311, order=order.id)


def inbox_file(path: str) -> bytes:
    from make import FOLDER

    return (FOLDER / path).read_bytes()


def notes(inbox, orders):
    for path, encoding, ticket, order, text in NOTES:
        inbox.add(path, text.encode(encoding), "text", "note", ticket=ticket, order=order, text=text.removeprefix("\ufeff"))
    said = "Guten Tag, hier spricht Egger. Mein Paket ist seit neun Tagen in Zustellung. Bitte rufen Sie mich zurück."
    inbox.add("spoken/anruf.mp3", spoken.mp3(said, "de", 145), "audio", "spoken", text=said + "\n")
    said = "Note for the night shift: the blue towels go back to the supplier. Do not send any more of them."
    inbox.add("spoken/night shift.wav", spoken.wav(said, "en-gb", 160, 11025), "audio", "spoken", text=said + "\n")
    said = "Bonjour, la radio grésille toujours. Merci de me rappeler demain matin."
    inbox.add("spoken/message.mp3", spoken.mp3(said, "fr", 150), "audio", "spoken", text=said + "\n")


def wrong(inbox, orders):
    """Broken on purpose: none may stop a job, none may run anywhere."""
    def add(name, content, kind, reason, text="", order=""):
        inbox.add("broken/" + name, content, kind, "broken", broken=reason, text=text, order=order)

    picture = png(receipts.till(orders[105631]).draw())
    add("truncated.png", picture[: len(picture) // 3], "image", "ends after a third of its bytes")
    add("encrypted.pdf", broken.encrypted_pdf(), "pdf", "needs a password")
    add("empty.pdf", b"", "other", "no bytes")
    paper = pdfs.Paper("Invoice")
    pdfs.invoice(paper, orders[105746])
    content, text = paper.end()
    add("a pdf.jpg", content, "pdf", "a PDF under a picture's name: read as what it is", text, 105746)
    cut = content[: len(content) // 4]
    add("truncated.pdf", cut, "pdf", "ends after a quarter of its bytes")
    add("a note.png", b"This is text, whatever my name says.\n", "text", "text under a picture's name: read as what it is",
        "This is text, whatever my name says.\n")
    add("script.svg", broken.SVG.encode(), "image", "a drawing with a script: served as a download only")
    add("page.html", broken.HTML.encode(), "text", "a page with a script: served as a download only")
    add("bomb.zip", broken.zip_bomb(), "other", "50 MB of zeros in 50 KB")
    add("huge.png", broken.huge_png(), "image", "its header says 50,000 x 50,000 pixels")
    content, text = broken.javascript_pdf()
    add("javascript.pdf", content, "pdf", "runs JavaScript when opened: its text is read, the script never runs", text)
    add("many pages.pdf", broken.many_pages(), "pdf", "10,000 pages")
    add("garbage.mp3", broken.garbage(), "other", "random bytes under the name of a sound")
    note = spoken.wav("This note ends too early.", rate=8000)
    add("truncated.wav", note[: len(note) // 4], "audio", "its header promises four times as much sound")
    add("nested 50 deep.eml", mails.nested(50, "You have come far."), "mail", "50 mails, each inside the one before")
    message = mails.mail("Look at this", "Somebody <somebody@example.net>", "2026-11-01 01:01", text="See the attachment.\n")
    mails.attach(message, "../../../outside.txt", b"I would like to be elsewhere.\n", "text/plain")
    add("dotdot.eml", mails.wire(message), "mail", "its attachment's name climbs out of the folder")
