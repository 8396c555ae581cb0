"""Screenshots: a browser's or a telephone's window with what customers saw in it."""

from sheet import Sheet, font
from shop import Order, money
from photos import canvas

GREEN, RED, GREY, LIGHT, BLUE = (21, 110, 90), (180, 40, 40), (110, 116, 124), (238, 240, 243), (30, 90, 170)


def browser(address: str, width=1100, face="sans", size=22, dark=False) -> Sheet:
    """A window with an address line; what follows is the page."""
    paper, ink = ((28, 30, 36), (230, 232, 236)) if dark else ((255, 255, 255), (32, 34, 40))
    sheet = Sheet(width, margin=60, face=face, size=size, paper=paper, ink=ink)
    sheet.height = 0
    bar = (52, 56, 64) if dark else (222, 225, 230)
    sheet.band(64, bar)
    for at, colour in ((28, (237, 106, 94)), (54, (245, 191, 79)), (80, (98, 197, 84))):
        sheet.steps.append(lambda d, at=at, colour=colour: d.ellipse((at - 9, 22, at + 9, 40), fill=colour))
    field = (70, 74, 84) if dark else (255, 255, 255)
    sheet.steps.append(lambda d: d.rounded_rectangle((120, 12, width - 40, 52), 18, fill=field))
    sheet.gap(20)
    sheet.line(address, size=19, indent=84)
    sheet.gap(44)
    return sheet


def phone(title: str, width=620, face="arial", size=27) -> Sheet:
    sheet = Sheet(width, margin=44, face=face, size=size, paper=(246, 247, 250))
    sheet.height = 16
    sheet.line("21:07", "64 %", size=22)
    sheet.gap(14)
    sheet.line(title, bold=True, size=38)
    sheet.gap(18)
    return sheet


def button(sheet: Sheet, text: str, colour=GREEN, width=300):
    y, x = sheet.height + 8, sheet.margin
    type_ = font(sheet.face + "-bold", sheet.size)
    sheet.steps.append(lambda d: d.rounded_rectangle((x, y, x + width, y + 54), 10, fill=colour))
    sheet.steps.append(lambda d: d.text((x + (width - type_.getlength(text)) / 2, y + 13), text, font=type_, fill=(255, 255, 255)))
    sheet.said.append(text)
    sheet.height += 84


def tracking(order: Order, steps: list, parcel: str, dark=False) -> Sheet:
    """@param steps (day, what happened), the newest first"""
    sheet = browser("https://track.carrier.example/parcel", dark=dark)
    sheet.line("Track your parcel", bold=True, size=36)
    sheet.line(f"Parcel {parcel}")
    sheet.line(f"Sender: Millrace Shop, order {order.id}")
    sheet.gap(26)
    for number, (day, text) in enumerate(steps):
        y = sheet.height
        colour = GREEN if number == 0 else GREY
        sheet.steps.append(lambda d, y=y, colour=colour: d.ellipse((66, y + 4, 84, y + 22), fill=colour))
        if number < len(steps) - 1:
            sheet.steps.append(lambda d, y=y: d.line((75, y + 24, 75, y + 70), fill=GREY, width=3))
        sheet.row((110, day), (310, text), bold=number == 0)
        sheet.gap(26)
    return sheet


def failure(address: str, code: str, lines: list, mark="!") -> Sheet:
    """An error page."""
    sheet = browser(address, width=1000)
    y = sheet.height
    sheet.steps.append(lambda d: d.ellipse((450, y, 550, y + 100), outline=RED, width=8))
    sheet.steps.append(lambda d: d.text((500, y + 50), mark, font=font("sans-bold", 60), fill=RED, anchor="mm"))
    sheet.gap(130)
    sheet.line(code, bold=True, size=34, align="center")
    sheet.gap(8)
    for line in lines:
        sheet.line(line, align="center")
    sheet.gap(40)
    return sheet


