package org.ionstream.reference.cell;

import java.util.Arrays;

/**
 * Where in the ventricular wall a cell comes from: factors on the endocardial cell's conductances, permeabilities and fluxes.
 * T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061, supplement, "transmural heterogeneity".
 */
public enum VentricularCell {
    ENDOCARDIAL(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    EPICARDIAL(0.6, 4, 1.2, 1.3, 1.4, 1.2, 1.1, 0.9, 0.6, 1, 1.3, 1.3),
    MIDMYOCARDIAL(1, 4, 2.5, 0.8, 1, 1.3, 1.4, 0.7, 1, 1.7, 1, 1);

    final double gNaL;
    final double gto;
    final double pCa;
    final double gKr;
    final double gKs;
    final double gK1;
    final double gNaCa;
    final double pNaK;
    final double gKb;
    final double jRel;
    final double jUp;
    final double calmodulin;

    /**
     * @param name in any case
     * @throws IllegalArgumentException naming the known ones
     */
    public static VentricularCell named(String name) {
        return Arrays.stream(values())
                .filter(cell -> cell.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no ventricular cell '%s'; there are %s".formatted(name, Arrays.toString(values()))));
    }

    VentricularCell(double... factors) {
        gNaL = factors[0];
        gto = factors[1];
        pCa = factors[2];
        gKr = factors[3];
        gKs = factors[4];
        gK1 = factors[5];
        gNaCa = factors[6];
        pNaK = factors[7];
        gKb = factors[8];
        jRel = factors[9];
        jUp = factors[10];
        calmodulin = factors[11];
    }
}
