package io.penstock.schema.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.Collection;

/**
 * The dialect of CEL that definitions are written in: which variables, functions and limits there
 * are.
 *
 * <p>The interpreter that walks the syntax tree is used, not the newer planner: the planner copies
 * every variable before it starts, so that one condition over a large input would cost its size.
 */
record CompiledCel(CelAbstractSyntaxTree ast, Program program) {
  /** CEL's own default is no limit for the first two, and 100,000 characters. */
  private static final CelOptions LIMITS =
      CelOptions.current()
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(1_000)
          .maxExpressionCodePointSize(4_000)
          .maxParseRecursionDepth(60)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME = runtime();

  /**
   * @param variables besides {@link Variables#ALL}
   */
  static CompiledCel of(String source, Collection<String> variables)
      throws ExpressionSyntaxException {
    try {
      CelAbstractSyntaxTree ast = compiler(variables).compile(source).getAst();
      return new CompiledCel(ast, RUNTIME.createProgram(ast));
    } catch (CelValidationException e) {
      throw SyntaxAdvice.about(source, e, variables);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression has no program: " + source, e);
    }
  }

  /** Built anew each time: definitions come from outside, and nobody knows how many names. */
  private static CelCompiler compiler(Collection<String> variables) {
    if (variables.isEmpty()) {
      return COMPILER;
    }
    CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
    variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
    return builder.build();
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(LIMITS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.strings(),
                CelExtensions.lists(),
                CelExtensions.math(),
                CelExtensions.optional());
    Variables.ALL.forEach(name -> builder.addVar(name, SimpleType.DYN));
    return builder.build();
  }

  private static CelRuntime runtime() {
    return BoundedGrowth.install(CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(LIMITS))
        .addLibraries(CelExtensions.lists(), CelExtensions.math(), CelExtensions.optional())
        .build();
  }
}
