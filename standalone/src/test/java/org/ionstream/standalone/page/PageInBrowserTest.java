package org.ionstream.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.standalone.IonstreamMain;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a running simulator, as people use it. */
class PageInBrowserTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private Process simulator;
    private String address;

    @BeforeEach
    void start() throws IOException {
        assumeThat(Browser.CHROMIUM).as("skipped: no Chromium").exists();
        int port = EmbeddedBroker.freePort();
        int pagePort = EmbeddedBroker.freePort();
        address = "http://localhost:" + pagePort;
        simulator = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IonstreamMain.class.getName(),
                        "run",
                        "--state=" + directory.resolve("state"),
                        "--port=" + port,
                        "--page-port=" + pagePort,
                        "--rate=60",
                        "--audits-per-window=10",
                        "--training-steps=10",
                        "--base-protocols=60",
                        "--targeted-protocols=60",
                        "--shift-after=100000"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("run.txt").toFile())
                .start();
        await().atMost(LONGEST).until(this::isServed);
    }

    private boolean isServed() {
        try {
            HttpURLConnection session =
                    (HttpURLConnection) URI.create(address + "/session").toURL().openConnection();
            return session.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (simulator != null) {
            simulator.destroy();
            if (!simulator.waitFor(30, TimeUnit.SECONDS)) {
                simulator.destroyForcibly();
            }
        }
    }

    @Test
    void shouldShowTheStreamAnswerAProtocolAndTakeAnOrder() throws Exception {
        try (Browser browser = new Browser(directory.resolve("browser"), 1280, 1000)) {
            browser.open(address);
            holds(browser, "document.querySelectorAll('#live-plots canvas').length >= 4");
            holds(browser, "document.querySelectorAll('#live-plots table tr').length >= 4");

            browser.value("document.getElementById('tab-ask').click()");
            browser.value("(document.getElementById('template').value = 'S1-S2',"
                    + " document.getElementById('template').onchange(), document.getElementById('send').click())");
            holds(browser, "document.getElementById('sent').textContent.startsWith('answered: try-')");
            holds(browser, "document.querySelectorAll('#ask-plots canvas').length >= 3");
            assertThat(browser.value("document.getElementById('csv').disabled")).isEqualTo("false");

            browser.value("document.getElementById('protocol').value = '{\"cellModel\":\"nobody-1900\"}'");
            browser.value("document.getElementById('send').click()");
            holds(browser, "document.getElementById('sent').textContent.includes('nobody-1900')");

            browser.value("document.getElementById('tab-drift').click()");
            holds(browser, "document.querySelectorAll('#drift-plots canvas').length === 3");

            browser.value("document.getElementById('tab-operations').click()");
            holds(browser, "document.querySelectorAll('#operations-plots canvas').length === 2");
            holds(browser, "/surrogate.*stimuli/.test(document.getElementById('lags').textContent)");
            holds(browser, "/surrogate[0-9.]+/.test(document.getElementById('stages').textContent)");
            holds(browser, "document.getElementById('times').textContent.includes('of it inference')");
            holds(browser, "document.getElementById('routes').textContent.includes('surrogate')");

            browser.value("document.getElementById('tab-models').click()");
            holds(browser, "document.getElementById('releases').textContent.includes('serving')");
            browser.value("document.getElementById('retrain').click()");
            holds(browser, "/^retrain: (finished|failed)/.test(document.getElementById('ordered').textContent)");

            for (String tab : List.of("live", "drift", "models", "operations", "events")) {
                browser.value("document.getElementById('tab-%s').click()".formatted(tab));
                looksRight(browser, tab);
            }
            assertThat(browser.complaints())
                    .filteredOn(complaint -> !complaint.contains("400") && !complaint.contains("404"))
                    .isEmpty();
            assertThat(browser.value("performance.getEntriesByType('resource')"
                            + ".filter(asked => /(status.json|answers)$/.test(asked.name)).length"))
                    .as("asked for again and again")
                    .isEqualTo("1");

            simulator.destroy();
            holds(browser, "document.getElementById('state').textContent.startsWith('no connection')");
        }
    }

    @Test
    void shouldAnswerAProtocolDrawnByPointerAndKeys() throws Exception {
        try (Browser browser = new Browser(directory.resolve("browser"), 1280, 1000)) {
            browser.open(address + "/#ask");
            holds(browser, "document.getElementById('strip').getBoundingClientRect().width > 300");
            holds(browser, "JSON.parse(document.getElementById('protocol').value).pulses.length === 1");
            double left = at(browser, "left");
            double top = at(browser, "top");
            double width = at(browser, "width");

            browser.drag(left + 0.5 * width, top + 100, left + 0.6 * width, top + 50);

            assertThat(written(browser, "pulses.length")).isEqualTo("2");
            double onsetMs = Double.parseDouble(written(browser, "pulses[1].onsetMs"));
            double durationMs = Double.parseDouble(written(browser, "pulses[1].durationMs"));
            assertThat(number(browser, 2, 1)).isEqualTo(onsetMs).isPositive();
            assertThat(number(browser, 2, 2)).isEqualTo(durationMs).isPositive();
            assertThat(number(browser, 2, 3)).isPositive();

            browser.drag(left + 0.55 * width, top + 100, left + 0.75 * width, top + 100);

            double movedMs = Double.parseDouble(written(browser, "pulses[1].onsetMs"));
            assertThat(movedMs).isGreaterThan(onsetMs);
            assertThat(Double.parseDouble(written(browser, "pulses[1].durationMs")))
                    .isEqualTo(durationMs);

            browser.value("document.getElementById('strip').focus()");
            browser.press("ArrowLeft");

            assertThat(Double.parseDouble(written(browser, "pulses[1].onsetMs")))
                    .isLessThan(movedMs);

            browser.press("n");
            assertThat(written(browser, "pulses.length")).isEqualTo("3");
            browser.press("Delete");
            assertThat(written(browser, "pulses.length")).isEqualTo("2");

            edit(browser, 2, 3, "5000");
            browser.value("document.getElementById('send').click()");
            holds(browser, "document.getElementById('sent').textContent.includes('amplitude 5000')");
            edit(browser, 2, 3, "1");
            assertThat(Double.parseDouble(written(browser, "pulses[1].amplitude")))
                    .isEqualTo(1);

            browser.value("document.getElementById('send').click()");
            holds(browser, "document.getElementById('sent').textContent.startsWith('answered: try-')");
            holds(browser, "document.querySelectorAll('#ask-plots canvas').length >= 3");
            looksRight(browser, "ask");

            browser.value("(document.getElementById('protocol').value = '{\"cellModel\":',"
                    + " document.getElementById('protocol').dispatchEvent(new Event('input')))");
            assertThat(browser.value("document.getElementById('unread').textContent"))
                    .startsWith("cannot be drawn");
            assertThat(browser.complaints())
                    .filteredOn(complaint -> !complaint.contains("400") && !complaint.contains("404"))
                    .isEmpty();
        }
    }

    /** Nothing is wider than the window; the pictures are kept for people to look at. */
    private static void looksRight(Browser browser, String tab) throws Exception {
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        for (int width : new int[] {1280, 390}) {
            browser.size(width, 1400);
            holds(browser, "document.documentElement.clientWidth === %d".formatted(width));
            holds(browser, "document.documentElement.scrollWidth <= %d".formatted(width));
            for (boolean dark : new boolean[] {false, true}) {
                browser.dark(dark);
                browser.screenshot(pictures.resolve("%s-%d-%s.png".formatted(tab, width, dark ? "dark" : "light")));
            }
        }
    }

    private static double at(Browser browser, String side) throws Exception {
        return Double.parseDouble(browser.value("document.getElementById('strip').getBoundingClientRect()." + side));
    }

    private static String written(Browser browser, String part) throws Exception {
        return browser.value("JSON.parse(document.getElementById('protocol').value)." + part);
    }

    private static String cell(int row, int column) {
        return "document.getElementById('numbers').rows[%d].cells[%d].firstChild".formatted(row, column);
    }

    private static double number(Browser browser, int row, int column) throws Exception {
        return Double.parseDouble(browser.value(cell(row, column) + ".value"));
    }

    private static void edit(Browser browser, int row, int column, String value) throws Exception {
        browser.value("(%s.value = '%s', %s.dispatchEvent(new Event('input')))"
                .formatted(cell(row, column), value, cell(row, column)));
    }

    private static void holds(Browser browser, String condition) {
        await(condition)
                .atMost(LONGEST)
                .ignoreExceptions()
                .until(() -> browser.value(condition).equals("true"));
    }
}
