package org.ionstream.standalone.plot;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** Something that can be drawn. It needs no display, but a font. */
public interface Plot {
    /** In pixels. */
    int width();

    /** In pixels. */
    int height();

    /** On an area of this width and height, its ground included. */
    void paint(Graphics2D graphics);

    /**
     * Writes NAME.png and NAME.svg.
     *
     * @param folder made if it is not there
     * @return both files
     */
    default List<Path> write(Path folder, String name) {
        System.setProperty("java.awt.headless", "true");
        Path png = folder.resolve(name + ".png");
        Path svg = folder.resolve(name + ".svg");
        try {
            Files.createDirectories(folder);
            ImageIO.write(image(), "png", png.toFile());
            try (Writer writer = Files.newBufferedWriter(svg)) {
                writeSvg(writer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s or %s".formatted(png, svg), e);
        } catch (InternalError | LinkageError e) {
            throw new IllegalStateException(
                    "cannot draw, because this machine has no fonts (%s); install fontconfig and one font"
                            .formatted(e.getMessage()),
                    e);
        }
        return List.of(png, svg);
    }

    private BufferedImage image() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        paint(graphics);
        graphics.dispose();
        return image;
    }

    private void writeSvg(Writer writer) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(emptyDocument());
        graphics.setSVGCanvasSize(new Dimension(width(), height()));
        paint(graphics);
        graphics.stream(writer, true);
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML parser", e);
        }
    }
}
