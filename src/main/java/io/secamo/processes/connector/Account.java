package io.secamo.processes.connector;

/**
 * Who the calls over a connector act for. What was approved for one must not be done to another,
 * and what was done to one must not be looked for in another.
 *
 * @param description for people, without secrets, for example {@code OpenStack project demo (1f0c…)
 *     at https://…}
 * @param id what stays when the account is given another name; the description ends with it
 */
public record Account(String description, String id) {
  /** Stands before the name of a region, at the end of an id. */
  public static final String REGION = ", region ";

  private static final int MOST = 300;

  /** Shortens what is longer than 300 characters; two that differ stay different. */
  public Account {
    description = Shortened.to(MOST, description);
    id = Shortened.to(MOST, id);
  }

  /** One that has no other id than its description. */
  public Account(String description) {
    this(description, description);
  }

  /**
   * Whether this is the one that was recorded, by its id, or in an earlier version by its
   * description. A record need not name the region; who is asked has to, if the record does.
   */
  public boolean is(String recorded) {
    boolean fromSomewhere = Spelling.of(recorded).contains(REGION) && !id.contains(REGION);
    return (same(recorded, id) && !fromSomewhere) || recorded.equals(description);
  }

  /** Whether two records, ids or descriptions, are of one account; a region need not be known. */
  public static boolean same(String recorded, String other) {
    String one = idOf(recorded);
    String two = idOf(other);
    boolean both = one.contains(REGION) == two.contains(REGION);
    return both ? one.equals(two) : withoutRegion(one).equals(withoutRegion(two));
  }

  /**
   * The id in a record. In a description, which earlier versions recorded, it stands in parentheses
   * behind a name. All of it is compared: an outside system words parts of it, and could word them
   * so that they end like the account of somebody else.
   */
  private static String idOf(String recorded) {
    // Earlier versions recorded an endpoint as it was spelled.
    String account = Spelling.of(recorded);
    int at = account.startsWith("(") ? -1 : account.indexOf(" (");
    return account.substring(at + 1);
  }

  private static String withoutRegion(String account) {
    int at = account.lastIndexOf(REGION);
    return at < 0 ? account : account.substring(0, at);
  }
}
