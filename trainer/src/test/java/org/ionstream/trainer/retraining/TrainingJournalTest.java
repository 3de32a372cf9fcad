package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingJournalTest {
    private static final UnfinishedTraining TRAINING =
            new UnfinishedTraining("r-1", "fitzhugh-nagumo-1961", "drift", "why", List.of("p-1", "p-2"), "m-1");

    @TempDir
    private Path directory;

    @Test
    void shouldRememberWhatHasBegunUntilItEnds() throws IOException {
        TrainingJournal journal = new TrainingJournal(directory.resolve("new"));
        journal.begin(TRAINING);
        Files.writeString(journal.checkpoint("fitzhugh-nagumo-1961"), "weights");
        Files.writeString(journal.checkpoint("hodgkin-huxley-1952"), "weights");

        TrainingJournal afterRestart = new TrainingJournal(directory.resolve("new"));
        assertThat(afterRestart.unfinished("fitzhugh-nagumo-1961")).contains(TRAINING);
        assertThat(afterRestart.unfinished("hodgkin-huxley-1952")).isEmpty();

        afterRestart.end("fitzhugh-nagumo-1961");
        assertThat(afterRestart.unfinished("fitzhugh-nagumo-1961")).isEmpty();
        assertThat(journal.checkpoint("fitzhugh-nagumo-1961")).doesNotExist();
        assertThat(journal.checkpoint("hodgkin-huxley-1952")).exists();
    }

    @Test
    void shouldStartAfreshFromADamagedFile() throws IOException {
        TrainingJournal journal = new TrainingJournal(directory);
        journal.begin(TRAINING);
        Files.writeString(directory.resolve("fitzhugh-nagumo-1961.json"), "{\"runId\":");

        assertThat(journal.unfinished("fitzhugh-nagumo-1961")).isEmpty();
        journal.begin(TRAINING);
        assertThat(journal.unfinished("fitzhugh-nagumo-1961")).contains(TRAINING);
    }
}
