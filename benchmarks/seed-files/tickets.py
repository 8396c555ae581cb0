"""What customers attached to their tickets. Most of these tickets name no order: their attachment does."""

import mails
import pdfs
import receipts
import scenes
import screens
import spoken
from photos import jpeg, photograph, png, webp

MAIL = "message/rfc822"


def fill(inbox, orders):
    photographed(inbox, orders)
    clean(inbox, orders)
    seen_on_screen(inbox, orders)
    papers(inbox, orders)
    forwarded(inbox, orders)
    rest(inbox, orders)


def photographed(inbox, orders):
    """Receipts as telephones see them."""
    def add(path, sheet, order, content):
        inbox.add(path, content, "image", "photo", order=order, text=sheet.text())

    sheet = receipts.till(orders[105631], note="Return accepted 2026-11-02")
    picture = photograph(sheet.draw(), 335, on="wood", angle=2.6, tilt=0.02)
    add("tickets/335/IMG_20261117_0501.jpg", sheet, 105631,
        jpeg(picture, camera="Pocket 9", taken="2026:11:17 05:01:22", place=(52.4862, 13.4250)))
    sheet = receipts.slip(orders[105862], ticked=False)
    picture = photograph(sheet.draw(), 327, on="oak", angle=-1.8, tilt=0.015, noise=6)
    add("tickets/327/packing slip.jpg", sheet, 105862, jpeg(picture, camera="Pixelette 4", taken="2026:11:14 16:10:05"))
    sheet = receipts.till(orders[105471], face="courier", size=25, width=680)
    picture = photograph(sheet.draw(), 308, on="slate", angle=1.4, tilt=0.01)
    add("tickets/308/photo of the receipt.jpg", sheet, 105471,
        jpeg(picture, camera="Pocket 9", taken="2026:11:10 13:50:40", turned=True))
    sheet = receipts.till(orders[102692], branch="Hilltop", face="narrow", size=28)
    picture = photograph(sheet.draw(), 28, on="cloth", angle=-2.2, blur=0.7)
    add("tickets/28/receipt.jpg", sheet, 102692, jpeg(picture, quality=60))
    sheet = receipts.counter(orders[104489], colour=(60, 60, 66))
    picture = photograph(sheet.draw(), 156, on="marble", angle=1.1, tilt=0.012, noise=4)
    add("tickets/156/IMG_4471.webp", sheet, 104489, webp(picture, 62))
    sheet = receipts.classic(orders[105261])
    picture = photograph(sheet.draw(), 264, on="oak", angle=3.2, tilt=0.02, dark=0.35)
    add("tickets/264/영수증.jpg", sheet, 105261, jpeg(picture, camera="Galaxie S", taken="2026:10:15 06:20:00", place=(37.5512, 126.9882)))
    sheet = receipts.till(orders[104266], branch="Old Town", size=26, width=680)
    picture = photograph(sheet.draw(), 158, on="wood", angle=-3.0, tilt=0.015, dark=0.4)
    add("tickets/158/bill.jpg", sheet, 104266, jpeg(picture, quality=64))


def clean(inbox, orders):
    """Receipts as the shop's own page shows them."""
    def add(path, sheet, order, pack=png, what="receipt"):
        inbox.add(path, pack(sheet.draw()), "image", what, order=order, text=sheet.text())

    add("tickets/341/receipt.png", receipts.counter(orders[105720]), 105720)
    add("tickets/310/receipt.webp", receipts.classic(orders[105615]), 105615, webp)
    add("tickets/285/receipt.png", receipts.till(orders[105359], branch="Lakeside"), 105359)
    add("tickets/74/receipt.png", receipts.till(orders[103421], face="sans", size=23, width=660), 103421)
    add("tickets/165/receipt.png", receipts.counter(orders[104346], face="arial", colour=(120, 40, 60), size=23), 104346)
    add("tickets/326/gift-receipt.png", receipts.gift(orders[105829]), 105829)
    add("tickets/197/packing-slip.png", receipts.slip(orders[104844]), 104844, what="slip")


