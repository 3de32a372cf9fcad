package org.ionstream.standalone.command;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of a process whose screen is redrawn: all of it in a file, only this project's warnings on the screen. */
final class RunLog {
    static final String FILE = "ionstream.log";

    private RunLog() {}

    /** @param state directory of the file, made if it is not there */
    static Path into(Path state) {
        Path file = state.toAbsolutePath().resolve(FILE);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("LOG_FILE", file.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(RunLog.class.getResource("/logback-run.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("the log cannot be written to " + file, e);
        }
        return file;
    }
}
