package org.ionstream.trainer.fno;

/** The loss or the error of a training is no longer finite: with these settings it cannot be done. */
public final class DivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public DivergedException(String message) {
        super(message);
    }
}
