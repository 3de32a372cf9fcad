package org.ionstream.trainer.retraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of trainings outlives the trainer: which has begun, and its checkpoint. All else is on the topics. One training of a cell
 * model at a time.
 */
final class TrainingJournal {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJournal.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    /** @param directory made if it is not there */
    TrainingJournal(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make %s for unfinished trainings".formatted(directory), e);
        }
    }

    /** On disk when this returns. */
    void begin(UnfinishedTraining training) {
        Path file = file(training.cellModel());
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, JSON.writeValueAsBytes(training));
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What had begun and not ended; a file that cannot be read is as good as none. */
    Optional<UnfinishedTraining> unfinished(String cellModel) {
        Path file = file(cellModel);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), UnfinishedTraining.class));
        } catch (JsonProcessingException e) {
            LOG.warn("{} is no unfinished training, left out: {}", file, e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Of the training that is under way. */
    Path checkpoint(String cellModel) {
        return directory.resolve(cellModel + ".checkpoint");
    }

    /** Whatever came of it. */
    void end(String cellModel) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, cellModel + "*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear %s of the training of %s".formatted(directory, cellModel), e);
        }
    }

    private Path file(String cellModel) {
        return directory.resolve(cellModel + ".json");
    }
}
