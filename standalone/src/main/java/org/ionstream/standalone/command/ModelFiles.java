package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.trust.Calibrator;
import picocli.CommandLine.Model.CommandSpec;

/** Model files that a user names. */
final class ModelFiles {
    private ModelFiles() {}

    /** @throws IllegalArgumentException if there is no such file, or it is none that is ever loaded */
    static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("%s is not a file; name an ONNX file".formatted(file));
            }
            if (Files.size(file) > OnnxModelFile.LARGEST_BYTES) {
                throw new IllegalArgumentException("%s has %,d bytes; at most %,d are loaded: export fewer parameters"
                        .formatted(file, Files.size(file), OnnxModelFile.LARGEST_BYTES));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** @throws UnusableModelException naming the file, the rule that is broken and the remedy */
    static OnnxModelFile checked(Path file) {
        try {
            return OnnxModelFile.parse(bytes(file));
        } catch (UnusableModelException e) {
            throw new UnusableModelException(file + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if it is a model of another cell */
    static OnnxModelFile of(Path file, CellModel cellModel) {
        OnnxModelFile model = checked(file);
        if (!model.card().cellModel().equals(cellModel.id())) {
            throw new IllegalArgumentException("%s is a model of %s, not of %s"
                    .formatted(file, model.card().cellModel(), cellModel.id()));
        }
        return model;
    }

    /** @throws IllegalArgumentException if none is shipped for this cell model */
    static OnnxModelFile bundled(CellModel model) {
        return OnnxModelFile.parse(BundledChampions.of(model)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has no bundled champion; give one with --model".formatted(model.id()))));
    }

    /** Of every cell model that has one. */
    static List<OnnxModelFile> allBundled() {
        return BundledChampions.cellModels().stream().map(ModelFiles::bundled).toList();
    }

    /** With bands that are calibrated on the paper's distribution; says that it does so. */
    static byte[] calibrated(byte[] onnx, ReferenceLabels labels, CommandSpec command) {
        Reporting.tell(command, "calibrating its bands on %,d protocols".formatted(2 * Calibrator.PROTOCOLS));
        FnoPredictor.Settings serving = FnoPredictor.Settings.ON_CPU;
        return new Calibrator(serving)
                .onPaper(OnnxModelFile.parse(onnx), labels)
                .bytes();
    }

    /** Written beside and moved into place: never half a file. */
    static void write(Path file, byte[] onnx) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, onnx);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }
}
