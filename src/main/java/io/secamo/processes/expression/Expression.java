package io.secamo.processes.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition in CEL. Its length, depth and loops are bounded, so that nobody can keep the operator
 * busy with one; regular expressions are RE2 and take linear time.
 */
public final class Expression {
  private static final int MOST_ITERATIONS = 10_000;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(2_000)
          .maxParseRecursionDepth(40)
          .maxRegexProgramSize(1_000)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .build();

  private static final Pattern NOT_KNOWN =
      Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");

  private static final Pattern BARE_LENGTH = Pattern.compile("\\b[0-9]+[smh]\\b");

  private final CelRuntime.Program program;

  private Expression(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * Compiles a condition.
   *
   * @throws ExpressionFailure that names line and column of what cannot be understood
   */
  public static Expression compile(String text, Vocabulary vocabulary) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setOptions(OPTIONS)
            .setTypeProvider(vocabulary.types())
            .setResultType(SimpleType.BOOL);
    vocabulary.variables().forEach(compiler::addVar);
    return new Expression(program(compiler.build(), text, vocabulary));
  }

  private static CelRuntime.Program program(
      CelCompiler compiler, String text, Vocabulary vocabulary) {
    try {
      return CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .build()
          .createProgram(compiler.compile(text).getAst());
    } catch (CelValidationException e) {
      throw new ExpressionFailure(
          (e.getErrors().isEmpty()
                  ? firstLine(e.getMessage())
                  : words(e.getErrors().get(0), vocabulary))
              + lengthOfTime(text));
    } catch (CelEvaluationException e) {
      throw new ExpressionFailure(firstLine(e.getMessage()));
    }
  }

  /** What people write who write lengths of time everywhere else. */
  private static String lengthOfTime(String text) {
    Matcher bare = BARE_LENGTH.matcher(text.replaceAll("'[^']*'|\"[^\"]*\"", ""));
    return bare.find()
        ? ". For "
            + bare.group()
            + " write duration('"
            + bare.group()
            + "'), or a number of seconds"
        : "";
  }

  /** Columns count from 0 in the library and from 1 for people. */
  private static String words(CelIssue issue, Vocabulary vocabulary) {
    return "line "
        + issue.getSourceLocation().getLine()
        + ", column "
        + (issue.getSourceLocation().getColumn() + 1)
        + ": "
        + named(firstLine(issue.getMessage()), vocabulary);
  }

  /** The library speaks of containers, which we have none of. */
  private static String named(String problem, Vocabulary vocabulary) {
    Matcher unknown = NOT_KNOWN.matcher(problem);
    return unknown.matches()
        ? "'"
            + unknown.group(1)
            + "' is not known: there are "
            + vocabulary.names()
            + ", and a text stands in quotes"
        : problem;
  }

  /**
   * Whether the condition holds.
   *
   * @param values a map for each variable of the vocabulary; numbers are {@code Long}
   * @throws ExpressionFailure if it has no answer, for example because a field is missing
   */
  public boolean holds(Map<String, Object> values) {
    try {
      Object answer = program.eval(values);
      if (answer instanceof Boolean truth) {
        return truth;
      }
      throw new ExpressionFailure("the answer is " + answer + ", not true or false");
    } catch (CelEvaluationException e) {
      throw new ExpressionFailure(firstLine(e.getMessage()));
    }
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).split("\n", 2)[0];
  }
}
