package dev.safecoder.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The system as JGit may see it: no environment, no configuration of the machine or the user, no
 * host name, no time zone. What JGit would otherwise look up, or measure by writing to the disk for
 * seconds, is answered here, so it starts no program and writes nowhere but in the repository.
 */
final class IsolatedGitSystem extends SystemReader {
    private IsolatedGitSystem() {}

    /** Makes JGit see this system from now on, in the whole process. Idempotent. */
    static void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedGitSystem)) {
            SystemReader.setInstance(new IsolatedGitSystem());
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return System.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Answers(fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Answers(fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Answers(fs);
    }

    /** Never asked for a time that is kept: commits carry the caller's. */
    @Override
    @Deprecated
    public long getCurrentTime() {
        return 0;
    }

    @Override
    @Deprecated
    public int getTimezone(long when) {
        return 0;
    }

    @Override
    public ZoneOffset getTimeZoneAt(Instant when) {
        return ZoneOffset.UTC;
    }

    @Override
    public ZoneId getTimeZoneId() {
        return ZoneOffset.UTC;
    }

    /** The only configuration there is; it has no file behind it. */
    private static final class Answers extends FileBasedConfig {
        Answers(FS fs) {
            super(null, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /**
         * JGit asks here what it once measured about the file store, by a key made of the running
         * JVM and the device; without an answer it measures for seconds and keeps the result.
         */
        @Override
        public @Nullable String getString(
                String section, @Nullable String subsection, String name) {
            return "filesystem".equals(section)
                    ? "1 seconds"
                    : super.getString(section, subsection, name);
        }
    }
}
