package io.secamo.processes.contract;

import io.secamo.processes.connector.IdempotencyKey;
import io.secamo.processes.contract.Played.Point;
import io.secamo.processes.contract.Played.Trouble;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A case system, a directory, a mail system and a badge printer, each of which keeps keys. */
final class LoanWorld {
  final Set<String> made = new LinkedHashSet<>();
  final Map<String, String> cases = new LinkedHashMap<>();
  final Map<String, String> members = new LinkedHashMap<>();
  final Map<String, String> mails = new LinkedHashMap<>();
  final Map<String, String> badges = new LinkedHashMap<>();
  Trouble trouble = point -> {};

  /** Its search lags: what was made a moment ago is not shown. */
  boolean hidesAll;

  int calls;
  int joins;

  /** What is there under a key. */
  Optional<String> find(Map<String, String> where, IdempotencyKey key) {
    return call(() -> Optional.ofNullable(where.get(key.value())).filter(found -> !hidesAll));
  }

  /** Makes another one, whatever is there: nobody but the caller keeps it from being made twice. */
  String make(Map<String, String> where, IdempotencyKey key, String text) {
    return call(
        () -> {
          String id = text + " " + (made.size() + 1);
          made.add(id);
          where.put(key.value(), id);
          return id;
        });
  }

  /** Puts somebody into the group: once, for the directory itself knows its members. */
  String join(IdempotencyKey key, String person) {
    joins++;
    return call(
        () ->
            members.computeIfAbsent(
                key.value(),
                unused -> {
                  String id = person + " in group " + (made.size() + 1);
                  made.add(id);
                  return id;
                }));
  }

  /** Takes somebody out of the group; done if they are not in it. */
  void leave(String key) {
    call(() -> Optional.ofNullable(members.remove(key)));
  }

  Optional<String> member(String id) {
    return call(() -> members.values().stream().filter(id::equals).findFirst());
  }

  private synchronized <T> T call(Supplier<T> work) {
    calls++;
    trouble.at(Point.BEFORE_A_CALL);
    T answer = work.get();
    trouble.at(Point.AFTER_A_CALL);
    return answer;
  }
}
