import ts from "typescript";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runtimeTypes = root + "deno.d.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
};

/** A TypeScript program of the service. Tests can replace the source of a file. */
export class PromiseCheck {
  #files = new Map<string, ts.SourceFile>();
  #texts = new Map<string, string>();
  #host = ts.createCompilerHost(options);
  #program?: ts.Program;

  constructor(readonly entry = "main.ts") {
    const { stdout } = new Deno.Command(Deno.execPath(), { args: ["types"] }).outputSync();
    this.#texts.set(runtimeTypes, new TextDecoder().decode(stdout));
    const read = this.#host.getSourceFile.bind(this.#host), exists = this.#host.fileExists.bind(this.#host);
    this.#host.fileExists = (name) => this.#texts.has(name) || exists(name);
    this.#host.getSourceFile = (name, version) => {
      let file = this.#files.get(name);
      if (file) return file;
      const text = this.#texts.get(name);
      file = text === undefined
        ? read(name, version)
        : ts.createSourceFile(name, text, options.target!, true);
      if (file) this.#files.set(name, file);
      return file;
    };
  }

  /** Replaces the text of a file; `undefined` restores it. */
  put(path: string, text: string | undefined): void {
    this.#files.delete(root + path);
    if (text === undefined) this.#texts.delete(root + path);
    else this.#texts.set(root + path, text);
    this.#program = undefined;
  }

  /** Paths of the repository's own files. */
  get paths(): string[] {
    const names = this.#current().getSourceFiles().map(({ fileName }) => fileName);
    return names.filter((name) =>
      name.startsWith(root) && name !== runtimeTypes && !name.includes("/node_modules/")
    ).map((name) => name.slice(root.length));
  }

  /**
   * Promises that are neither awaited nor handled, as `path:line text`: dropped by a statement, or used as a
   * condition.
   */
  forgotten(path: string): string[] {
    const program = this.#current(), file = program.getSourceFile(root + path)!;
    const checker = program.getTypeChecker(), found: string[] = [];
    const kindsOf = (node: ts.Node) => {
      const type = checker.getTypeAtLocation(node);
      return (type.isUnion() ? type.types : [type]).map((one) => one.getProperty("then") !== undefined);
    };
    const isForgotten = (node: ts.Node): boolean => {
      if (ts.isExpressionStatement(node)) {
        const dropped = droppedBy(node);
        return dropped !== undefined && kindsOf(dropped).some((isPromise) => isPromise);
      }
      const asked = questionOf(node);
      return asked !== undefined && kindsOf(asked).every((isPromise) => isPromise);
    };
    const look = (node: ts.Node): void => {
      if (isForgotten(node)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        found.push(`${path}:${line + 1} ${node.getText(file).split("\n")[0]}`);
      }
      ts.forEachChild(node, look);
    };
    look(file);
    return found;
  }

  /** TypeScript's own errors in a file. */
  errors(path: string): string[] {
    const program = this.#current();
    return program.getSemanticDiagnostics(program.getSourceFile(root + path)!).map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, " ")
    );
  }

  #current(): ts.Program {
    return this.#program ??= ts.createProgram({
      rootNames: [root + this.entry, runtimeTypes],
      options,
      host: this.#host,
    });
  }
}

/**
 * The expression whose value a statement drops; undefined if it is assigned, awaited, marked `void`, or its
 * rejection is handled.
 */
function droppedBy({ expression }: ts.ExpressionStatement): ts.Node | undefined {
  if (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression)) return undefined;
  const isKept = ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    expression.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  const isMinded = ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression) &&
    expression.expression.name.text === "catch";
  return isKept || isMinded ? undefined : expression;
}

/** The expression tested as a condition. A promise is always truthy. */
function questionOf(node: ts.Node): ts.Node | undefined {
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return node.operand;
  }
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  if (!ts.isBinaryExpression(node)) return undefined;
  const asks = [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken];
  if (asks.includes(node.operatorToken.kind)) return node.left;
  const compares = [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken];
  const isNothing = ts.isIdentifier(node.right) && node.right.text === "undefined";
  return compares.includes(node.operatorToken.kind) && isNothing ? node.left : undefined;
}
