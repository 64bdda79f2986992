package io.secamo.processes.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server says, for people. */
final class Answers {
  private static final Pattern DENIED =
      Pattern.compile("denied request: (.*?)(?: Received status|$)");

  private Answers() {}

  /** Something the API server is asked for. */
  interface Question<T> {
    T ask();
  }

  /** Turns what the API server refuses into the sentence of the rule. */
  static <T> T answered(Question<T> question) {
    try {
      return question.ask();
    } catch (KubernetesClientException e) {
      throw new Refusal(sentence(e));
    }
  }

  private static String sentence(KubernetesClientException e) {
    for (Throwable why = e; why != null; why = why.getCause()) {
      if (why instanceof CertificateException) {
        return "the cluster shows a certificate that the kubeconfig file does not vouch for: look"
            + " at its certificate-authority, and at which cluster has that address now";
      }
    }
    if (e.getStatus() == null) {
      return "the cluster does not answer: --kubeconfig and --context say which one to ask";
    }
    if (e.getCode() == 401) {
      return "the cluster does not accept your credentials: log in again, or choose another"
          + " --context";
    }
    String whole = String.valueOf(e.getStatus().getMessage());
    Matcher denied = DENIED.matcher(whole);
    if (denied.find()) {
      return denied.group(1);
    }
    if (e.getCode() == 404) {
      return "this cluster does not know our kinds ("
          + whole
          + "): is the product installed in it?";
    }
    boolean noRight = e.getCode() == 403 && whole.contains("cannot ");
    boolean inAll = noRight && whole.contains("at the cluster scope");
    String ask = ". Ask who grants roles there for that right";
    return noRight
        ? whole
            + (inAll
                ? ". Name one namespace with -n if the command takes one, or ask who grants rights"
                    + " in all"
                : ask)
        : whole;
  }
}
