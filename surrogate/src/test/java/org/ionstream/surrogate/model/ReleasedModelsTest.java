package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.TinyModel;
import org.junit.jupiter.api.Test;

class ReleasedModelsTest {
    private final FakeLog log = new FakeLog();
    private final ReleasedModels models = new ReleasedModels(log.topics, ReleaseKeys.NONE, log::reader);

    @Test
    void shouldFindTheNewestChampion() {
        log.release(TinyModel.bytes("tiny-1"));
        ModelRelease second = log.release(TinyModel.bytes("tiny-2"));

        assertThat(models.champion(TinyModel.CELL.id())).contains(second);
    }

    @Test
    void shouldFindNoneWhereThereIsNone() {
        log.release(TinyModel.bytes("tiny-1"));

        assertThat(models.champion("ohara-rudy-2011")).isEmpty();
        assertThat(new ReleasedModels(new FakeLog().topics, ReleaseKeys.NONE, new FakeLog()::reader)
                        .champion(TinyModel.CELL.id()))
                .isEmpty();
    }

    @Test
    void shouldPassOverWhatCannotBeRead() {
        ModelRelease good = log.release(TinyModel.bytes("tiny-1"));
        byte[] key = Champion.key(TinyModel.CELL.id(), Champion.ALIAS).getBytes(StandardCharsets.UTF_8);
        log.append(log.topics.models.name(), key, new byte[] {1, 2, 3});

        assertThat(models.champion(TinyModel.CELL.id())).contains(good);
    }
}
