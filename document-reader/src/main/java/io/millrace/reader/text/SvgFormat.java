package io.millrace.reader.text;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import java.io.IOException;
import java.util.OptionalInt;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** The words in an SVG drawing; it is not drawn, and its scripts and entities stay text. */
public final class SvgFormat implements Format {
    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException {
        findings.reader(HtmlFormat.LIBRARY);
        byte[] bytes = Beginning.of(file, HtmlFormat.MOST_BYTES, findings);
        Document document = Jsoup.parse(Charsets.decode(bytes), "", Parser.xmlParser());
        Element drawing = document.selectFirst("svg");
        if (drawing == null) {
            return;
        }
        OptionalInt width = pixels(drawing.attr("width"));
        OptionalInt height = pixels(drawing.attr("height"));
        if (width.isPresent() && height.isPresent()) {
            findings.size(width.getAsInt(), height.getAsInt());
        }
        Element title = drawing.selectFirst("> title");
        findings.title(title == null ? null : title.text());
        BoundedText text = new BoundedText(findings.limits().textCharacters());
        drawing.select("text, desc").forEach(words -> text.append(words.text()).append("\n"));
        findings.text(text, TextFrom.TEXT);
    }

    private static OptionalInt pixels(String length) {
        return length.strip().matches("\\d{1,6}(\\.\\d+)?(px)?")
                ? OptionalInt.of((int) Double.parseDouble(length.strip().replace("px", "")))
                : OptionalInt.empty();
    }
}
