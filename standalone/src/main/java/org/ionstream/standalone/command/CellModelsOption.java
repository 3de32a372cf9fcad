package org.ionstream.standalone.command;

import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.release.BundledChampions;
import picocli.CommandLine.Option;

/** Some cell models, or all. */
final class CellModelsOption {
    @Option(
            names = "--cell-model",
            split = ",",
            paramLabel = "ID",
            description = "One or several, comma-separated. Default: all that have a bundled champion")
    private List<String> ids = List.of();

    /** @throws IllegalArgumentException naming the known ones */
    List<CellModel> models() {
        return ids.isEmpty()
                ? BundledChampions.cellModels()
                : ids.stream().map(CellModels::byId).toList();
    }
}
