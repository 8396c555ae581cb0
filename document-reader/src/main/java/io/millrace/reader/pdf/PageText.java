package io.millrace.reader.pdf;

import io.millrace.reader.document.BoundedText;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text that stands on pages, in the order of the file. */
final class PageText {
    /** Letters of a page that are looked at: each takes some hundred bytes. */
    private static final int MOST_LETTERS = 100_000;

    private final PDDocument pdf;
    private final BoundedText text;

    PageText(PDDocument pdf, BoundedText text) {
        this.pdf = pdf;
        this.text = text;
    }

    /** @return whether there is any */
    boolean append(int page) throws IOException {
        Stripper stripper = new Stripper(page + 1);
        StringWriter found = new StringWriter();
        stripper.writeText(pdf, found);
        String stripped = found.toString().strip();
        if (!stripped.isEmpty()) {
            text.append(stripped).append("\n");
        }
        return !stripped.isEmpty();
    }

    private static final class Stripper extends PDFTextStripper {
        private int letters;

        Stripper(int page) {
            setStartPage(page);
            setEndPage(page);
            setLineSeparator("\n");
            setPageEnd("");
        }

        @Override
        protected void processTextPosition(TextPosition letter) {
            if (letters++ < MOST_LETTERS) {
                super.processTextPosition(letter);
            }
        }
    }
}
