"""Pictures without a word in them: what customers photograph when words fail them."""

import numpy

from photos import canvas, grain


def green_door():
    """Ticket 65: the courier's proof of delivery, at a door nobody knows."""
    image, draw = canvas(720, 900, (176, 120, 96))
    for y in range(0, 900, 36):
        for x in range(-40 if y // 36 % 2 else 0, 720, 80):
            draw.rectangle((x + 2, y + 2, x + 77, y + 33), fill=(168 + x % 17, 104 + y % 13, 84))
    draw.rectangle((210, 150, 520, 800), fill=(232, 228, 220))
    draw.rectangle((230, 170, 500, 800), fill=(34, 104, 62))
    for x, y in ((255, 200), (380, 200), (255, 480), (380, 480)):
        draw.rectangle((x, y, x + 95, y + 230), outline=(22, 74, 44), width=6)
    draw.ellipse((466, 470, 490, 494), fill=(212, 180, 80))
    draw.rectangle((0, 800, 720, 900), fill=(140, 140, 136))
    draw.rectangle((300, 690, 470, 830), fill=(196, 156, 104), outline=(150, 112, 70), width=4)
    draw.line((385, 690, 385, 830), fill=(226, 206, 160), width=14)
    return grain(image, 65)


def blue_laundry():
    """Ticket 96: a very blue household."""
    image, draw = canvas(1000, 700, (222, 230, 236))
    draw.rectangle((0, 560, 1000, 700), fill=(120, 160, 100))
    draw.line((0, 120, 1000, 150), fill=(90, 90, 90), width=5)
    for x, tall, blue in ((60, 330, 150), (300, 300, 175), (540, 340, 160)):
        draw.rectangle((x, 126 + x // 33, x + 190, 126 + tall), fill=(110, 150, blue + 60))
        draw.polygon([(x + 120, 126 + x // 33), (x + 190, 126 + x // 33), (x + 150, 126 + tall)], fill=(96, 132, blue + 40))
    draw.rectangle((780, 150, 940, 300), fill=(90, 120, 190))
    draw.ellipse((800, 560, 900, 620), fill=(230, 214, 180))
    draw.rectangle((820, 545, 905, 595), fill=(100, 130, 205))
    return grain(image, 96)


def dyed_sheet():
    """Ticket 96 again: the sheet that was white."""
    image, draw = canvas(800, 600, (120, 158, 214))
    for number in range(14):
        x = number * 62 - 40
        draw.polygon([(x, 0), (x + 24, 0), (x + 70, 600), (x + 30, 600)], fill=(108 + number, 146, 206))
    draw.ellipse((520, 120, 700, 260), fill=(214, 226, 240))
    return grain(image, 97, noise=4)


def pots():
    """Ticket 60: three pots and a lot of gravel."""
    image, draw = canvas(900, 640, (186, 172, 150))
    for x in (90, 330, 570):
        draw.polygon([(x, 180), (x + 200, 180), (x + 165, 430), (x + 35, 430)], fill=(188, 96, 60))
        draw.rectangle((x - 12, 150, x + 212, 200), fill=(200, 108, 70))
    random = numpy.random.default_rng(60)
    for x, y, wide, tall in zip(*random.integers((40, 400, 8, 6), (860, 610, 34, 22), (260, 4)).T.tolist()):
        shade = x * y % 40
        draw.polygon([(x, y), (x + wide, y + tall // 3), (x + wide // 2, y + tall)], fill=(170 + shade // 2, 78 + shade, 48))
    return grain(image, 60)


def hook():
    """Ticket 333: the back of a pannier, one hook where two should be."""
    image, draw = canvas(640, 760, (206, 202, 194))
    draw.rounded_rectangle((120, 90, 520, 690), 30, fill=(40, 52, 70))
    draw.rectangle((170, 150, 470, 190), fill=(20, 20, 22))
    for x in (200, 400):
        draw.arc((x, 120, x + 60, 190), 180, 360, fill=(200, 200, 205), width=14)
    draw.rectangle((300, 560, 340, 600), outline=(220, 60, 60), width=5)
    return grain(image, 333)


def rivet():
    """Ticket 154: the left hinge of a chair, its rivet sheared off."""
    image, draw = canvas(760, 560, (150, 150, 148))
    draw.rectangle((60, 230, 420, 300), fill=(70, 74, 80))
    draw.polygon([(360, 240), (700, 60), (720, 120), (380, 310)], fill=(92, 96, 104))
    draw.ellipse((360, 232, 430, 302), fill=(30, 30, 30))
    draw.ellipse((500, 430, 536, 462), fill=(190, 186, 176))
    draw.polygon([(500, 446), (470, 436), (474, 456)], fill=(170, 166, 156))
    return grain(image, 154, blur=1.6)
