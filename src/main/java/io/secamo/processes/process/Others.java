package io.secamo.processes.process;

import io.secamo.processes.api.BreakGlass;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.effect.Place;
import io.secamo.processes.engine.procedure.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a process finds out about the other processes. */
public interface Others {
  /**
   * Another request.
   *
   * @param request what its people say
   * @param status where it stands; empty if nobody has looked at it yet
   */
  record Stored(Request<?> request, Optional<ProcessStatus> status) {}

  /**
   * Who else needs a thing.
   *
   * @param kind of the request
   * @param by namespace and name of the request
   * @param until empty if it is needed for good
   * @param approved false for an emergency that was not reviewed yet: it may have to go any moment
   */
  record Needed(KindName kind, String by, Optional<Instant> until, boolean approved) {
    private static final Comparator<Needed> LONGEST_LAST =
        Comparator.comparing((Needed needed) -> needed.until().orElse(Instant.MAX))
            .thenComparing(Needed::by);

    /** A request with this status. */
    public static Needed of(KindName kind, String address, ProcessStatus status) {
      BreakGlass emergency = status.breakGlass();
      return new Needed(
          kind, address, status.end(), emergency == null || emergency.reviewedAt() != null);
    }

    /** The one that needs it longest; of two that end together, one that is always the same. */
    public static Optional<Needed> longest(Stream<Needed> some) {
      return some.max(LONGEST_LAST);
    }

    /** For people, as in {@code team-b/web until 2027-01-04T17:33:00Z}. */
    @Override
    public String toString() {
      return by + until.map(end -> " until " + end).orElse(", which has no end");
    }
  }

  /**
   * Who else relies on things outside, so that they must not be removed yet. Ids of other accounts,
   * or of other systems, say nothing: anybody may run a system that answers with any id.
   *
   * @param uid the request that asks
   * @param place where the things are
   * @param now requests whose own time is over do not count
   * @return by the outside system's id of the thing: the requests that need it
   */
  Map<String, List<Needed>> needed(String uid, Place place, Instant now);

  /**
   * Whether another request needs a thing, asked at the API server: what is heard of others may be
   * late. Asked only once they can see that ours ends, of two that end at once one sees the other.
   *
   * @param other what was heard
   * @param externalId the outside system's id of the thing
   */
  boolean stillNeeds(Needed other, Place place, String externalId, Instant now);

  /**
   * Whether another request of this cluster is still to undo a thing outside, or wants it for good.
   * What none answers for was left there on purpose: it is nobody's of ours any more.
   *
   * @param uid the request that asks
   * @param place where the thing is
   * @param externalId the outside system's id of the thing
   * @param maker of which uid the thing has the mark
   */
  boolean answeredFor(
      String uid, Place place, String externalId, Predicate<String> maker, Instant now);

  /**
   * Another request that has announced the same change and may have made it, or found it made: it
   * may be about to need a thing that it did not name yet.
   *
   * @param uid the request that asks
   * @param place where the thing is
   * @param key the key under which the request with a uid would have announced it
   * @return namespace and name of that request
   */
  Optional<String> aboutToNeed(String uid, Place place, UnaryOperator<String> key, Instant now);

  /**
   * Another request that is about to remove a thing, and has not failed to yet: what is there now
   * is not there in a moment.
   *
   * @param uid the request that asks
   * @param place where the thing is
   * @param externalId the outside system's id of the thing
   * @return namespace and name of that request
   */
  Optional<String> aboutToRemove(String uid, Place place, String externalId, Instant now);

  /** Another request as it is stored, asked at the API server; empty if there is none. */
  Optional<Stored> stored(KindName kind, String namespace, String name);

  /**
   * The requests that are about to have removed what this one opened for good, as they are stored,
   * asked at the API server.
   */
  List<Stored> removers(Request<?> request);
}
