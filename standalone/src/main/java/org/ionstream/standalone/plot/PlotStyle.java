package org.ionstream.standalone.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * How every plot looks: white ground, few lines, text that can be read at half size, and the eight colours of M. Okabe and
 * K. Ito, "Color universal design", 2008, which people with any kind of colour vision tell apart.
 */
final class PlotStyle {
    static final int WIDTH = 1000;
    static final int HEIGHT = 760;
    static final float LINE_WIDTH = 2.2f;
    static final int MARKER_SIZE = 9;
    /** Colour of what a plot is held against. */
    static final int MARK = 1;

    static final Font TITLE = font(Font.BOLD, 19);
    static final Font SUBTITLE = font(Font.BOLD, 14);
    static final Font AXIS_TITLE = font(Font.PLAIN, 17);
    static final Font LABEL = font(Font.PLAIN, 15);
    static final Font SMALL = font(Font.PLAIN, 13);

    static final Color INK = new Color(0x222222);
    static final Color GRID = new Color(0xe6e6e6);
    /** Blue, vermilion, green, purple, orange, sky blue, black; yellow is too pale on white. */
    private static final Color[] COLOURS = {
        new Color(0x0072b2),
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9),
        new Color(0x000000)
    };

    private PlotStyle() {}

    static Color colour(int index) {
        return COLOURS[index % COLOURS.length];
    }

    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderColor(GRID);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTickMarksColor(INK);
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(TITLE);
        styler.setAxisTitleFont(AXIS_TITLE);
        styler.setAxisTickLabelsFont(LABEL);
        styler.setLegendFont(LABEL);
        styler.setMarkerSize(MARKER_SIZE);
        styler.setPlotMargin(0);
        styler.setChartPadding(34);
        styler.setChartTitlePadding(10);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
