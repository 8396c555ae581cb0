package io.millrace.ingestion.inference;

/** Why a call gave no answer; the message is what the row's {@code error} column says. */
final class CallFailure extends RuntimeException {
    private static final int LONGEST = 200;

    CallFailure(String reason) {
        super(reason, null, false, false);
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
