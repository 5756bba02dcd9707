import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Properties;

import org.eclipse.dataspacetck.core.spi.boot.Monitor;
import org.eclipse.dataspacetck.dsp.system.DspSystemLauncher;
import org.eclipse.dataspacetck.runtime.TckRuntime;

/**
 * Runs the Dataspace Protocol test kit with the settings of a properties file and says on standard output
 *
 * <pre>
 * | words of the kit: the name of a test when it begins, and how it ended
 * FAIL name :: reason
 * RESULT found=67 passed=65 failed=0 skipped=2 seconds=31.0
 * </pre>
 *
 * Exit status 0 once the kit has run to its end; whether that is good is judged by the caller.
 */
public class Kit {
    public static void main(String[] args) throws Exception {
        var file = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            file.load(reader);
        }
        var settings = new HashMap<String, String>();
        file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));

        var summary = TckRuntime.Builder.newInstance()
                .launcher(DspSystemLauncher.class)
                .properties(settings)
                .monitor(new Lines())
                .addPackage("org.eclipse.dataspacetck.dsp.verification")
                .build()
                .execute();
        for (var failure : summary.getFailures()) {
            System.out.printf("FAIL %s :: %s%n", failure.getTestIdentifier().getDisplayName(), reason(failure.getException()));
        }
        System.out.printf("RESULT found=%d passed=%d failed=%d skipped=%d seconds=%.1f%n",
                summary.getTestsFoundCount(), summary.getTestsSucceededCount(), summary.getTestsFailedCount(),
                summary.getTestsSkippedCount(), (summary.getTimeFinished() - summary.getTimeStarted()) / 1000.0);
        // The kit's own web server would keep the program alive.
        System.exit(0);
    }

    private static String reason(Throwable thrown) {
        return String.valueOf(thrown).lines().findFirst().orElse("");
    }

    /** What the kit says, a line each, without colours. */
    private static class Lines implements Monitor {
        @Override
        public Monitor message(String text) {
            System.out.println("| " + text.strip());
            return this;
        }

        @Override
        public Monitor debug(String text) {
            return this;
        }

        @Override
        public Monitor newLine() {
            return this;
        }

        @Override
        public Monitor enableSuccess() {
            return this;
        }

        @Override
        public Monitor enableError() {
            return this;
        }

        @Override
        public Monitor enableBold() {
            return this;
        }

        @Override
        public Monitor resetMode() {
            return this;
        }
    }
}
