package io.millrace.reader;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;

/** PDFs made for tests. */
final class Pdfs {
    private Pdfs() {}

    /** What is done to a document before it is saved. */
    interface Change {
        void to(PDDocument pdf) throws IOException;
    }

    static byte[] of(Change change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = new PDDocument()) {
            change.to(pdf);
            pdf.save(out);
        }
        return out.toByteArray();
    }

    static void page(PDDocument pdf, List<String> lines) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.newLineAtOffset(70, 750);
            for (String line : lines) {
                content.showText(line);
                content.newLineAtOffset(0, -20);
            }
            content.endText();
        }
    }

    static void scan(PDDocument pdf, BufferedImage image) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            float height = 500f * image.getHeight() / image.getWidth();
            content.drawImage(JPEGFactory.createFromImage(pdf, image, 0.9f), 50, 800 - height, 500, height);
        }
    }

    static byte[] encrypted() throws IOException {
        return of(pdf -> {
            page(pdf, List.of("secret"));
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
        });
    }

    static byte[] withScript() throws IOException {
        return of(pdf -> {
            page(pdf, List.of("scripted"));
            pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("while (true) app.alert('hi');"));
        });
    }

    /** A page whose content is a text so many times, with a font F: small when packed. */
    static byte[] repeated(String content, int times) throws IOException {
        return of(pdf -> {
            COSDictionary fonts = new COSDictionary();
            fonts.setItem(COSName.getPDFName("F"), new PDType1Font(Standard14Fonts.FontName.HELVETICA).getCOSObject());
            COSDictionary resources = new COSDictionary();
            resources.setItem(COSName.FONT, fonts);
            page(pdf, packed(content, times), resources);
        });
    }

    /** A page that draws the same form so many times, which draws nothing so many times: small, and slow to read. */
    static byte[] slow(int forms) throws IOException {
        return of(pdf -> {
            COSStream form = packed("q Q\n", 250_000);
            form.setItem(COSName.TYPE, COSName.XOBJECT);
            form.setItem(COSName.SUBTYPE, COSName.FORM);
            form.setItem(COSName.BBOX, PDRectangle.A4.getCOSArray());
            COSDictionary named = new COSDictionary();
            named.setItem(COSName.getPDFName("F"), form);
            COSDictionary resources = new COSDictionary();
            resources.setItem(COSName.XOBJECT, named);
            page(pdf, packed("/F Do\n", forms), resources);
        });
    }

    private static void page(PDDocument pdf, COSStream content, COSDictionary resources) {
        PDPage page = new PDPage(PDRectangle.A4);
        page.getCOSObject().setItem(COSName.CONTENTS, content);
        page.getCOSObject().setItem(COSName.RESOURCES, resources);
        pdf.addPage(page);
    }

    /** Packed here: PDFBox would first keep it unpacked. */
    private static COSStream packed(String content, int times) throws IOException {
        COSStream stream = new COSStream();
        stream.setItem(COSName.FILTER, COSName.FLATE_DECODE);
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new DeflaterOutputStream(stream.createRawOutputStream())) {
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        }
        return stream;
    }
}
