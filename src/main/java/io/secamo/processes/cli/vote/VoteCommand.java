package io.secamo.processes.cli.vote;

import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.api.State;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.Vote;
import io.secamo.processes.cli.cluster.Cluster;
import io.secamo.processes.cli.cluster.Refusal;
import io.secamo.processes.cli.cluster.Where;
import io.secamo.processes.cli.terminal.Console;
import io.secamo.processes.cli.terminal.Program;
import io.secamo.processes.cli.terminal.Words;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A vote: shows the plan, asks, and writes the form that every version of Kubernetes takes. */
abstract class VoteCommand implements Callable<Integer> {
  private static final Set<State> BEFORE_THE_CHANGE =
      EnumSet.of(
          State.RUNNING, State.SCHEDULED, State.SUSPENDED, State.NEEDS_ATTENTION, State.APPLYING);

  static final String COUNTED = "0:the operator has counted it, or --no-wait was given";
  static final String LOST = "1:it was refused, or is void";
  static final String LATER = "124:it is stored and was not counted within 10 seconds";

  /** As the admission policy has it, name and digest among them. */
  static final int MOST_BYTES = 1024;

  /** As the admission policy says it, before anybody has read the plan and answered. */
  static final String THEIR_OWN = "you requested this change: somebody else must approve it";

  @ParentCommand private Program program;
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "Name of the request.")
  private String name = "";

  @Option(
      names = "--gate",
      paramLabel = "GATE",
      description = "Gate at which you vote. Needed only if you may vote at several open ones.")
  private @Nullable String gate;

  @Option(
      names = "--plan",
      paramLabel = "DIGEST",
      description = "The plan you have read; if it is another one by now, nothing is written.")
  private @Nullable String plan;

  @Option(names = "--yes", description = "Do not ask. Needs --plan.")
  private boolean yes;

  @Option(names = "--no-wait", description = "Do not wait until it is counted.")
  private boolean noWait;

  /** What is written before the slash of the key. */
  abstract String prefix();

  /** Its name on the command line. */
  private String command() {
    return getClass().getAnnotation(Command.class).name();
  }

  /** The verb of the gate that it takes. */
  abstract String verb();

  /** The decision as the status writes it. */
  abstract String decision();

  /** What else is asked of others if this is done; empty if nothing is. */
  Optional<String> afterwards(Plan plan) {
    return Optional.empty();
  }

  /** What the question says, for example Approve. */
  abstract String word();

  /** The person's words as they stand behind the digest. */
  abstract String words();

  /** The options that hold these words, to be typed once more. */
  abstract String given();

  /** An option with its value, as a shell takes it; nothing if there is no value. */
  static String option(String name, String value) {
    return value.isEmpty() ? "" : " " + name + " '" + value.replace("'", "'\\''") + "'";
  }

  /** Wrong usage. */
  final ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = program.console();
    if (yes && plan == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--yes goes with --plan DIGEST: the plan you have read, as kubectl process plan tells");
    }
    if (words().codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("--reason is one line of plain text: write it without line breaks");
    }
    if (plan != null && plan.isBlank()) {
      throw wrong("--plan is empty: is a variable of your script not set?");
    }
    if (gate != null && gate.isBlank()) {
      throw wrong("--gate is empty: is a variable of your script not set?");
    }
    if (isNo() && words().isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--reason is empty: say why not, the requester reads it");
    }
    try (Cluster cluster = where.open()) {
      FirewallChangeRequest request = cluster.request(name);
      String digest = current(request);
      String me = cluster.me();
      notTheirOwn(request, me);
      GateChoice.Place place =
          new GateChoice(cluster, isNo(), verb(), command(), gate, given()).on(request);
      stillStandsIn(cluster, place, request, console.clock().instant());
      String text = (me + " " + digest + " " + words()).strip();
      int over = text.getBytes(StandardCharsets.UTF_8).length - MOST_BYTES;
      if (over > 0) {
        throw new ParameterException(
            spec.commandLine(), "--reason is " + over + " bytes too long: write it shorter");
      }
      if (!yes) {
        new Words(console).plan(request).forEach(console::say);
        afterwards(Words.planOf(request)).ifPresent(console::say);
        console.say("");
        console.say(cluster.address());
        if (!console.agrees(word() + " plan " + digest + " at gate " + place.gate() + "?")) {
          throw new Refusal("nothing was written");
        }
      }
      String key = prefix() + place.gate() + "." + place.any();
      cluster.annotate(name, Map.of(key, text));
      WrittenVote vote = new WrittenVote(place.gate(), me, decision(), digest);
      int exit = noWait ? vote.stored(console, request) : vote.told(console, cluster, name);
      console.say(cluster.place());
      return exit;
    }
  }

  private void notTheirOwn(FirewallChangeRequest request, String me) {
    ProcessStatus.RequestedBy by = request.getStatus().requestedBy();
    if (by != null && Vote.samePerson(by.name(), me) && isNo()) {
      throw new Refusal(
          "you requested this change: to take it back",
          List.of(Words.command("withdraw", request)));
    }
    if (by != null && Vote.samePerson(by.name(), me)) {
      throw new Refusal(THEIR_OWN);
    }
  }

  /** A deputy votes in somebody's place, as long as that one lets them. */
  private static void stillStandsIn(
      Cluster cluster, GateChoice.Place place, FirewallChangeRequest request, Instant now) {
    String namespace = request.getMetadata().getNamespace();
    if (place.deputy() && !cluster.permissions().standsIn(place.gate(), namespace, now)) {
      throw new Refusal(
          "you vote at gate "
              + place.gate()
              + " in the place of an approver only, and nobody lets you now: one of them writes an"
              + " ApprovalDelegation for you, and one that is over does not count");
    }
  }

  /** The digest of the plan as it is now, if it is the one that the person has read. */
  private String current(FirewallChangeRequest request) {
    ProcessStatus status = request.getStatus();
    Optional<String> unseen = Words.endAsked(request) ? Words.unseen(request) : Optional.empty();
    if (unseen.isPresent()) {
      throw new Refusal("no vote is asked for any more: " + unseen.get());
    }
    String digest = Words.planOf(request).digest();
    if (plan != null && !plan.equals(digest)) {
      throw new Refusal(
          "the plan is now " + digest + ", not " + plan + ": read it with",
          List.of(Words.command("plan", request)));
    }
    boolean late = isNo() && BEFORE_THE_CHANGE.contains(status.state());
    if (status.state() != State.AWAITING_APPROVAL && (!late || status.stands())) {
      State state = status.state() == null ? State.RECEIVED : status.state();
      throw new Refusal(
          "this request is not waiting for votes: its state is "
              + state.word()
              + (late ? ", and its change may be live: kubectl process withdraw removes it" : ""));
    }
    return digest;
  }

  /** Says no, which counts until the change is about to be made, and where no gate is asked too. */
  boolean isNo() {
    return false;
  }
}
