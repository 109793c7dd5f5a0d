package io.penstock.schema.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelIdent;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExprVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds in a syntax tree what an expression reads. */
final class References extends CelExprVisitor {
  /** {@code a["b"]}, {@code a.?b} and {@code a[?"b"]} are calls in the tree. */
  private static final Set<String> INDEX_CALLS = Set.of("_[_]", "_?._", "_[?_]");

  private final Set<Reference> found = new LinkedHashSet<>();
  private final Deque<String> locals = new ArrayDeque<>();

  private final Collection<String> variables;

  private References(Collection<String> variables) {
    this.variables = variables;
  }

  /**
   * @param variables besides {@link Variables#ALL}
   */
  static Set<Reference> of(CelAbstractSyntaxTree ast, Collection<String> variables) {
    References references = new References(variables);
    references.visit(ast.getExpr());
    return Collections.unmodifiableSet(references.found);
  }

  @Override
  protected void visit(CelExpr expr, CelIdent ident) {
    addPath(expr);
  }

  @Override
  protected void visit(CelExpr expr, CelSelect select) {
    if (!addPath(expr)) {
      super.visit(expr, select);
    }
  }

  @Override
  protected void visit(CelExpr expr, CelCall call) {
    if (!addPath(expr)) {
      super.visit(expr, call);
    }
  }

  @Override
  protected void visit(CelExpr expr, CelComprehension comprehension) {
    visit(comprehension.iterRange());
    visit(comprehension.accuInit());
    int outer = locals.size();
    locals.push(comprehension.accuVar());
    locals.push(comprehension.iterVar());
    locals.push(comprehension.iterVar2());
    visit(comprehension.loopCondition());
    visit(comprehension.loopStep());
    visit(comprehension.result());
    while (locals.size() > outer) {
      locals.pop();
    }
  }

  private boolean addPath(CelExpr expr) {
    Optional<List<String>> path = path(expr);
    path.filter(names -> isVariable(names.getFirst()))
        .filter(names -> !locals.contains(names.getFirst()))
        .ifPresent(names -> found.add(new Reference(names)));
    return path.isPresent();
  }

  private boolean isVariable(String name) {
    return Variables.ALL.contains(name) || variables.contains(name);
  }

  /** The names from a variable down to here, if each of them stands in the text. */
  private static Optional<List<String>> path(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> Optional.of(List.of(expr.ident().name()));
      case SELECT -> path(expr.select().operand()).map(up -> below(up, expr.select().field()));
      case CALL -> indexed(expr.call());
      case CONSTANT, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> Optional.empty();
    };
  }

  private static Optional<List<String>> indexed(CelCall call) {
    if (!INDEX_CALLS.contains(call.function()) || call.args().size() != 2) {
      return Optional.empty();
    }
    CelExpr name = call.args().get(1);
    if (name.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || name.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return Optional.empty();
    }
    return path(call.args().get(0)).map(up -> below(up, name.constant().stringValue()));
  }

  private static List<String> below(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
