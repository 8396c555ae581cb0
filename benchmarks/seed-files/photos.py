"""What a telephone makes of a sheet of paper: a background, a tilt, a shadow, blur, noise, and EXIF."""

import io

import numpy
from PIL import Image, ImageDraw, ImageFilter

GROUNDS = {
    "wood": ((126, 88, 56), 16), "oak": ((176, 140, 98), 14), "slate": ((72, 76, 82), 6),
    "cloth": ((150, 40, 46), 10), "marble": ((208, 206, 202), 8),
}


def ground(kind: str, size: tuple, random) -> Image.Image:
    """A table top: the colour, grain along it, and a little noise."""
    (red, green, blue), depth = GROUNDS[kind]
    width, height = size
    rows = numpy.cumsum(random.normal(0, 1, (height, 1)), axis=0)
    rows = numpy.sin(rows / 6) * depth
    if kind in ("wood", "oak"):
        rows = rows + numpy.sin(numpy.linspace(0, 9, width))[None, :] * depth / 3
    elif kind == "cloth":
        rows = (numpy.add.outer(numpy.arange(height) // 40 % 2, numpy.arange(width) // 40 % 2) - 1) * depth * 2.0
    else:
        rows = numpy.broadcast_to(rows / 3, (height, width))
    rows = numpy.broadcast_to(rows, (height, width))
    pixels = numpy.stack([rows + colour for colour in (red, green, blue)], axis=2)
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype("uint8"))


def perspective(source: list, target: list) -> list:
    """Coefficients for Image.transform that bring the target's corners from the source's."""
    rows, right = [], []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return list(numpy.linalg.solve(numpy.array(rows, float), numpy.array(right, float)))


def photograph(paper: Image.Image, seed: int, on="wood", angle=2.0, tilt=0.02, blur=0.6, noise=5.0, dark=0.25) -> Image.Image:
    """@param tilt how much narrower the far edge is; dark: how much light is lost from one corner to the other"""
    random = numpy.random.default_rng(seed)
    width, height = paper.size
    size = (round(width * 1.28), round(height * 1.16))
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    sheet = Image.new("RGBA", size, (0, 0, 0, 0))
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    shrink = width * tilt
    target = [(left + shrink, top + shrink), (left + width - shrink, top), (left + width, top + height), (left, top + height - shrink)]
    body = paper.convert("RGBA").transform(size, Image.Transform.PERSPECTIVE, perspective(corners, target), Image.Resampling.BICUBIC)
    sheet.alpha_composite(body)
    sheet = sheet.rotate(angle, Image.Resampling.BICUBIC)
    shadow = Image.new("RGBA", size, (0, 0, 0, 0))
    shadow.paste((0, 0, 0, 120), (10, 14), sheet.getchannel("A").crop((0, 0, size[0] - 10, size[1] - 14)))
    scene = ground(on, size, random).convert("RGBA")
    scene.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(9)))
    scene.alpha_composite(sheet)
    pixels = numpy.asarray(scene.convert("RGB").filter(ImageFilter.GaussianBlur(blur)), dtype=float)
    light = 1 - dark * numpy.add.outer(numpy.linspace(0, 1, size[1]), numpy.linspace(0, 1, size[0])) / 2
    warm = numpy.array([1.0, 0.985, 0.95])
    pixels = pixels * light[:, :, None] * warm + random.normal(0, noise, (size[1], size[0], 1))
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype("uint8"))


def jpeg(image: Image.Image, quality=68, camera="", taken="", place=None, turned=False) -> bytes:
    """@param place degrees north and east, which nobody should find in the lake; turned: stored lying, said in EXIF"""
    exif = Image.Exif()
    if camera:
        exif[0x010F], exif[0x0110], exif[0x0132] = "Millrace", camera, taken
        exif.get_ifd(0x8769)[0x9003] = taken
    if turned:
        image, exif[0x0112] = image.transpose(Image.Transpose.ROTATE_90), 6
    if place:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", degrees(place[0]), "E", degrees(place[1])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif.tobytes())
    return out.getvalue()


def degrees(value: float) -> tuple:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def webp(image: Image.Image, quality=80) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def grain(image: Image.Image, seed: int, noise=6.0, blur=1.2) -> Image.Image:
    """A drawing as a camera sees it."""
    random = numpy.random.default_rng(seed)
    pixels = numpy.asarray(image.filter(ImageFilter.GaussianBlur(blur)), dtype=float)
    pixels += random.normal(0, noise, pixels.shape[:2] + (1,))
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype("uint8"))


def canvas(width: int, height: int, colour: tuple) -> tuple:
    image = Image.new("RGB", (width, height), colour)
    return image, ImageDraw.Draw(image)
