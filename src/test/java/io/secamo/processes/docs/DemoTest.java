package io.secamo.processes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.systems.Script;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./demo} does around its story. A copy of it, whose control plane only writes down
 * what it is asked for and whose {@code down} removes data as the real one does.
 */
class DemoTest {
  private static final String CONTROL_PLANE =
      """
      #!/usr/bin/env bash
      echo "$*" >> asked
      case "$*" in
        *down) rm -rf .demo/controlplane ;;
        *) echo 'the control plane of the test does not start' >&2; exit 1 ;;
      esac
      """;

  private final List<Process> processes = new ArrayList<>();
  private Path folder;

  @BeforeEach
  void copy(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    write("demo", Files.readString(Path.of("demo")));
    write("dev/jdk", Files.readString(Path.of("dev/jdk")));
    write("dev/demo.d/story.sh", Files.readString(Path.of("dev/demo.d/story.sh")));
    write("dev/controlplane.d/lib.sh", Files.readString(Path.of("dev/controlplane.d/lib.sh")));
    write("dev/controlplane", CONTROL_PLANE);
    write("src/main/nothing", "");
    write("pom.xml", "");
    write("target/lib/nothing", "");
    write("target/classes/io/secamo/processes/operator/Main.class", "");
    write(".demo/controlplane/data", "what somebody has played");
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void itLeavesAloneWhatRunsAlreadyAndSaysHowToEndIt() throws Exception {
    Process operator = running("operator.pid", "java -Dprocesses.demo=" + folder + "/.demo Main");
    Process etcd =
        running(
            "controlplane/etcd.pid", "etcd --data-dir=" + folder + "/.demo/controlplane/etcd x");

    Result second = demo();

    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.text().strip())
        .isEqualTo(
            "demo: an earlier one still runs here; to end it, and remove its data, type:\n"
                + "  kill "
                + operator.pid()
                + "; dev/controlplane --dir .demo/controlplane down");
    assertUntouched();
    assertThat(operator.isAlive()).isTrue();
    assertThat(etcd.isAlive()).isTrue();
  }