def seen_on_screen(inbox, orders):
    def add(path, sheet, order="", pack=png):
        inbox.add(path, pack(sheet.draw()), "image", "screenshot", order=order, text=sheet.text())

    parcel = [("12 Nov", "No new information"), ("30 Oct", "Left the depot"), ("28 Oct", "Arrived at the depot"),
              ("27 Oct", "Handed over by the sender")]
    add("tickets/322/tracking-page.png", screens.tracking(orders[105735], parcel, "MR 44 71 90 35"), 105735)
    parcel = [("14 Nov", "In transit"), ("9 Nov", "In transit"), ("8 Nov", "Handed over by the sender")]
    add("tickets/336/物流截图.png", screens.tracking(orders[105866], parcel, "MR 50 22 18 07", dark=True), 105866)
    add("tickets/288/screenshot.png", screens.account(orders[105761], []), 105761)
    add("tickets/299/erreur.png", screens.failure("https://shop.millrace.example/reset", "Lien expiré", [
        "Ce lien n'est plus valable.", "Demandez un nouveau lien et ouvrez le tout de suite.", "Code 410"]))
    add("tickets/269/consent.png", screens.consent())
    add("tickets/231/basket.webp", screens.product("Folding lock, 90 cm", "CYC-5004", 59.90, 69.90), pack=webp)
    add("tickets/331/no mail.png", screens.mailbox([("Inbox", "0"), ("Spam", "0"), ("Promotions", "0"), ("All mail", "0")]))
    image, text = screens.door("DOORBELL 2026-11-15 11:42")
    inbox.add("tickets/329/doorbell 11-42.png", png(image), "image", "screenshot", text=text)


def papers(inbox, orders):
    def add(path, file, order="", what="pdf"):
        inbox.add(path, file[0], "pdf", what, order=order, text=file[1])

    paper = pdfs.Paper("Invoice")
    pdfs.invoice(paper, orders[105712])
    add("tickets/317/invoice.pdf", paper.end(), 105712, "invoice")
    paper = pdfs.Paper("Facture", "serif", "serif-bold")
    pdfs.invoice(paper, orders[102796], "fr", extra=("14 rue des Tilleuls, Lyon",))
    add("tickets/29/facture.pdf", paper.end(), 102796, "invoice")
    paper = pdfs.Paper("Cancellation", "sans", "sans-bold")
    paper.line("Your order is cancelled", bold=True, size=18)
    paper.gap()
    paper.line("Dear Graham Roy,")
    paper.paragraph(f"as you asked we cancelled order {orders[104878].id} of {orders[104878].day}. Nothing will be sent."
                    f" If EUR {orders[104878].total:.2f} were charged already, they are paid back to the same card within seven days.")
    paper.line("Your Millrace Shop")
    add("tickets/183/cancellation.pdf", paper.end(), 104878)
    paper = pdfs.Paper("Card statement", "arial", "arial-bold", author="Harbour Bank")
    paper.line("Harbour Bank: card statement", bold=True, size=16)
    paper.line("Card ending in 4417, February to April 2026")
    paper.gap()
    for day, what, amount in (("2026-02-14", "shop plus", "4.99"), ("2026-03-02", "Grocer's corner", "38.20"),
                              ("2026-03-14", "shop plus", "4.99"), ("2026-04-14", "shop plus", "4.99")):
        paper.row((pdfs.LEFT, day), (160, what), (-pdfs.RIGHT, amount))
    add("tickets/107/statement.pdf", paper.end())
    paper = pdfs.Paper("Letter of the customs office", "courier", "courier-bold", author="Customs office")
    paper.line("CUSTOMS OFFICE", bold=True, size=14)
    paper.gap()
    paper.paragraph(f"A parcel from Millrace Shop is held. The sender's papers for order {orders[105217].id} are not complete."
                    " Please hand in a pro forma invoice that names each article and its value.")
    paper.paragraph("Without it the parcel goes back to its sender on Friday.")
    add("tickets/241/customs-letter.pdf", paper.end(), 105217)
    mine = [order for order in orders.values() if order.customer_id == 619 and order.day < "2026-05"]
    paper = pdfs.Paper("Invoices of Siobhan Adeyemi")
    for number, order in enumerate(mine):
        if number:
            paper.page()
        pdfs.invoice(paper, order)
    add("tickets/91/all invoices.pdf", paper.end(), mine[0].id, "invoice")
    for path, sheet, order in (("tickets/266/scan.pdf", receipts.counter(orders[105421], width=1000, size=26), 105421),
                               ("tickets/233/receipt scan.pdf", receipts.slip(orders[104861], ticked=False), 104861)):
        page = sheet.draw(round(sheet.width * 1.4142)).rotate(0.4, fillcolor=(250, 250, 248), expand=False).convert("L")
        inbox.add(path, pdfs.scanned([jpeg(page, quality=55)], "Scan"), "pdf", "scan", order=order, text=sheet.text())


