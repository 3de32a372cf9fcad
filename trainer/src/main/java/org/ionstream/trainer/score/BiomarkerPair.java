package org.ionstream.trainer.score;

import org.ionstream.schemas.message.Biomarkers;

/** Of one protocol. */
public record BiomarkerPair(Biomarkers predicted, Biomarkers reference) {}
