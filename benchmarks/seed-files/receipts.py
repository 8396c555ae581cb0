"""Receipts and slips of orders, in the layouts of the shop's tills and its warehouse."""

from sheet import Sheet
from shop import Order, money


def vat(total: float) -> str:
    return money(total - total / 1.19)


def till(order: Order, branch="Riverside", face="mono", size=24, width=640, note="") -> Sheet:
    """The narrow strip of a till."""
    sheet = Sheet(width, face=face, size=size, paper=(252, 252, 249))
    sheet.line("MILLRACE SHOP", bold=True, size=size + 12, align="center")
    sheet.line(f"Mill Lane 7, {branch}", align="center")
    sheet.gap()
    sheet.line("RECEIPT", bold=True, align="center")
    sheet.line("Order number", str(order.id), bold=True)
    sheet.line("Date", f"{order.day} {order.time}")
    sheet.rule(dashed=True)
    for line in order.lines:
        sheet.line(line.name)
        sheet.line(f"{line.quantity} x {money(line.price)}", line.amount, indent=30)
    sheet.rule(dashed=True)
    sheet.line("TOTAL EUR", money(order.total), bold=True, size=size + 6)
    sheet.line("VAT 19 % included", vat(order.total))
    sheet.line("Paid by card", money(order.total))
    sheet.gap()
    if note:
        sheet.line(note, align="center")
    sheet.line("Please keep this receipt.", align="center")
    sheet.line("Thank you for your visit!", align="center")
    return sheet


def counter(order: Order, face="sans", colour=(21, 88, 74), width=820, size=22) -> Sheet:
    """The wide receipt of the service counter, with a table."""
    sheet = Sheet(width, margin=50, face=face, size=size)
    sheet.height = 0
    sheet.band(92, colour)
    sheet.gap(26)
    sheet.line("Millrace Shop", bold=True, size=34, ink=(255, 255, 255))
    sheet.gap(36)
    sheet.line("Sales receipt", bold=True, size=30)
    sheet.line(f"Order {order.id} of {order.day}")
    sheet.gap()
    columns = (50, -(width - 290), -(width - 170), -(width - 50))
    sheet.row(*zip(columns, ("Article", "Qty", "Price", "Amount")), bold=True)
    sheet.rule(ink=colour)
    for line in order.lines:
        sheet.row(*zip(columns, (line.name, str(line.quantity), money(line.price), line.amount)))
    sheet.rule(ink=colour)
    sheet.line("Total in EUR", money(order.total), bold=True, size=size + 6)
    sheet.line("of which VAT 19 %", vat(order.total))
    sheet.gap(30)
    sheet.line("Goods can be returned within 14 days together with this receipt.", size=18)
    return sheet


def classic(order: Order, width=700, size=25) -> Sheet:
    """A receipt in serifs, as the outlet prints it."""
    sheet = Sheet(width, margin=56, face="serif", size=size, paper=(255, 254, 246), ink=(40, 30, 20))
    sheet.line("Millrace Outlet", bold=True, size=38, align="center")
    sheet.line("Old Harbour 12, open from ten to six", align="center", size=21)
    sheet.rule()
    sheet.line(f"Receipt for order no. {order.id}", bold=True)
    sheet.line(f"Sold on {order.day} at {order.time}")
    sheet.gap()
    for line in order.lines:
        sheet.line(f"{line.quantity}  {line.name}", line.amount)
    sheet.rule()
    sheet.line("Amount due in euros", money(order.total), bold=True)
    sheet.line("Received by card", money(order.total))
    sheet.gap(20)
    sheet.line("All prices include VAT.", align="center", size=20)
    return sheet


def kassenbon(order: Order) -> Sheet:
    """A German till's strip."""
    sheet = Sheet(620, face="courier", size=25)
    sheet.line("MILLRACE SHOP", bold=True, size=36, align="center")
    sheet.line("Hafenstrasse 4, Hamburg", align="center")
    sheet.gap()
    sheet.line("Kassenbon", bold=True, align="center")
    sheet.line("Bestellung", str(order.id), bold=True)
    sheet.line("Datum", order.day)
    sheet.rule(dashed=True)
    for line in order.lines:
        sheet.line(line.name)
        sheet.line(f"{line.quantity} x {money(line.price)}", line.amount, indent=30)
    sheet.rule(dashed=True)
    sheet.line("Summe EUR", money(order.total), bold=True, size=30)
    sheet.line("inkl. MwSt 19 %", vat(order.total))
    sheet.gap()
    sheet.line("Vielen Dank und bis bald", align="center")
    return sheet


def slip(order: Order, ticked=True, face="arial") -> Sheet:
    """The packing slip that lies in the box: no prices."""
    sheet = Sheet(860, margin=54, face=face, size=24)
    sheet.line("Packing slip", bold=True, size=40)
    sheet.line("Millrace Shop, Warehouse 2, Gate C", size=21)
    sheet.gap(20)
    sheet.line(f"Order {order.id}", bold=True, size=32)
    sheet.line(f"Ordered on {order.day}, packed by team 4")
    sheet.gap(18)
    sheet.row((54, "Shelf"), (200, "Article"), (-806, "Pieces"), bold=True)
    sheet.rule()
    for line in order.lines:
        y = sheet.height
        sheet.row((54, line.sku), (200, line.name), (-806, str(line.quantity)))
        if ticked:
            sheet.steps.append(lambda d, y=y: d.line([(700, y + 14), (708, y + 24), (726, y)], fill=(30, 60, 160), width=4))
    sheet.rule()
    pieces = sum(line.quantity for line in order.lines)
    sheet.line(f"{pieces} piece{'s' if pieces > 1 else ''} in 1 box")
    sheet.gap(18)
    sheet.line("Something missing? Write to us and name the order.", size=21)
    return sheet


def gift(order: Order) -> Sheet:
    """A receipt for the one who gets the present: no prices, no name."""
    sheet = Sheet(660, margin=50, face="serif", size=26, paper=(255, 250, 250), ink=(70, 20, 40))
    sheet.line("Gift receipt", bold=True, size=44, align="center")
    sheet.line("Millrace Shop", align="center")
    sheet.rule()
    sheet.line("Order", str(order.id), bold=True)
    sheet.line("Bought on", order.day)
    sheet.gap()
    for line in order.lines:
        sheet.line(f"{line.quantity}  {line.name}")
    sheet.rule()
    sheet.line("May be exchanged within 30 days.", align="center")
    sheet.line("The giver will not be told.", align="center")
    sheet.gap(20)
    sheet.bars(order.id)
    return sheet
