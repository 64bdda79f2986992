package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.systems.NeedsRealSystem;
import io.secamo.processes.systems.RealSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Our imitations of Request Tracker, Keystone and Neutron answer as the real ones do, in everything
 * that our connectors read. One thing they do not imitate: every security group that is asked for
 * by name exists, because each request of a plan has one of its own.
 */
@NeedsRealSystem({RealSystem.REQUEST_TRACKER, RealSystem.OPEN_STACK})
class HeldToTheRealOnesTest {
  private static final String NAME = "held-" + UUID.randomUUID();
  private static RealServers real;
  private static OutsideFront ours;
  private static String group = "";

  @BeforeAll
  static void setTheStage() throws Exception {
    real = new RealServers();
    group = real.makeGroup(NAME);
    Path folder = Files.createDirectories(Path.of("target", "faults"));
    Ledger ledger = new Ledger(folder.resolve("held-" + ProcessHandle.current().pid() + ".jsonl"));
    ours =
        new OutsideFront(
            new Installation.Untouched(), 0, new Trouble(List.of()), new Imitation(ledger));
    ours.open();
  }

  @AfterAll
  static void clearTheStage() {
    ours.close();
    real.removeGroup(group);
  }

  @TestFactory
  Stream<DynamicTest> ticketDesk() {
    return compared(
        "Request Tracker",
        DeskInterview.with(real.requestTracker(), real.secret(Channel.RT), NAME),
        DeskInterview.with(ours.address(), TicketDesk.TOKEN, NAME),
        30);
  }

  @TestFactory
  Stream<DynamicTest> cloud() {
    return compared(
        "OpenStack",
        CloudInterview.with(real.keystone(), real.secret(Channel.OS), NAME),
        CloudInterview.with(ours.address(), Cloud.PASSWORD, NAME),
        25);
  }

  private static Stream<DynamicTest> compared(
      String whom, Map<String, List<String>> real, Map<String, List<String>> ours, int atLeast) {
    System.out.printf("FIGURE questions put to %s and to ours: %d%n", whom, real.size());
    assertThat(real).hasSizeGreaterThanOrEqualTo(atLeast).containsOnlyKeys(ours.keySet());
    return real.entrySet().stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    question.getKey(),
                    () -> assertThat(ours.get(question.getKey())).isEqualTo(question.getValue())));
  }
}
