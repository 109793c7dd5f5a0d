package io.penstock.benchmark.micro;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Template;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** CEL as workflows use it: compiled at an apply, evaluated in every step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExpressionBenchmark {
  private static final String CONDITION = "steps.score.output.score >= 50";
  private static final Map<String, Object> CONTEXT =
      Map.of(
          "input",
          Map.of("id", "lead-1", "email", "lead1@example.test"),
          "steps",
          Map.of("score", Map.of("output", Map.of("score", 77L, "reason", "stub"))));

  private Expression condition;
  private Template body;

  @Setup
  public void compileBoth() throws ExpressionSyntaxException {
    condition = Expression.compile(CONDITION);
    body =
        Template.compile(
            Map.of(
                "id", "{{ input.id }}",
                "channel", "sales",
                "text", "Lead {{ input.email }} scored {{ steps.score.output.score }}"));
  }

  @Benchmark
  public Expression compile() throws ExpressionSyntaxException {
    return Expression.compile(CONDITION);
  }

  @Benchmark
  public boolean evaluateCondition() throws ExpressionException {
    return condition.test(CONTEXT);
  }

  @Benchmark
  public Object renderTemplate() throws ExpressionException {
    return body.render(CONTEXT);
  }
}
