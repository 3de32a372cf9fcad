package org.ionstream.schemas.biomarker;

import java.util.function.Function;
import org.ionstream.schemas.message.Beat;

/** The biomarkers of a beat that are numbers, by the names of their fields. */
public enum BeatBiomarker {
    RESTING_POTENTIAL("restingPotential", Beat::getRestingPotential),
    PEAK_POTENTIAL("peakPotential", Beat::getPeakPotential),
    AMPLITUDE("amplitudeFromResting", Beat::getAmplitudeFromResting),
    MAX_UPSTROKE_VELOCITY("maxUpstrokeVelocityPerMs", Beat::getMaxUpstrokeVelocityPerMs),
    MAX_UPSTROKE_TIME("maxUpstrokeTimeMs", Beat::getMaxUpstrokeTimeMs),
    APD30("apd30FromMaxUpstrokeMs", Beat::getApd30FromMaxUpstrokeMs),
    APD50("apd50FromMaxUpstrokeMs", Beat::getApd50FromMaxUpstrokeMs),
    APD70("apd70FromMaxUpstrokeMs", Beat::getApd70FromMaxUpstrokeMs),
    APD90("apd90FromMaxUpstrokeMs", Beat::getApd90FromMaxUpstrokeMs),
    TRIANGULATION("triangulationApd90MinusApd30Ms", Beat::getTriangulationApd90MinusApd30Ms),
    EARLY_AFTERDEPOLARISATIONS(
            "earlyAfterdepolarisations",
            beat -> beat.getEarlyAfterdepolarisations() == null
                    ? null
                    : Double.valueOf(beat.getEarlyAfterdepolarisations())),
    DIASTOLIC_CALCIUM("diastolicCalciumMm", Beat::getDiastolicCalciumMm),
    PEAK_CALCIUM("peakCalciumMm", Beat::getPeakCalciumMm),
    PEAK_CALCIUM_TIME("peakCalciumTimeMs", Beat::getPeakCalciumTimeMs),
    CALCIUM_TRANSIENT_AMPLITUDE("calciumTransientAmplitudeMm", Beat::getCalciumTransientAmplitudeMm),
    CATD50("catd50FromMaxCalciumUpstrokeMs", Beat::getCatd50FromMaxCalciumUpstrokeMs),
    CATD90("catd90FromMaxCalciumUpstrokeMs", Beat::getCatd90FromMaxCalciumUpstrokeMs);

    private final String fieldName;
    private final Function<Beat, Double> value;

    BeatBiomarker(String fieldName, Function<Beat, Double> value) {
        this.fieldName = fieldName;
        this.value = value;
    }

    /** Its definition and unit are in the schema, at this name. */
    public String fieldName() {
        return fieldName;
    }

    /** Null: not there. */
    public Double of(Beat beat) {
        return value.apply(beat);
    }
}
