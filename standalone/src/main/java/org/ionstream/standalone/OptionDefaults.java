package org.ionstream.standalone;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is that is not given: the environment variable named after it, IONSTREAM_AUDIT_SHARE of {@code --audit-share},
 * else its property in the configuration file, {@code audit-share}, or {@code reference.audit-share} for one command alone.
 * Options that exclude each other are not taken from there: a choice belongs on the command line.
 */
final class OptionDefaults implements IDefaultValueProvider {
    private static final String ENVIRONMENT = "IONSTREAM_";

    /** What Kubernetes puts into IONSTREAM_PORT for a service of that name. */
    private static final String SERVICE_LINK = "tcp://";

    private final Map<String, String> environment;
    private final Properties file;

    OptionDefaults(Map<String, String> environment, Properties file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * @param known names of all options, without hyphens before them
     * @throws IllegalArgumentException if the file is not there, or has a property that is no option's
     */
    static Properties read(Path file, Set<String> known) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read %s: %s; name a properties file".formatted(file, e), e);
        }
        for (String name : properties.stringPropertyNames()) {
            if (!known.contains(name.substring(name.lastIndexOf('.') + 1))) {
                throw new IllegalArgumentException(
                        "%s has '%s', which is no option; write an option's name without hyphens before it, or COMMAND.NAME"
                                .formatted(file, name));
            }
        }
        return properties;
    }

    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Null leaves the option its own default. */
    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.group() != null
                || option.usageHelp()
                || option.versionHelp()) {
            return null;
        }
        String name = name(option);
        String variable = ENVIRONMENT + name.toUpperCase(Locale.ROOT).replace('-', '_');
        String set = environment.get(variable);
        if (set != null && !set.startsWith(SERVICE_LINK)) {
            return set;
        }
        String command = option.command().qualifiedName(".").replaceFirst("^ionstream\\.", "");
        return file.getProperty(command + "." + name, file.getProperty(name));
    }
}
