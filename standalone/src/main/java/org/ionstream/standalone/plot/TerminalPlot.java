package org.ionstream.standalone.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Curves over the same times in characters, for a terminal. Each column of characters covers a stretch of samples and is marked
 * from the lowest to the highest of them, so that no peak is lost.
 *
 * @param quantity on the vertical axis, with unit
 * @param toMs end of the time axis, which begins at 0
 * @param curves one or several
 */
public record TerminalPlot(String quantity, double toMs, List<Curve> curves) {
    private static final int WIDTH = 72;
    private static final int HEIGHT = 12;
    private static final char BOTH = '#';

    /**
     * @param name in the legend
     * @param mark its character
     * @param values finite, at equal steps
     */
    public record Curve(String name, char mark, float[] values) {}

    public TerminalPlot {
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("a plot of %s without a curve".formatted(quantity));
        }
    }

    /** From top to bottom. */
    public List<String> lines() {
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (Curve curve : curves) {
            for (float value : curve.values()) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        char[][] canvas = new char[HEIGHT][WIDTH];
        for (char[] row : canvas) {
            Arrays.fill(row, ' ');
        }
        for (Curve curve : curves) {
            draw(curve, lowest, highest, canvas);
        }
        List<String> lines = new ArrayList<>();
        lines.add("%s   %s".formatted(quantity, legend()));
        for (int row = 0; row < HEIGHT; row++) {
            String label = row == 0 ? number(highest) : row == HEIGHT - 1 ? number(lowest) : "";
            lines.add("%9s |%s".formatted(label, new String(canvas[row]).stripTrailing()));
        }
        lines.add("%9s +%s".formatted("", "-".repeat(WIDTH)));
        lines.add("%9s  0%s ms".formatted("", "%" + (WIDTH - 4) + "s").formatted(number(toMs)));
        return lines;
    }

    private static void draw(Curve curve, float lowest, float highest, char[][] canvas) {
        float range = highest > lowest ? highest - lowest : 1;
        int samples = curve.values().length;
        for (int column = 0; column < WIDTH; column++) {
            int from = Math.min(samples - 1, column * samples / WIDTH);
            int to = Math.max(from, Math.min(samples - 1, (column + 1) * samples / WIDTH));
            int top = HEIGHT - 1;
            int bottom = 0;
            for (int sample = from; sample <= to; sample++) {
                int row = Math.round((highest - curve.values()[sample]) / range * (HEIGHT - 1));
                top = Math.min(top, row);
                bottom = Math.max(bottom, row);
            }
            for (int row = top; row <= bottom; row++) {
                canvas[row][column] = canvas[row][column] == ' ' ? curve.mark() : BOTH;
            }
        }
    }

    private String legend() {
        String names = curves.stream()
                .map(curve -> "%s %s".formatted(curve.mark(), curve.name()))
                .collect(Collectors.joining(", "));
        return curves.size() == 1 ? names : names + ", " + BOTH + " both";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
