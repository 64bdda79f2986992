package io.secamo.processes.kubernetes.queue;

import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that passes run on.
 *
 * <p>The framework schedules the next pass of a request in two steps, and cancels it from another
 * thread when the request is gone. In between, {@link Timer} refuses what was cancelled already and
 * the thread of the pass dies of it (java-operator-sdk 5.2.3, {@code TimerEventSource}). Nothing is
 * lost: scheduling is the last thing it does, for a request that no longer exists. It must not look
 * like the death of a thread that others rely on, for which the operator begins anew.
 */
public final class PassThreads {
  private static final Logger LOG = LoggerFactory.getLogger(PassThreads.class);

  private PassThreads() {}

  /**
   * One virtual thread for each pass.
   *
   * @throws IllegalStateException if Java has too few {@link Carriers} for them
   */
  public static ExecutorService open() {
    Carriers.mustSuffice();
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().uncaughtExceptionHandler(PassThreads::ended).factory());
  }

  private static void ended(Thread thread, Throwable why) {
    if (wasCancelledMeanwhile(why)) {
      LOG.debug("{}: the request was deleted while its next pass was scheduled", thread.getName());
      return;
    }
    Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    if (others == null) {
      thread.getThreadGroup().uncaughtException(thread, why);
    } else {
      others.uncaughtException(thread, why);
    }
  }

  /** Only this one: "Timer already cancelled." means that no request is woken any more. */
  private static boolean wasCancelledMeanwhile(Throwable why) {
    StackTraceElement[] at = why.getStackTrace();
    return why instanceof IllegalStateException
        && "Task already scheduled or cancelled".equals(why.getMessage())
        && at.length > 2
        && at[0].getClassName().equals(Timer.class.getName())
        && at[2].getClassName().equals(TimerEventSource.class.getName());
  }
}
