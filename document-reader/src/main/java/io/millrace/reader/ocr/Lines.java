package io.millrace.reader.ocr;

import com.benjaminwan.ocrlibrary.Point;
import com.benjaminwan.ocrlibrary.TextBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts pieces of recognised text into lines, as a reader's eye does. */
final class Lines {
    /** Below it a piece is a shape taken for letters. */
    private static final double LEAST_SCORE = 0.5;

    private Lines() {}

    /** Text with where it stands. */
    record Piece(String text, double left, double middle, double height) {
        /** None when the engine is not sure of the letters. */
        static Stream<Piece> of(TextBlock block) {
            List<Point> corners = block.getBoxPoint();
            float[] scores = block.getCharScores();
            double sum = 0;
            for (float score : scores) {
                sum += score;
            }
            if (block.getText().isBlank() || corners.isEmpty() || sum < LEAST_SCORE * scores.length) {
                return Stream.of();
            }
            double left = corners.stream().mapToInt(Point::getX).min().orElse(0);
            double top = corners.stream().mapToInt(Point::getY).min().orElse(0);
            double bottom = corners.stream().mapToInt(Point::getY).max().orElse(0);
            return Stream.of(new Piece(block.getText().strip(), left, (top + bottom) / 2, bottom - top));
        }
    }

    static String of(List<Piece> pieces) {
        List<List<Piece>> lines = new ArrayList<>();
        for (Piece piece : pieces.stream()
                .sorted(Comparator.comparingDouble(Piece::middle))
                .toList()) {
            List<Piece> last = lines.isEmpty() ? List.of() : lines.get(lines.size() - 1);
            if (!last.isEmpty()
                    && piece.middle() - last.get(0).middle() < last.get(0).height() / 2) {
                last.add(piece);
            } else {
                lines.add(new ArrayList<>(List.of(piece)));
            }
        }
        return lines.stream()
                .map(line -> line.stream()
                        .sorted(Comparator.comparingDouble(Piece::left))
                        .map(Piece::text)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }
}
