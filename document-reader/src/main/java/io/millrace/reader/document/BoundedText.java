package io.millrace.reader.document;

/** Text that stops growing at a limit. */
public final class BoundedText {
    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private boolean cut;

    public BoundedText(int limit) {
        this.limit = limit;
    }

    /** Appends what still fits. */
    public BoundedText append(CharSequence more) {
        int room = limit - text.length();
        if (more.length() > room) {
            cut = true;
            boolean split = room > 0 && Character.isHighSurrogate(more.charAt(room - 1));
            text.append(more, 0, Math.max(0, split ? room - 1 : room));
        } else {
            text.append(more);
        }
        return this;
    }

    public BoundedText append(char[] more, int length) {
        return append(java.nio.CharBuffer.wrap(more, 0, length));
    }

    /** Whether something did not fit. */
    public boolean cut() {
        return cut;
    }

    public boolean isBlank() {
        return text.chars().allMatch(Character::isWhitespace);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
