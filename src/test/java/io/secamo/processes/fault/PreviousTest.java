package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** dev/previous builds what the history of this clone holds, and nothing else. */
class PreviousTest {
  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path folder;

  /** Also when somebody else on this machine has built that commit: what is tested must be here. */
  @Test
  void aCloneWithoutTheCommitIsToldHowToGetIt() throws Exception {
    Script.Result top = Script.of(List.of("git", "rev-parse", "--show-toplevel")).run();
    assertThat(top.exit()).as("the tests need a clone, not an unpacked archive").isZero();
    Path clone = folder.resolve("clone");
    String origin = "file://" + top.out().strip();
    Script.Result cloned =
        Script.of(List.of("git", "clone", "-q", "--depth", "1", origin, clone.toString())).run();
    assertThat(cloned.exit()).as(cloned.text()).isZero();
    Path cache = folder.resolve("cache");
    String wanted = Files.readString(clone.resolve("dev/upgrade-from")).strip();
    Files.createDirectories(
        cache.resolve("process-orchestrator/previous/" + wanted + "/target/lib"));

    Script.Result refused =
        Script.of(
                List.of("env", "XDG_CACHE_HOME=" + cache, clone.resolve("dev/previous").toString()))
            .run();

    assertThat(refused.exit()).as(refused.text()).isNotZero();
    assertThat(refused.err()).contains(wanted, "git fetch --unshallow");
    assertThat(refused.out()).isEmpty();
  }
}
