package org.ionstream.standalone.doctor;

/**
 * What was found at one place of an installation.
 *
 * @param level how bad it is
 * @param place where: broker, topics, rights, messages, models, device
 * @param found with the numbers
 * @param remedy what to do; empty if nothing is to be done
 */
public record Finding(Level level, String place, String found, String remedy) {

    /** Only FAIL keeps the installation from its work. */
    public enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String place, String found) {
        return new Finding(Level.OK, place, found, "");
    }

    static Finding warn(String place, String found, String remedy) {
        return new Finding(Level.WARN, place, found, remedy);
    }

    static Finding fail(String place, String found, String remedy) {
        return new Finding(Level.FAIL, place, found, remedy);
    }
}
