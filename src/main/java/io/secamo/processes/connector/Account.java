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
   * Whether this is the one that was recorded. Earlier versions recorded the description, in which
   * the id comes last, behind a name that may be another one by now.
   */
  public boolean is(String recorded) {
    return same(recorded, id) || recorded.equals(description);
  }

  /** Whether two records, ids or descriptions, are of one account; a region need not be known. */
  public static boolean same(String recorded, String asked) {
    // Earlier versions recorded an endpoint as it was spelled.
    String one = Spelling.of(recorded);
    String other = Spelling.of(asked);
    boolean both = one.contains(REGION) == other.contains(REGION);
    String a = both ? one : withoutRegion(one);
    String b = both ? other : withoutRegion(other);
    return a.equals(b) || a.endsWith(" " + b) || b.endsWith(" " + a);
  }

  private static String withoutRegion(String account) {
    int at = account.lastIndexOf(REGION);
    return at < 0 ? account : account.substring(0, at);
  }
}
