package io.millrace.reader.ocr;

import io.millrace.reader.document.BoundedText;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** No engine. */
record NoOcr() implements Ocr {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean read(BufferedImage image, Path folder, BoundedText text) {
        return false;
    }
}
