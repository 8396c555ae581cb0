"""PDFs of text, and PDFs that are pictures of text. Each page's cells are written in reading order."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shop import Order, money
from sheet import FONTS

LEFT, RIGHT, TOP = 56, 539, 780


def face(name: str) -> str:
    """A font of the PDF standard as it is, one of ours embedded."""
    if name in FONTS and name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, "/usr/share/fonts/truetype/" + FONTS[name]))
    return name


class Paper:
    """A PDF that grows line by line and knows what it says."""

    def __init__(self, title: str, regular="Helvetica", bold="Helvetica-Bold", author="Millrace Shop", **settings):
        self.out, self.said, self.y = io.BytesIO(), [], TOP
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1, **settings)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.regular, self.bold = face(regular), face(bold)

    def row(self, *cells: tuple, bold=False, size=10.5, lead=1.5):
        """Cells as (x, text); a negative x is where the text ends."""
        font = self.bold if bold else self.regular
        self.canvas.setFont(font, size)
        for x, text in cells:
            if x < 0:
                self.canvas.drawRightString(-x, self.y, text)
            else:
                self.canvas.drawString(x, self.y, text)
        self.said.append(" ".join(text for _, text in cells))
        self.y -= size * lead

    def line(self, text: str, bold=False, size=10.5):
        self.row((LEFT, text), bold=bold, size=size)

    def paragraph(self, text: str, size=10.5):
        """Text broken into lines of the page's width."""
        words, line = text.split(), ""
        for word in words:
            longer = (line + " " + word).strip()
            if self.canvas.stringWidth(longer, self.regular, size) > RIGHT - LEFT:
                self.line(line, size=size)
                longer = word
            line = longer
        self.line(line, size=size)
        self.y -= 6

    def rule(self, colour=(0.2, 0.2, 0.2)):
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.line(LEFT, self.y + 8, RIGHT, self.y + 8)
        self.y -= 8

    def gap(self, points=14):
        self.y -= points

    def page(self):
        self.canvas.showPage()
        self.y = TOP

    def end(self) -> tuple:
        """@return the file's bytes and its text"""
        self.canvas.save()
        return self.out.getvalue(), "\n".join(self.said) + "\n"


WORDS = {
    "en": ("Invoice", "Order", "Date", "Article", "Quantity", "Price", "Amount", "Total", "VAT 19 % included", "Payable within 14 days."),
    "de": ("Rechnung", "Bestellung", "Datum", "Artikel", "Menge", "Preis", "Betrag", "Gesamtbetrag", "darin 19 % MwSt", "Zahlbar innerhalb von 14 Tagen. Vielen Dank für Ihren Einkauf!"),
    "fr": ("Facture", "Commande", "Date", "Article", "Quantité", "Prix", "Montant", "Total", "dont TVA 19 %", "Payable sous 14 jours. Merci de votre confiance à bientôt."),
    "es": ("Factura", "Pedido", "Fecha", "Artículo", "Cantidad", "Precio", "Importe", "Importe total", "IVA 19 % incluido", "Pago en 14 días. ¡Gracias por su compra, señor!"),
    "it": ("Fattura", "Ordine", "Data", "Articolo", "Quantità", "Prezzo", "Importo", "Totale", "IVA 19 % inclusa", "Da pagare entro 14 giorni. Grazie, è stato un piacere."),
    "pl": ("Faktura", "Zamówienie", "Data", "Artykuł", "Ilość", "Cena", "Kwota", "Razem", "w tym VAT 19 %", "Płatność w ciągu 14 dni. Dziękujemy za zakupy i życzymy miłego dnia."),
}


def invoice(paper: Paper, order: Order, language="en", name="", extra=()):
    """One invoice on the page at hand."""
    title, number, date, article, quantity, price, amount, total, vat, thanks = WORDS[language]
    paper.line("Millrace Shop", bold=True, size=20)
    paper.line("Mill Lane 7, Riverside", size=9)
    paper.gap()
    paper.line(name or order.name)
    for line in extra:
        paper.line(line)
    paper.gap()
    paper.line(f"{title} R-{order.day[:4]}-{order.id % 1000:03d}", bold=True, size=15)
    paper.row((LEFT, f"{number}: {order.id}"), (300, f"{date}: {order.day}"))
    paper.gap()
    columns = (LEFT, -370, -450, -RIGHT)
    paper.row(*zip(columns, (article, quantity, price, amount)), bold=True)
    paper.rule()
    for line in order.lines:
        paper.row(*zip(columns, (line.name, str(line.quantity), money(line.price), line.amount)))
    paper.rule()
    paper.row((LEFT, total), (-RIGHT, "EUR " + money(order.total)), bold=True, size=12)
    paper.row((LEFT, vat), (-RIGHT, "EUR " + money(order.total - order.total / 1.19)))
    paper.gap()
    paper.line(thanks, size=9.5)


def scanned(pages: list, title: str) -> bytes:
    """@param pages JPEG bytes, one a page: a PDF without a letter in it"""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for page in pages:
        canvas.drawImage(ImageReader(io.BytesIO(page)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
