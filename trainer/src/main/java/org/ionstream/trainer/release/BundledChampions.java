package org.ionstream.trainer.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;

/** The first champions, trained by the {@code train} command and shipped with the code. */
public final class BundledChampions {
    private BundledChampions() {}

    /** Where a champion lies on the class path. */
    public static String resource(CellModel cellModel) {
        return "/champions/" + cellModel.id() + ".onnx";
    }

    /** Those that have one. */
    public static List<CellModel> cellModels() {
        return CellModels.all().stream()
                .filter(model -> BundledChampions.class.getResource(resource(model)) != null)
                .toList();
    }

    public static Optional<byte[]> of(CellModel cellModel) {
        try (InputStream file = BundledChampions.class.getResourceAsStream(resource(cellModel))) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource(cellModel), e);
        }
    }
}
