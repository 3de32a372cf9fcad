package org.ionstream.standalone.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Draws in the style of all plots; places are in pixels from the upper left corner. */
final class Pen {
    /** Which part of a text stands at the place. */
    enum Anchor {
        LEFT(0),
        MIDDLE(0.5),
        RIGHT(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    private final Graphics2D graphics;

    Pen(Graphics2D graphics, int width, int height) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
    }

    double widthOf(String text, Font font) {
        return graphics.getFontMetrics(font).stringWidth(text);
    }

    /** Its small letters are centred on y. */
    void text(String text, Font font, double x, double y, Anchor anchor) {
        graphics.setFont(font);
        graphics.setColor(PlotStyle.INK);
        graphics.drawString(
                text, (float) (x - anchor.share * widthOf(text, font)), (float) (y + 0.35 * font.getSize()));
    }

    /** From below to above, centred. */
    void upright(String text, Font font, double x, double y) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2);
        text(text, font, 0, 0, Anchor.MIDDLE);
        graphics.setTransform(before);
    }

    void line(double x1, double y1, double x2, double y2, Color colour, double width) {
        stroke(new Line2D.Double(x1, y1, x2, y2), colour, new BasicStroke((float) width));
    }

    void dashed(Path2D path, Color colour, double width) {
        stroke(
                path,
                colour,
                new BasicStroke(
                        (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 4}, 0));
    }

    void solid(Path2D path, Color colour, double width) {
        stroke(path, colour, new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    }

    void frame(Rectangle2D area, Color colour) {
        stroke(area, colour, new BasicStroke(1));
    }

    void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    void dot(double x, double y, double size, Color colour) {
        fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size), colour);
    }

    private void stroke(Shape shape, Color colour, BasicStroke stroke) {
        graphics.setColor(colour);
        graphics.setStroke(stroke);
        graphics.draw(shape);
    }
}
