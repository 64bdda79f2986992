package io.secamo.processes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secamo.processes.systems.Patience;
import java.util.List;
import java.util.Optional;

/** A request that one operator brings into a state and another one finds there. */
final class StandingRequest {
  private final Installation installation;
  private final Standing standing;
  private final String name;
  private final Absence outside = new Absence();
  private final Slot slot;
  private Installation.Case one;
  private Optional<Removal> removal = Optional.empty();
  private boolean voting;
  private String version = "";
  private List<String> writes = List.of();

  StandingRequest(Installation installation, Standing standing, String prefix) {
    this.installation = installation;
    this.standing = standing;
    this.name = standing.named(prefix);
    this.slot =
        standing.scene().alone()
            ? installation.namespace("of-" + name, outside, new Trouble(standing.faults()))
            : installation.slot();
  }

  /** Submits it; the people of its story do their part until it stands there. */
  StandingRequest broughtUp() {
    standing.scene().first().accept(this);
    one = installation.submitAlone(slot, standing.story(), name, standing.yaml(name));
    if (standing.story() == Story.REMOVED) {
      removal = Optional.of(new Removal(slot, name));
    }
    Installation.until(Patience.LIMIT, () -> arrived() || one.over() && removalOver());
    assertThat(arrived()).as("%s is %s", this, one.history().last()).isTrue();
    removal.ifPresent(Removal::close);
    return this;
  }

  private boolean removalOver() {
    return removal.map(Removal::over).orElse(true);
  }

  private boolean arrived() {
    History.Version last = one.history().last();
    if (last == null) {
      return false;
    }
    removal.ifPresent(it -> it.look(last));
    boolean there = last.state().equals(standing.state().word());
    if (there && (standing.faults().isEmpty() || outside.over()) && removalOver()) {
      return true;
    }
    if (last.state().equals("AwaitingApproval") && !voting) {
      standing.scene().atVote().accept(this);
      voting = true;
    }
    one.people().look(last);
    return false;
  }

  /** Whether it stands there; the operator that brought it there is gone. */
  boolean stands() {
    JsonNode now = installation.now(one);
    version = now.at("/metadata/resourceVersion").asText();
    if (ended()) {
      writes = installation.writes(one);
    }
    return now.at("/status/state").asText().equals(standing.state().word());
  }

  void leave() {
    outside.end();
  }

  /** Desk and cloud are there again. */
  void reachable() {
    if (outside.over()) {
      installation.ledger().did(Genuine.BACK, Fault.Channel.OS.name(), name);
      outside.back();
    }
  }

  /** What it waits for happens, and its people take part again. */
  void goOn() {
    standing.scene().last().accept(this);
    installation.takePart(one);
  }

  /** Whether it was over already. */
  boolean ended() {
    return standing.state().terminal();
  }

  /** What was over is not touched; there is one ticket, closed, and what rules there shall be. */
  void endedWell() {
    if (ended()) {
      JsonNode now = installation.now(one);
      assertThat(now.at("/metadata/resourceVersion").asText()).as(toString()).isEqualTo(version);
      assertThat(installation.writes(one)).as("writes about " + this).isEqualTo(writes);
    }
    assertThat(installation.desk().numbers(name)).as("tickets of " + this).hasSize(1);
    assertThat(installation.desk().open(name)).as("open tickets of " + this).isEmpty();
    assertThat(installation.additions(name))
        .as("rules made for " + this)
        .isEqualTo(standing.makesRule() ? 1 : 0);
    assertThat(installation.cloud().rules(name))
        .as("rules of " + this)
        .hasSize(standing.leavesRule() ? 1 : 0);
  }

  void patch(String field, boolean value) {
    String patch = "{\"spec\":{\"%s\":%s}}".formatted(field, value);
    installation.server().patch("requester", installation.path(one), patch).orFail();
  }

  /** Somebody at the desk sets the state of its ticket. */
  void ticket(String status) {
    installation.desk().setByHand(name, status);
  }

  Installation installation() {
    return installation;
  }

  Installation.Case request() {
    return one;
  }

  Slot slot() {
    return slot;
  }

  String name() {
    return name;
  }

  @Override
  public String toString() {
    return standing + " " + name;
  }
}
