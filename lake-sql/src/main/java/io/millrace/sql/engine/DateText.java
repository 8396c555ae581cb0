package io.millrace.sql.engine;

import java.time.DateTimeException;
import java.time.LocalDateTime;

/** Reads a date by a MySQL pattern. */
final class DateText {
    private final String text;
    private final String pattern;
    private int at;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private boolean afternoon;

    DateText(String text, String pattern) {
        this.text = text.strip();
        this.pattern = pattern;
    }

    /** @throws DateTimeException or IndexOutOfBoundsException when the text does not fit */
    LocalDateTime read() {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                field(pattern.charAt(++i));
            } else if (text.charAt(at++) != c) {
                throw new DateTimeException("expected " + c);
            }
        }
        int hourOfDay = afternoon && hour < 12 ? hour + 12 : hour;
        return LocalDateTime.of(year, month, day, hourOfDay, minute, second, micros * 1000);
    }

    private void field(char specifier) {
        switch (specifier) {
            case 'Y' -> year = digits(4);
            case 'y' -> {
                int value = digits(2);
                year = value + (value < 70 ? 2000 : 1900);
            }
            case 'm', 'c' -> month = digits(2);
            case 'd', 'e' -> day = digits(2);
            case 'H', 'k', 'h', 'I', 'l' -> hour = digits(2);
            case 'i' -> minute = digits(2);
            case 's', 'S' -> second = digits(2);
            case 'f' -> {
                int start = at;
                int value = digits(6);
                for (int length = at - start; length < 6; length++) {
                    value *= 10;
                }
                micros = value;
            }
            case 'p' -> {
                afternoon = text.substring(at, at + 2).equalsIgnoreCase("PM");
                at += 2;
            }
            default -> throw new DateTimeException("unknown specifier %" + specifier);
        }
    }

    private int digits(int most) {
        int start = at;
        while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new DateTimeException("expected digits");
        }
        return Integer.parseInt(text.substring(start, at));
    }
}
