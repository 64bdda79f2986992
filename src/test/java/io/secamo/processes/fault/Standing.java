package io.secamo.processes.fault;

import io.secamo.processes.api.State;
import io.secamo.processes.fault.Fault.Channel;
import io.secamo.processes.fault.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Where a request stands when its operator is replaced. The calls that change something outside are
 * numbered: ticket 1, plan in it 2, rule 3; of a temporary change also the news of it 4, removal 5,
 * the end of the story 6.
 */
enum Standing {
  /** Neither desk nor cloud was ever there. */
  UNREACHABLE(State.RUNNING, Story.LASTING, Scene.in(StandingRequest::leave, s -> {}, s -> {})),
  /** The ticket is there and nobody knows it. */
  TICKET_UNANSWERED(State.RUNNING, Story.TEMPORARY, Kind.CRASH_AFTER, 1),

  BEFORE_ITS_VOTE(State.AWAITING_APPROVAL, Story.TEMPORARY),
  BEFORE_ITS_REJECTION(State.AWAITING_APPROVAL, Story.REJECTED),
  BEFORE_ITS_WITHDRAWAL(State.AWAITING_APPROVAL, Story.WITHDRAWN),
  BEFORE_ITS_DELETION(State.AWAITING_APPROVAL, Story.DELETED_EARLY),

  HELD(
      State.SUSPENDED,
      Story.LASTING,
      Scene.at(s -> s.patch("suspend", true), s -> s.patch("suspend", false))),
  FROZEN(
      State.SCHEDULED,
      Story.LASTING,
      Scene.in(s -> s.slot().freeze(), s -> {}, s -> s.slot().thaw())),

  /** Desk and cloud went away between vote and change. */
  APPROVED_AND_UNREACHABLE(
      State.APPLYING, Story.LASTING, Scene.in(s -> {}, StandingRequest::leave, s -> {})),
  /** Announced, and the call went nowhere. */
  NOT_MADE(State.APPLYING, Story.LASTING, Kind.CRASH_BEFORE, 3),
  /** Announced and made, and nobody knows it. */
  MADE_UNANSWERED(State.APPLYING, Story.LASTING, Kind.CRASH_AFTER, 3),
  /** Made, seen and told; that it was told nobody knows. */
  TOLD_UNANSWERED(State.VERIFYING, Story.DELETED_IN_FORCE, Kind.CRASH_AFTER, 4),

  LIVE(State.IN_FORCE, Story.DELETED_IN_FORCE),
  /** Its time runs and is over when nobody is there, or when the other operator is. */
  EXPIRING(State.IN_FORCE, Story.TEMPORARY),

  /** Its time is over and the rule is still there. */
  NOT_REMOVED(State.REVERTING, Story.TEMPORARY, Kind.CRASH_BEFORE, 5),
  /** Removed, and nobody knows it. */
  REMOVED_UNANSWERED(State.REVERTING, Story.TEMPORARY, Kind.CRASH_AFTER, 5),
  /** Removed; that the desk was told how it ended nobody knows. */
  ENDED_UNANSWERED(State.REVERTING, Story.TEMPORARY, Kind.CRASH_AFTER, 6),
  /** Deleted; only its finalizer keeps it until the rule is gone. */
  DELETED_NOT_REMOVED(State.REVERTING, Story.DELETED_IN_FORCE, Kind.CRASH_BEFORE, 5),

  TICKET_CLOSED(
      State.NEEDS_ATTENTION,
      Story.LASTING,
      Scene.at(s -> s.ticket("resolved"), s -> s.ticket("open"))),

  COMPLETED(State.COMPLETED, Story.LASTING),
  /** What it opened for good another request has removed, which is over as well. */
  REMOVED(State.REMOVED, Story.REMOVED),
  ALREADY_SATISFIED(
      State.ALREADY_SATISFIED,
      Story.LASTING,
      Scene.before(s -> s.installation().cloud().openByHand(s.name()))),
  EXPIRED(State.EXPIRED, Story.TEMPORARY),
  REJECTED(State.REJECTED, Story.REJECTED),
  TIMED_OUT(State.APPROVAL_TIMED_OUT, Story.TIMED_OUT),
  WITHDRAWN(State.WITHDRAWN, Story.WITHDRAWN),
  /** Made, and never seen on the cloud. */
  ROLLED_BACK(
      State.ROLLED_BACK, Story.LASTING, Scene.before(s -> s.installation().cloud().hide(s.name())));

  /** Stored nowhere: a request that no operator has seen has no status at all. */
  static final State NEVER_STORED = State.RECEIVED;

  private final State state;
  private final Story story;
  private final Scene scene;
  private final List<Fault> faults;

  /**
   * What happens around a request.
   *
   * @param alone whether it needs a namespace of its own
   * @param first before it is submitted
   * @param atVote when it waits for votes, before anybody votes
   * @param last what it waits for, when the other operator is there
   */
  record Scene(
      boolean alone,
      Consumer<StandingRequest> first,
      Consumer<StandingRequest> atVote,
      Consumer<StandingRequest> last) {
    private static Scene in(
        Consumer<StandingRequest> first,
        Consumer<StandingRequest> atVote,
        Consumer<StandingRequest> last) {
      return new Scene(true, first, atVote, last);
    }

    private static Scene at(Consumer<StandingRequest> vote, Consumer<StandingRequest> last) {
      return new Scene(false, s -> {}, vote, last);
    }

    private static Scene before(Consumer<StandingRequest> first) {
      return new Scene(false, first, s -> {}, s -> {});
    }
  }

  Standing(State state, Story story) {
    this(state, story, Scene.before(s -> {}));
  }

  Standing(State state, Story story, Scene scene) {
    this(state, story, scene, List.of());
  }

  /** Desk and cloud go away at a call. */
  Standing(State state, Story story, Kind kind, int call) {
    this(
        state,
        story,
        Scene.in(s -> {}, s -> {}, s -> {}),
        List.of(new Fault(Channel.EFFECT, call, kind)));
  }

  Standing(State state, Story story, Scene scene, List<Fault> faults) {
    this.state = state;
    this.story = story;
    this.scene = scene;
    this.faults = faults;
  }

  State state() {
    return state;
  }

  Story story() {
    return story;
  }

  Scene scene() {
    return scene;
  }

  List<Fault> faults() {
    return faults;
  }

  /** Whether a rule was made for it when all is over. */
  boolean makesRule() {
    return story.approved && this != ALREADY_SATISFIED;
  }

  /** Whether a rule is there for good when all is over. */
  boolean leavesRule() {
    return story.stays && this != ROLLED_BACK;
  }

  /** The policy gives requests with this beginning two seconds for the vote. */
  String named(String prefix) {
    String word = prefix + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    return this == TIMED_OUT ? "timed-" + word : word;
  }

  String yaml(String name) {
    // To be made also by an operator that hardly gets its turn, because the end counts from when
    // that is about to be done; and to be live longer than an operator needs to stop.
    return story.yaml(name, Duration.ofSeconds(20));
  }
}
