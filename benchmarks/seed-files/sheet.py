"""A sheet of paper on which lines are drawn, and which knows what it says."""

from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

FONTS = {
    "mono": "dejavu/DejaVuSansMono.ttf", "mono-bold": "dejavu/DejaVuSansMono-Bold.ttf",
    "sans": "dejavu/DejaVuSans.ttf", "sans-bold": "dejavu/DejaVuSans-Bold.ttf",
    "narrow": "liberation/LiberationSansNarrow-Regular.ttf", "narrow-bold": "liberation/LiberationSansNarrow-Bold.ttf",
    "arial": "liberation/LiberationSans-Regular.ttf", "arial-bold": "liberation/LiberationSans-Bold.ttf",
    "serif": "liberation/LiberationSerif-Regular.ttf", "serif-bold": "liberation/LiberationSerif-Bold.ttf",
    "courier": "liberation/LiberationMono-Regular.ttf", "courier-bold": "liberation/LiberationMono-Bold.ttf",
}


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype("/usr/share/fonts/truetype/" + FONTS[name], size)


@dataclass
class Sheet:
    """Lines from top to bottom; `text()` is what a reader should find, a line each."""

    width: int
    margin: int = 40
    face: str = "mono"
    size: int = 24
    paper: tuple = (255, 255, 255)
    ink: tuple = (25, 25, 25)
    steps: list = field(default_factory=list)
    said: list = field(default_factory=list)
    height: int = 0

    def __post_init__(self):
        self.height = self.margin

    def text(self) -> str:
        return "\n".join(self.said) + "\n"

    def gap(self, pixels: int = 14):
        self.height += pixels

    def line(self, left: str, right: str = "", *, bold=False, size=0, align="left", ink=None, indent=0):
        """One line: text on the left (or centred), and a figure at the right edge."""
        size = size or self.size
        type_ = font(self.face + "-bold" if bold else self.face, size)
        y, x = self.height, self.margin + indent
        if align == "center":
            x = (self.width - type_.getlength(left)) / 2
        self.steps.append(lambda d: d.text((x, y), left, font=type_, fill=ink or self.ink))
        if right:
            at = self.width - self.margin - type_.getlength(right)
            self.steps.append(lambda d: d.text((at, y), right, font=type_, fill=ink or self.ink))
        self.said.append(" ".join(part for part in (left, right) if part))
        self.height += round(size * 1.45)

    def row(self, *cells: tuple, bold=False, size=0):
        """Cells of a table: (x, text), or (-x, text) to end at x."""
        size = size or self.size
        type_ = font(self.face + "-bold" if bold else self.face, size)
        y = self.height
        for x, text in cells:
            at = x if x >= 0 else -x - type_.getlength(text)
            self.steps.append(lambda d, at=at, text=text: d.text((at, y), text, font=type_, fill=self.ink))
        self.said.append(" ".join(text for _, text in cells))
        self.height += round(size * 1.5)

    def rule(self, dashed=False, ink=None):
        y = self.height + 4
        ends = range(self.margin, self.width - self.margin, 16)
        if dashed:
            self.steps.append(lambda d: [d.line((x, y, x + 8, y), fill=self.ink, width=2) for x in ends])
        else:
            self.steps.append(lambda d: d.line((self.margin, y, self.width - self.margin, y), fill=ink or self.ink, width=2))
        self.height += 14

    def band(self, pixels: int, colour: tuple):
        """A coloured band over the whole width, behind what comes next."""
        y = self.height
        self.steps.append(lambda d: d.rectangle((0, y, self.width, y + pixels), fill=colour))

    def bars(self, seed: int):
        """A barcode-like row of bars that says nothing."""
        y, x = self.height, self.width // 4
        state = seed
        while x < self.width * 3 // 4:
            state = (state * 1103515245 + 12345) % 2**31
            wide = 2 + state // 65536 % 5
            self.steps.append(lambda d, x=x, wide=wide: d.rectangle((x, y, x + wide - 1, y + 60), fill=self.ink))
            x += wide + 3 + state // 4096 % 4
        self.height += 74

    def draw(self, height: int = 0) -> Image.Image:
        image = Image.new("RGB", (self.width, height or self.height + self.margin), self.paper)
        canvas = ImageDraw.Draw(image)
        for step in self.steps:
            step(canvas)
        return image
