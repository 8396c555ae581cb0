package io.millrace.reader.ocr;

import io.millrace.reader.document.BoundedText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Recognises text in pictures. */
public sealed interface Ocr permits Tesseract, RapidOcr, NoOcr {
    /** What a picture's owner reads when there is none. */
    String MISSING = "words in pictures are not read: there is no text recognition here";

    /** The engine and its version, {@code none} when there is none. */
    String name();

    /**
     * Appends the words in a picture, line by line.
     *
     * @param folder for the picture while it is looked at
     * @return false when there is no engine
     */
    boolean read(BufferedImage image, Path folder, BoundedText text) throws IOException, InterruptedException;
}