def forwarded(inbox, orders):
    order = orders[105689]
    rows = "".join(f"<tr><td>{line.name}</td><td>{line.quantity}</td></tr>" for line in order.lines)
    message = mails.mail(
        "Your order is on its way", mails.SHOP, "2026-10-24 09:30", to=order.email,
        text=f"Dear {order.name},\n\norder {order.id} left our warehouse today.\n\nYour Millrace Shop\n",
        html=f"<html><body><h2>On its way</h2><p>Order <b>{order.id}</b></p><table>{rows}</table></body></html>")
    inbox.add("tickets/345/order-confirmation.eml", mails.wire(message), "mail", "mail", order=order.id)
    order = orders[105435]
    message = mails.mail("My blender", f"{order.name} <{order.email}>", "2026-10-28 00:41",
                         text="Hello,\n\nthe receipt is attached, as your colleague asked.\n\nArjun\n")
    mails.attach(message, "receipt.png", png(receipts.till(order, branch="Station").draw()), "image/png")
    inbox.add("tickets/275/receipt attached.eml", mails.wire(message), "mail", "mail", order=order.id)
    order = orders[104619]
    inner = mails.mail("Thank you for your order", mails.SHOP, "2026-07-16 12:00", to=order.email,
                       text=f"Order {order.id}\n" + "".join(f"{line.quantity} x {line.name}\n" for line in order.lines))
    message = mails.mail("Fwd: Thank you for your order", f"{order.name} <{order.email}>", "2026-09-02 18:00",
                         text="This is the mail I got when I bought the webcam.\n\nGráinne\n")
    message.add_attachment(inner)
    inbox.add("tickets/201/forwarded.eml", mails.wire(message), "mail", "mail", order=order.id)
    order = orders[105700]
    message = mails.mail("Re: La moka perde", f"{order.name} <{order.email}>", "2026-11-18 07:15", charset="iso-8859-15", cte="quoted-printable",
                         text=f"Buongiorno,\n\necco la foto della guarnizione: è già la seconda. Ordine {order.id}, moka da 32,90 €.\n\nSalvatore\n")
    mails.attach(message, "guarnizione.jpg", jpeg(scenes.rivet().resize((380, 280)), quality=55), "image/jpeg")
    inbox.add("tickets/338/risposta.eml", mails.wire(message), "mail", "mail", order=order.id)


def rest(inbox, orders):
    """Pictures without words, notes, and what was spoken."""
    for path, scene in (("tickets/65/courier-photo.jpg", scenes.green_door()), ("tickets/96/laundry.jpg", scenes.blue_laundry()),
                        ("tickets/60/pots.jpg", scenes.pots()), ("tickets/154/hinge.jpg", scenes.rivet())):
        inbox.add(path, jpeg(scene, quality=58), "image", "picture")
    inbox.add("tickets/96/sheet.webp", webp(scenes.dyed_sheet(), 50), "image", "picture")
    inbox.add("tickets/333/hook.jpg", jpeg(scenes.hook(), quality=58), "image", "picture")
    sheet = receipts.Sheet(760, margin=60, face="serif", size=27)
    for number, line in enumerate(("Starting up", "1. Depress the lamp until friendly.", "2. Marry the cable with the wall.",
                                   "3. The low box wishes to stand low.", "4. If silence, repeat with more love.")):
        sheet.line(line, bold=number == 0, size=38 if number == 0 else 0)
        sheet.gap(8)
    picture = photograph(sheet.draw(), 295, on="slate", angle=-1.2, tilt=0.01)
    inbox.add("tickets/295/manual page.jpg", jpeg(picture, camera="Pocket 9", taken="2026:11:05 16:40:00"), "image", "photo", text=sheet.text())
    log = "".join(f"2026-11-18 {hour:02d}:0{hour % 7} unit 2: link to unit 1 lost, light amber, back after {50 + hour} s\n" for hour in range(1, 24, 2))
    inbox.add("tickets/344/router.log", log.encode(), "text", "note", text=log)
    table = "day,offline,online\n" + "".join(f"2026-11-{day:02d},18:0{day % 5},07:1{day % 6}\n" for day in range(12, 19))
    inbox.add("tickets/343/offline times.csv", table.encode(), "text", "note", text=table)
    note = "Company name for the invoice: Tran Ceramics Ltd\nVAT number: US 99 417 20\nPlease send it to accounts, not to me.\n"
    inbox.add("tickets/115/company.txt", note.encode(), "text", "note", text=note)
    said = ("Hello, this is Chidinma about the garden hose. It burst at the connector. "
            "The order number is one zero five five zero zero. Please call me back.")
    inbox.add("tickets/303/voice message.mp3", spoken.mp3(said), "audio", "spoken", order=105500, text=said + "\n")
    said = "My headlamp goes out when I nod. I bought it with order one zero five five six nine."
    inbox.add("tickets/290/note.wav", spoken.wav(said, "en-us", 165), "audio", "spoken", order=105569, text=said + "\n")
    said = "Listen to this hum. This is the subwoofer. It is not even playing."
    inbox.add("tickets/246/hum.mp3", spoken.mp3(said, "en-us", 140), "audio", "spoken", text=said + "\n")
