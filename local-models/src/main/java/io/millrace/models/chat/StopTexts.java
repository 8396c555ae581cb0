package io.millrace.models.chat;

import java.util.List;

/** Passes text on up to the first of some texts; what may be the beginning of one is held back. */
final class StopTexts {
    private final List<String> stops;
    private final PieceReader reader;
    private final StringBuilder text = new StringBuilder();
    private int passed;
    private boolean found;

    StopTexts(List<String> stops, PieceReader reader) {
        this.stops = stops;
        this.reader = reader;
    }

    /** False when nothing more is wanted. */
    boolean add(String piece) {
        text.append(piece);
        int end = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            if (at >= 0 && at < end) {
                end = at;
                found = true;
            }
        }
        if (found) {
            text.setLength(end);
            pass(end);
            return false;
        }
        return pass(end - held());
    }

    /** The text, all of it passed on. */
    String finish() {
        pass(text.length());
        return text.toString();
    }

    boolean found() {
        return found;
    }

    private int held() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
                if (text.substring(text.length() - length).equals(stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean pass(int end) {
        if (end <= passed) {
            return true;
        }
        String piece = text.substring(passed, end);
        passed = end;
        return reader.read(piece);
    }
}
