package org.ionstream.schemas.biomarker;

import java.util.function.Function;
import org.ionstream.schemas.message.Biomarkers;

/** The biomarkers of a whole trajectory, by the names of their fields. */
public enum TrajectoryBiomarker {
    STIMULI("stimuli", biomarkers -> (double) biomarkers.getStimuli()),
    CAPTURED_STIMULI("capturedStimuli", biomarkers -> (double) biomarkers.getCapturedStimuli()),
    ACTION_POTENTIALS("actionPotentials", biomarkers -> (double) biomarkers.getActionPotentials()),
    EARLY_AFTERDEPOLARISATIONS(
            "earlyAfterdepolarisations", biomarkers -> (double) biomarkers.getEarlyAfterdepolarisations()),
    APD90_ALTERNANS("apd90AlternansMs", Biomarkers::getApd90AlternansMs);

    private final String fieldName;
    private final Function<Biomarkers, Double> value;

    TrajectoryBiomarker(String fieldName, Function<Biomarkers, Double> value) {
        this.fieldName = fieldName;
        this.value = value;
    }

    /** Its definition is in the schema, at this name. */
    public String fieldName() {
        return fieldName;
    }

    /** Null: not there. */
    public Double of(Biomarkers biomarkers) {
        return value.apply(biomarkers);
    }
}
