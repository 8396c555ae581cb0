package io.millrace.reader.pdf;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.Refusal;
import io.millrace.reader.document.TextFrom;
import io.millrace.reader.ocr.Ocr;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** Text, page by page; pages without any are recognised. A PDF's scripts are never run. */
public final class PdfFormat implements Format {
    private static final String LIBRARY = Library.of(PDDocument.class);
    /** What PDFBox may put into temporary files. */
    private static final long SCRATCH_BYTES = 1L << 30;

    private final Ocr ocr;
    private final Path folder;

    /** @param folder for temporary files */
    public PdfFormat(Ocr ocr, Path folder) {
        this.ocr = ocr;
        this.folder = folder;
    }

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException, InterruptedException {
        findings.reader(LIBRARY);
        Inflation.check(file.path());
        MemoryUsageSetting memory =
                MemoryUsageSetting.setupTempFileOnly(SCRATCH_BYTES).setTempDir(folder.toFile());
        try (PDDocument pdf = Loader.loadPDF(file.path().toFile(), "", memory.streamCache)) {
            findings.pages(pdf.getNumberOfPages());
            findings.title(pdf.getDocumentInformation().getTitle());
            text(pdf, findings);
        } catch (InvalidPasswordException e) {
            throw new Refusal("the PDF is encrypted: it takes a password to read it");
        }
    }

    private void text(PDDocument pdf, Findings findings) throws IOException, InterruptedException {
        BoundedText text = new BoundedText(findings.limits().textCharacters());
        PageText pages = new PageText(pdf, text);
        PagePictures pictures = new PagePictures(pdf, findings.limits().pixels());
        TextFrom from = TextFrom.TEXT;
        int recognised = 0;
        @Nullable IOException damage = null;
        for (int page = 0; page < pdf.getNumberOfPages(); page++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (page >= findings.limits().pages() || text.cut()) {
                findings.truncated();
                break;
            }
            if (page == 0) {
                pictures.small(page).ifPresent(findings::thumbnail);
            }
            boolean written;
            try {
                written = pages.append(page);
            } catch (IOException e) {
                damage = e;
                findings.truncated();
                continue;
            }
            if (written || pictures.isBlank(page)) {
                continue;
            }
            if (recognised >= findings.limits().ocrPages()) {
                findings.truncated();
                continue;
            }
            recognised++;
            var scan = pictures.large(page);
            if (scan.isEmpty()) {
                findings.truncated();
            } else if (ocr.read(scan.get(), folder, text)) {
                text.append("\n");
                findings.reader(ocr.name());
                from = TextFrom.OCR;
            } else {
                findings.remark(Ocr.MISSING);
            }
        }
        if (damage != null && text.isBlank()) {
            throw damage;
        }
        findings.text(text, from);
    }
}
