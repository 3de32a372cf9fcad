package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.StateVariable;

/**
 * The errors over some protocols, or of one variable over all protocols.
 *
 * @param name of the subset or variable
 * @param protocols how many
 * @param served the paper's metric, of the model as it is served
 * @param exported the paper's metric, of the same network on the paper's grid; null if it cannot be brought there
 * @param physical relative to the excursion, as served; null where nothing moves
 * @param relativeL2OnStream relative to the excursion with the floor that errors on the stream have
 * @param largestDifference in the variable's unit; null if the row is of all variables
 */
public record ErrorRow(
        String name,
        int protocols,
        Norms served,
        Norms exported,
        Norms physical,
        Distribution relativeL2OnStream,
        Distribution largestDifference) {

    /**
     * Everything measured on one model's protocols; the lists are in the order of the protocols.
     *
     * @param subsets names
     * @param exported empty if the network cannot be brought to the paper's grid
     */
    public record Measured(
            List<String> subsets, List<PaperError> served, List<PaperError> exported, List<PhysicalError> physical) {}

    /** Over all protocols and variables. */
    public static ErrorRow all(Measured measured) {
        return of("all", measured, IntStream.range(0, measured.subsets().size()).toArray());
    }

    /** A row for each subset, in the order in which they come. */
    public static List<ErrorRow> bySubset(Measured measured) {
        List<String> subsets = measured.subsets();
        return subsets.stream()
                .distinct()
                .map(subset -> of(
                        subset,
                        measured,
                        IntStream.range(0, subsets.size())
                                .filter(i -> subsets.get(i).equals(subset))
                                .toArray()))
                .toList();
    }

    /** A row for each variable. */
    public static List<ErrorRow> byVariable(Measured measured, List<StateVariable> variables) {
        List<ErrorRow> rows = new ArrayList<>();
        for (int variable = 0; variable < variables.size(); variable++) {
            int row = variable;
            rows.add(new ErrorRow(
                    variables.get(row).name(),
                    measured.subsets().size(),
                    Norms.ofPaper(measured.served(), row),
                    measured.exported().isEmpty() ? null : Norms.ofPaper(measured.exported(), row),
                    Norms.ofPhysical(measured.physical(), row),
                    Distribution.of(measured.physical().stream().mapToDouble(error -> error.relativeL2OnStream()[row]))
                            .orElseThrow(),
                    Distribution.of(measured.physical().stream().mapToDouble(error -> error.largestDifference()[row]))
                            .orElseThrow()));
        }
        return rows;
    }

    private static ErrorRow of(String name, Measured measured, int[] places) {
        List<PhysicalError> physical = at(measured.physical(), places);
        return new ErrorRow(
                name,
                places.length,
                Norms.ofPaper(at(measured.served(), places)),
                measured.exported().isEmpty() ? null : Norms.ofPaper(at(measured.exported(), places)),
                Norms.ofPhysical(physical),
                Distribution.of(physical.stream()
                                .mapToDouble(error -> PhysicalError.meanOverMoved(error.relativeL2OnStream())))
                        .orElseThrow(),
                null);
    }

    private static <E> List<E> at(List<E> errors, int[] places) {
        return IntStream.of(places).mapToObj(errors::get).toList();
    }
}
