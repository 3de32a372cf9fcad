package org.ionstream.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.schemas.cell.StateVariable;

/**
 * What is in a data set file, found by reading all of it.
 *
 * @param recipe how it was made
 * @param protocolsSha256 of the protocols in order
 * @param fileSha256 of all bytes
 * @param bytes of the file
 * @param protocolsPerSubset by the protocols' tag "subset"; "" for those without
 * @param variables in the catalogue's order
 */
public record DatasetSummary(
        DatasetRecipe recipe,
        String protocolsSha256,
        String fileSha256,
        long bytes,
        Map<String, Integer> protocolsPerSubset,
        List<VariableRange> variables) {

    /** The values of one variable over all protocols and samples, in its unit. */
    public record VariableRange(String name, String unit, double initial, double lowest, double highest) {}

    /** @throws UnusableDatasetException if it is damaged */
    public static DatasetSummary of(DatasetFile file) {
        List<StateVariable> catalogued = file.recipe().catalogued().variables();
        double[] initial = new double[catalogued.size()];
        double[] lowest = new double[catalogued.size()];
        double[] highest = new double[catalogued.size()];
        Map<String, Integer> subsets = new LinkedHashMap<>();
        file.forEach(labelled -> {
            subsets.merge(
                    labelled.stimulus().protocol().getTags().getOrDefault(CatalogueProtocol.SUBSET, ""),
                    1,
                    Integer::sum);
            for (int variable = 0; variable < initial.length; variable++) {
                initial[variable] = labelled.initial()[variable];
                for (float excursion : labelled.excursions()[variable]) {
                    lowest[variable] = Math.min(lowest[variable], excursion);
                    highest[variable] = Math.max(highest[variable], excursion);
                }
            }
        });
        List<VariableRange> variables = new ArrayList<>();
        for (int i = 0; i < initial.length; i++) {
            StateVariable variable = catalogued.get(i);
            variables.add(new VariableRange(
                    variable.name(), variable.unit(), initial[i], initial[i] + lowest[i], initial[i] + highest[i]));
        }
        return new DatasetSummary(
                file.recipe(), file.protocolsSha256(), sha256(file), size(file), subsets, List.copyOf(variables));
    }

    private static String sha256(DatasetFile file) {
        MessageDigest digest = ProtocolHash.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file.path()), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long size(DatasetFile file) {
        try {
            return Files.size(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        }
    }
}
