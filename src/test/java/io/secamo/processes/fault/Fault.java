package io.secamo.processes.fault;

/** One thing that goes wrong, at one call: {@code rt#5 LOSE_REPLY}. */
record Fault(Channel channel, int number, Kind kind) {

  /** Where it happens. Calls are numbered for each channel, from 1, over the whole run. */
  enum Channel {
    /** Writes of the operator to the API server, dry runs left out. */
    API,
    /** Those of them that record what becomes of a request, numbered together. */
    STATE,
    /** Reads of the operator from the API server, watches left out. */
    READ,
    /** Events that the API server sends to the operator. */
    WATCH,
    /** Lists of all requests, with which an operator begins. */
    LIST,
    /** Calls to the ticket system. */
    RT,
    /** Calls to the cloud. */
    OS,
    /** Those calls to either of them that change something, numbered together. */
    EFFECT
  }

  /** What happens. */
  enum Kind {
    /** The operator dies before the call is seen by anybody. */
    CRASH_BEFORE,
    /** The operator dies when the call was done and its answer is on the way. */
    CRASH_AFTER,
    /** The call is done, the answer is lost. */
    LOSE_REPLY,
    /** The call stands still while a second operator takes over, and is done afterwards. */
    HOLD,
    /** The operator dies and is away until what is temporary is overdue. */
    AWAY,
    /** From now on the clock of the operator's machine is ten minutes ahead. */
    AHEAD(true),
    /** From now on the clock of the operator's machine is ten minutes behind. */
    BEHIND(true),
    /** The answer is what an API server said that hangs behind: the requests as they once were. */
    OLD,
    /** The system takes another secret from now on; the Secret follows a second later. */
    ROTATED(true),
    /** Somebody writes nonsense into the Secret and puts it right two seconds later. */
    MISTYPED(true),
    /** Somebody deletes the Secret and makes it anew two seconds later. */
    DELETED(true),
    /** The requester holds the request for a second. */
    SUSPENDED(true),
    /** The approval policy is edited, so that votes have to be cast anew. */
    EDITED(true),
    /** The requester fills the request with labels, as far as is let. */
    LABELS(true),
    /** ... with annotations. */
    ANNOTATIONS(true),
    /** ... by being a new field manager again and again. */
    MANAGERS(true),
    /** ... with finalizers. */
    FINALIZERS(true),
    /** An approver makes the request a dependent of something that goes. */
    OWNED(true),
    /** For eight seconds the API server says that the object is too large. */
    FULL(true),
    /** For eight seconds a quota of the namespace lets nobody record evidence or an Event. */
    QUOTA(true),
    /** For five seconds the Connection leads to another cloud. */
    ENDPOINT(true),
    /** For five seconds the credentials are those of another account. */
    ACCOUNT(true),
    /** The security group is renamed, and another one gets its name. */
    RENAMED(true),
    /** The ticket is merged into somebody else's for five seconds. */
    MERGED(true),
    /** Both Secrets are gone for five seconds. */
    NO_SECRET(true),
    /** The Connection is gone for five seconds. */
    NO_CONNECTION(true),
    /** For five seconds the operator may not read the Secrets. */
    NO_RIGHT(true),
    /** Done, and answered with other ids. */
    WRONG_ID,
    /** Done, and answered with what seems to be somebody else's. */
    STRANGERS,
    /** Done, and answered with names that nothing has room for. */
    LONG,
    /** Done, and the answer does not end. */
    HUGE,
    /** The outside system is killed in the middle of the call and started again. */
    KILLED(true),
    /** The outside system stands still for ten seconds, and then does the call. */
    STOPPED(true),
    /** 409, not done. */
    CONFLICT,
    /** 429 with Retry-After: 1, not done. */
    THROTTLE,
    /** 500, not done. */
    ERROR,
    /** 503, not done. */
    BUSY,
    /** Done, and answered with half a JSON text. */
    GARBAGE,
    /** Done, and answered with a web page. */
    PAGE,
    /** Done, and answered after two seconds. */
    SLOW,
    /** 401, not done. */
    TURNED_DOWN,
    /** From now on, for two seconds, new objects are not found. */
    BLIND,
    /** The watch ends. */
    CUT,
    /** The watch ends with 410 Gone. */
    GONE,
    /** The event is sent twice. */
    TWICE,
    /** The event, and all after it, come two seconds late. */
    LATE,
    /** For five seconds the Secret holds a user of the same project who is shown nothing. */
    UNSEEING(true);

    /** Whether it happens around the operator, and the call itself is done as ever. */
    final boolean around;

    Kind() {
      this(false);
    }

    Kind(boolean around) {
      this.around = around;
    }
  }

  @Override
  public String toString() {
    return channel.name().toLowerCase(java.util.Locale.ROOT) + "#" + number + " " + kind;
  }

  static Fault parse(String text) {
    String[] words = text.strip().split("[# ]");
    return new Fault(
        Channel.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
        Integer.parseInt(words[1]),
        Kind.valueOf(words[2]));
  }
}