  @Test
  void aControlPlaneWithoutAnOperatorIsLeftAloneToo() throws Exception {
    Process etcd =
        running(
            "controlplane/etcd.pid", "etcd --data-dir=" + folder + "/.demo/controlplane/etcd x");

    Result second = demo();

    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.text())
        .contains("still runs here")
        .contains("\n  dev/controlplane --dir .demo/controlplane down\n");
    assertUntouched();
    assertThat(etcd.isAlive()).isTrue();
  }

  @Test
  void twoAtATimeDoNotGetInEachOthersWay() throws Exception {
    Process first = running("demo.pid", "bash " + folder + "/demo x");

    Result second = demo();

    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.text())
        .contains("demo: another one is playing here (process " + first.pid() + "): wait for it");
    assertUntouched();
    assertThat(first.isAlive()).isTrue();
  }

  /** Its number may be another program's by now. */
  @Test
  void aFileOfAProcessThatHasEndedStopsNobody() throws Exception {
    running("operator.pid", "something else");
    running("controlplane/etcd.pid", "etcd --data-dir=/elsewhere x");
    write(".demo/demo.pid", "999999999\n");

    assertThat(demo().text())
        .contains("the control plane of the test does not start")
        .doesNotContain("still runs", "is playing");
    assertThat(folder.resolve(".demo/demo.pid")).as("it has ended, so it says so").doesNotExist();
  }

  @Test
  void whoStaysReadsHowToBeOneOfThePersons() throws IOException {
    String text = staying("CLUSTER=''");
    assertThat(text)
        .contains(
            "export KUBECONFIG=$PWD/.demo/controlplane/kubeconfig-requester\n",
            "export KUBECONFIG=$PWD/.demo/controlplane/kubeconfig-approver\n",
            "second-approver",
            "kubectl process inbox -n team-a\n",
            "kubectl process plan my-change -n team-a\n",
            "kubectl process approve my-change -n team-a --gate security",
            "\n  curl http://127.0.0.1:4712/metrics\n",
            "kill 4711; dev/controlplane --dir .demo/controlplane down");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void whoStaysOnAClusterOfTheirOwnReadsItsKubeconfig() throws IOException {
    String text = staying("CLUSTER=/home/me/config");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text)
        .contains(
            "export KUBECONFIG=/home/me/config\n",
            "kubectl process inbox -n team-a --as approver --as-group approvers",
            "kill 4711\n")
        .doesNotContain("controlplane");
  }

  @Test
  void whoAsksForHelpReadsItOnAnyTerminal() {
    Result help = Script.of(List.of("bash", "-c", "cd " + folder + " && ./demo --help")).run();

    assertThat(help.exit()).isZero();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
  }

  /** Each look took a second, and was told as a fifth of one. */
  @Test
  void whoWaitsIsToldTheTimeByTheClock() {
    long began = System.nanoTime();
    Result waited =
        playing("person() { sleep 1; [ \"$*\" != \"${*/json/}\" ] && echo Pending; }; await X 4");

    assertThat(waited.exit()).isEqualTo(1);
    assertThat(waited.text())
        .containsPattern("waiting for X, it is Pending, [234] s so far")
        .contains("expected state X, saw Pending");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whoWaitsForABuildIsToldEveryTwoSecondsThatItGoesOn() throws IOException {
    write("mvnw", "#!/bin/sh\nsleep 5\n");
    write("src/main/nothing", "newer than what was built");
    Files.delete(folder.resolve("target/classes/io/secamo/processes/operator/Main.class"));
    Files.createDirectories(folder.resolve(".demo"));

    Result built = playing("build");

    assertThat(built.exit()).as(built.text()).isZero();
    assertThat(built.err())
        .containsPattern("building the operator, [23] s so far\n.*building the operator, [45] s");
  }

  /** A terminal that is closed ends what is in its session. */
  @Test
  void theOperatorLivesOnWhenTheTerminalIsClosed() throws IOException {
    write("jdk/bin/java", "#!/bin/sh\necho '\"running, version 1'\nexec sleep 60\n");

    Result started =
        playing(
            "controlplane() { echo config; }; JAVA_HOME=$PWD/jdk; operator;"
                + " echo $OPERATOR_PID $(ps -o sid= -p $OPERATOR_PID); kill $OPERATOR_PID");

    assertThat(started.exit()).as(started.text()).isZero();
    String[] processAndSession = started.out().strip().split(" ");
    assertThat(processAndSession[1]).isEqualTo(processAndSession[0]);
  }

  private String staying(String set) throws IOException {
    write(
        ".demo/operator.log",
        "{\"message\":\"running, version 1, cluster https://127.0.0.1:4713, metrics at"
            + " http://127.0.0.1:4712/metrics\",\"level\":\"INFO\"}\n");
    Result result = playing(set + "; NAMESPACE=team-a; OPERATOR_PID=4711; stay");
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  /** With the functions of the demo, but without its play. */
  private Result playing(String script) {
    String functions = "cd " + folder + "; sed '$d' demo > functions; . ./functions; ";
    return Script.of(List.of("bash", "-c", functions + script)).run();
  }

  private void assertUntouched() {
    assertThat(folder.resolve(".demo/controlplane/data")).exists();
    assertThat(folder.resolve("asked")).as("what was asked of the control plane").doesNotExist();
  }

  private Result demo() {
    return Script.of(List.of("bash", "-c", "cd " + folder + " && exec ./demo")).run();
  }

  /** A process with a name of which the file has the number. */
  private Process running(String file, String name) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-c", "exec -a \"$0\" sleep 600", name + " ").start();
    processes.add(process);
    write(".demo/" + file, process.pid() + "\n");
    return process;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
