package io.secamo.processes.connector;

/** Finds the outside systems of one namespace by the name of their Connection. */
public interface Systems {
  /**
   * The ticket system behind a connection.
   *
   * @throws ConnectorFailure.Misnamed if there is no such connection or it is of another type
   * @throws ConnectorFailure.Unauthorized if its Secret is missing or incomplete
   */
  TicketSystem tickets(String connection);

  /**
   * The firewall behind a connection.
   *
   * @throws ConnectorFailure.Misnamed if there is no such connection or it is of another type
   * @throws ConnectorFailure.Unauthorized if its Secret is missing or incomplete
   */
  FirewallProvider firewall(String connection);

  /**
   * The same, to put back what was changed: what was deleted of a connection meanwhile is taken as
   * it was last, as long as this program remembers it. Never to change anything anew.
   */
  Systems toUndo();

  /**
   * The same, to put back what was changed at a known place: with the connectors that changed it,
   * as long as this program remembers them. A Connection or Secret that somebody edited since, so
   * that it leads elsewhere or nobody is let in, keeps nothing alive.
   */
  Systems toUndo(Origin origin);

  /**
   * Where something was changed.
   *
   * @param connection {@link ConnectionFacts#identity} of the Connection, as it was recorded
   * @param account {@link Account#id} of whose system it is
   */
  record Origin(String connection, String account) {}

  /**
   * What approvals depend on of a connection.
   *
   * @throws ConnectorFailure.Misnamed if there is no such connection
   */
  ConnectionFacts facts(String connection);
}
