package io.millrace.reader.image;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import io.millrace.reader.ocr.Ocr;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Pictures of the types Java and TwelveMonkeys decode: size, EXIF, thumbnail, the words in it. */
public final class ImageFormat implements Format {
    private static final String LIBRARY = "imageio of " + Library.of(String.class);
    /** Enough for the small print on a photographed receipt. */
    private static final int DECODED_PIXELS = 6_000_000;

    private final Ocr ocr;
    private final Path folder;

    /** @param folder for the decoded picture while its text is recognised */
    public ImageFormat(Ocr ocr, Path folder) {
        this.ocr = ocr;
        this.folder = folder;
    }

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException, InterruptedException {
        Exif exif = Exif.of(file.path(), findings);
        BufferedImage image;
        try (ImageFile picture = ImageFile.open(file.path())) {
            findings.reader(LIBRARY);
            findings.size(picture.width(), picture.height());
            picture.check(findings.limits().pixels());
            image = exif.upright(picture.decode(DECODED_PIXELS));
            if (picture.endsEarly()) {
                findings.truncated();
            }
        }
        findings.thumbnail(Thumbnail.of(image));
        BoundedText text = new BoundedText(findings.limits().textCharacters());
        if (ocr.read(image, folder, text)) {
            findings.reader(ocr.name());
            findings.text(text, TextFrom.OCR);
        } else {
            findings.remark(Ocr.MISSING);
        }
    }
}
