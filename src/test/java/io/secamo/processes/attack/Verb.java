package io.secamo.processes.attack;

/** How an attempt is sent. */
enum Verb {
  CREATE("POST", "application/json"),
  UPDATE("PUT", "application/json"),
  /** PUT to a name that is not there. */
  UPDATE_ABSENT("PUT", "application/json"),
  JSON_PATCH("PATCH", "application/json-patch+json"),
  MERGE_PATCH("PATCH", "application/merge-patch+json"),
  STRATEGIC_PATCH("PATCH", "application/strategic-merge-patch+json"),
  APPLY("PATCH", "application/apply-patch+yaml"),
  /** Server-side apply of a name that is not there. */
  APPLY_ABSENT("PATCH", "application/apply-patch+yaml"),
  DELETE("DELETE", "application/json"),
  DELETE_COLLECTION("DELETE", "application/json");

  final String method;
  final String contentType;

  Verb(String method, String contentType) {
    this.method = method;
    this.contentType = contentType;
  }

  boolean creates() {
    return this == CREATE || this == UPDATE_ABSENT || this == APPLY_ABSENT;
  }

  boolean applies() {
    return this == APPLY || this == APPLY_ABSENT;
  }

  boolean changes() {
    return this == UPDATE || this == JSON_PATCH || this == MERGE_PATCH || this == APPLY;
  }

  boolean deletes() {
    return this == DELETE || this == DELETE_COLLECTION;
  }

  /** What of a request is written to. */
  enum Part {
    OBJECT(""),
    STATUS("/status"),
    SCALE("/scale");

    final String path;

    Part(String path) {
      this.path = path;
    }
  }
}