def account(order: Order, others: list) -> Sheet:
    """The list of orders in somebody's account."""
    sheet = browser("https://shop.millrace.example/account/orders", width=1180, face="arial", size=24)
    sheet.line(f"Welcome back, {order.name}", bold=True, size=38)
    sheet.line("Your orders", size=28)
    sheet.gap()
    columns = (60, 260, 470, -1110)
    sheet.row(*zip(columns, ("Order", "Date", "Status", "Total")), bold=True)
    sheet.rule()
    for each in [order, *others]:
        sheet.row(*zip(columns, (str(each.id), each.day, each.status, "EUR " + money(each.total))))
    sheet.gap(10)
    for line in order.lines:
        sheet.line(f"{line.quantity} x {line.name}", indent=20, size=21)
    return sheet


def product(name: str, sku: str, before: float, now: float) -> Sheet:
    """A product's page whose price went up."""
    sheet = browser("https://shop.millrace.example/p/" + sku.lower(), width=1080, face="arial", size=24)
    top = sheet.height
    sheet.steps.append(lambda d: d.rounded_rectangle((640, top, 1020, top + 300), 14, fill=LIGHT))
    sheet.steps.append(lambda d: d.polygon([(830, top + 60), (930, top + 240), (730, top + 240)], fill=(180, 205, 190)))
    sheet.line(name, bold=True, size=34)
    sheet.line("Article " + sku, size=21, ink=GREY)
    sheet.gap(20)
    sheet.line("EUR " + money(now), bold=True, size=42, ink=GREEN)
    sheet.line("In your basket yesterday at EUR " + money(before), size=21, ink=RED)
    sheet.gap(16)
    sheet.line("In stock, arrives in two days")
    button(sheet, "Add to basket")
    sheet.gap(30)
    return sheet


def consent() -> Sheet:
    """A light bulb's application that wants to know everything."""
    sheet = phone("Before we switch on")
    sheet.line("The bulb needs your consent for:")
    for item in ("Your location", "Your contacts", "Your date of birth", "Other devices nearby"):
        y = sheet.height
        sheet.steps.append(lambda d, y=y: d.rounded_rectangle((44, y + 4, 70, y + 30), 5, fill=BLUE))
        sheet.line(item, indent=44)
    sheet.gap(10)
    sheet.line("Without consent the light stays off.", size=23, ink=RED)
    sheet.gap(20)
    button(sheet, "Allow everything", BLUE, 532)
    button(sheet, "Quit", GREY, 532)
    return sheet


def mailbox(folders: list) -> Sheet:
    """@param folders (name, number of mails)"""
    sheet = browser("https://mail.example/search", width=1000)
    sheet.line("Search: password reset", bold=True, size=30)
    sheet.gap()
    for name, number in folders:
        sheet.row((60, name), (400, number))
    sheet.gap(10)
    sheet.line("No message found.", ink=RED)
    return sheet


def board(rows: list) -> Sheet:
    """The support team's board on its wall."""
    sheet = Sheet(900, margin=50, face="mono", size=26, paper=(14, 22, 30), ink=(120, 240, 170))
    sheet.line("SUPPORT TODAY", bold=True, size=40)
    sheet.gap()
    for left, right in rows:
        sheet.line(left, right)
    return sheet


def door(said: str) -> tuple:
    """A still of a doorbell's camera: nobody there."""
    image, draw = canvas(960, 600, (150, 176, 196))
    draw.rectangle((0, 380, 960, 600), fill=(112, 128, 96))
    draw.polygon([(380, 600), (580, 600), (520, 380), (450, 380)], fill=(170, 164, 152))
    for x in range(0, 960, 60):
        draw.rectangle((x + 8, 320, x + 44, 420), fill=(92, 70, 52))
    draw.rectangle((0, 0, 960, 80), fill=(250, 250, 250))
    draw.text((24, 22), said, font=font("mono-bold", 32), fill=(20, 20, 20))
    return image, said + "\n"
