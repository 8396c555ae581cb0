package io.millrace.reader.text;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** What a browser would show of HTML, without running or fetching anything of it. */
public final class HtmlFormat implements Format {
    public static final String LIBRARY = Library.of(Jsoup.class);
    /** Of HTML at most: its tree is many times as large. */
    public static final int MOST_BYTES = 1024 * 1024;

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException {
        findings.reader(LIBRARY);
        byte[] bytes = Beginning.of(file, MOST_BYTES, findings);
        Document document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
        findings.title(document.title());
        findings.text(
                new BoundedText(findings.limits().textCharacters()).append(shown(document.body())), TextFrom.TEXT);
    }

    /** The text of HTML, a line for each block. */
    public static String text(String html) {
        return shown(Jsoup.parse(html).body());
    }

    private static String shown(Element body) {
        StringBuilder text = new StringBuilder();
        body.traverse((node, depth) -> {
            if (node instanceof TextNode words) {
                text.append(words.getWholeText().replaceAll("\\s+", " "));
            } else if (node instanceof Element element && (element.isBlock() || element.nameIs("br"))) {
                text.append('\n');
            }
        });
        return text.toString()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
