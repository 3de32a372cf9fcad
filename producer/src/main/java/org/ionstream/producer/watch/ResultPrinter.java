package org.ionstream.producer.watch;

import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Prediction;

/** Writes results one after another. Called from one thread. */
public interface ResultPrinter {
    void print(Prediction prediction);

    void print(Discrepancy discrepancy);
}
