package org.ionstream.standalone.command;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How log lines look: for people, or one JSON object a line for a log collector. */
final class LogOption {
    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:IONSTREAM_LOG_FORMAT:-text}",
            description =
                    "text, or json: one object a line. The environment variable IONSTREAM_LOG_FORMAT replaces the "
                            + "default. Default: ${DEFAULT-VALUE}")
    private Format format;

    private enum Format {
        text,
        json
    }

    /** From now on; after the log has its places. */
    void apply() {
        if (format == Format.text) {
            return;
        }
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(root.getLoggerContext());
                encoder.setWithFormattedMessage(true);
                encoder.setWithMessage(false);
                encoder.setWithArguments(false);
                encoder.setWithContext(false);
                encoder.setWithSequenceNumber(false);
                encoder.start();
                stream.setEncoder(encoder);
            }
        });
    }
}
