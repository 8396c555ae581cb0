package io.millrace.reader.pdf;

import io.millrace.reader.document.Picture;
import io.millrace.reader.image.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Draws pages, whatever their size, to pictures of a given one. */
final class PagePictures {
    /** About 200 dots an inch of an A4 page. */
    private static final int LARGE_PIXELS = 2_300;
    /** Forms within forms that are looked into. */
    private static final int DEEPEST = 8;

    private final PDDocument pdf;
    private final PDFRenderer renderer;
    private final long mostPixels;

    /** @param mostPixels of a picture on a page; a page with a larger one is not drawn */
    PagePictures(PDDocument pdf, long mostPixels) {
        this.pdf = pdf;
        this.mostPixels = mostPixels;
        renderer = new PDFRenderer(pdf);
        renderer.setSubsamplingAllowed(true);
    }

    /** Whether nothing is drawn on a page. */
    boolean isBlank(int page) {
        return !pdf.getPage(page).hasContents();
    }

    /** A thumbnail; empty when the page is not to be drawn. */
    Optional<Picture> small(int page) throws IOException {
        Optional<BufferedImage> drawn = draw(page, Thumbnail.LONGEST);
        return drawn.isEmpty() ? Optional.empty() : Optional.of(Thumbnail.of(drawn.get()));
    }

    /** Large enough to recognise its text; empty when the page is not to be drawn. */
    Optional<BufferedImage> large(int page) {
        return draw(page, LARGE_PIXELS);
    }

    private Optional<BufferedImage> draw(int number, int pixels) {
        PDPage page = pdf.getPage(number);
        PDRectangle box = page.getCropBox();
        float longest = Math.max(box.getWidth(), box.getHeight());
        float shortest = Math.min(box.getWidth(), box.getHeight());
        float scale = pixels / longest;
        try {
            return shortest * scale >= 1 && !holdsTooLarge(page.getResources(), 0)
                    ? Optional.of(renderer.renderImage(number, scale, ImageType.RGB))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // It may still have text.
            return Optional.empty();
        }
    }

    private boolean holdsTooLarge(PDResources resources, int depth) throws IOException {
        if (resources == null || depth > DEEPEST) {
            return depth > DEEPEST;
        }
        for (COSName name : resources.getXObjectNames()) {
            PDXObject object = resources.getXObject(name);
            if (object instanceof PDImageXObject image && (long) image.getWidth() * image.getHeight() > mostPixels) {
                return true;
            }
            if (object instanceof PDFormXObject form && holdsTooLarge(form.getResources(), depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
