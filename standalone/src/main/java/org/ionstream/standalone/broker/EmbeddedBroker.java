package org.ionstream.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker in this process: KRaft, one node, on the loopback interface, its log in a directory that outlives it.
 * It listens on its port for clients and on the next one for its own controller.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final long LEAST_FREE_BYTES = 512L << 20;

    private final int port;
    private final KafkaRaftServer server;

    /**
     * Starts; returns when the broker answers.
     *
     * @throws IllegalStateException with the remedy, if a port is taken or the directory cannot be written
     */
    public EmbeddedBroker(Path directory, int port) {
        this(directory, port, Map.of(), List.of());
    }

    /**
     * The same with other settings.
     *
     * @param overrides broker settings, which win over the usual ones
     * @param formatArguments for the storage tool, such as first users
     */
    public EmbeddedBroker(Path directory, int port, Map<String, String> overrides, List<String> formatArguments) {
        this.port = port;
        checkFree(port);
        checkFree(port + 1);
        checkWritable(directory);
        Properties settings = settings(directory.toAbsolutePath(), port);
        settings.putAll(overrides);
        format(directory, settings, formatArguments);
        this.server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A port that is free now, and the one after it too. */
    public static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return Math.min(first.getLocalPort(), second.getLocalPort());
            } catch (IOException | IllegalArgumentException e) {
                // the neighbour is taken: another pair
            }
        }
        throw new IllegalStateException("no two free ports side by side on the loopback interface");
    }

    private static void checkFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d is in use; stop what listens there, or choose another with --port".formatted(port), e);
        }
    }

    private static void checkWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "write", ".check"));
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new IllegalStateException(
                        "%d MiB free for %s, %d are needed; free some, or choose another directory with --state"
                                .formatted(free >> 20, directory, LEAST_FREE_BYTES >> 20));
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot write to %s (%s); choose another directory with --state".formatted(directory, e), e);
        }
    }

    private static void format(Path directory, Properties settings, List<String> more) {
        if (Files.exists(directory.resolve("log/meta.properties"))) {
            return;
        }
        Path file = directory.resolve("broker.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        List<String> arguments = new ArrayList<>(
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", file.toString(), "--standalone"));
        arguments.addAll(more);
        int exit =
                StorageTool.execute(arguments.toArray(String[]::new), new PrintStream(OutputStream.nullOutputStream()));
        if (exit != 0) {
            throw new IllegalStateException(
                    "the broker's storage in %s could not be formatted; delete the directory or choose another with --state"
                            .formatted(directory));
        }
    }

    private static Properties settings(Path directory, int port) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.bootstrap.servers", "localhost:" + (port + 1));
        p.put("listeners", "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, port + 1));
        p.put("advertised.listeners", "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, port + 1));
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("log.dirs", directory.resolve("log").toString());
        p.put("auto.create.topics.enable", "false");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("log.segment.bytes", Integer.toString(128 << 20));
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(internal + ".replication.factor", "1");
            p.put(internal + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        return p;
    }
}
