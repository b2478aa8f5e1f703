import { parseAst } from "vitest/node";

type Node = { type: string; [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  if (!isNode(value)) return;
  yield value;
  for (const [field, child] of Object.entries(value)) if (field !== "parent") yield* nodesOf(child);
}

export const parse = (source: string) => [...nodesOf(parseAst(source, { lang: "tsx" }).body)];

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** What a string literal or the pieces of a template say. */
export function saidBy(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === "Literal") return [text(node.value)];
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return [];
  return node.quasis.map((piece) => text(piece.value.cooked));
}

/** What is shown where an expression stands: of a choice, both. */
function shownBy(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === "JSXExpressionContainer") return shownBy(node.expression);
  if (node.type === "ConditionalExpression") return [node.consequent, node.alternate].flatMap(shownBy);
  if (node.type === "LogicalExpression" && node.operator === "&&") return shownBy(node.right);
  const isJoined = node.type === "BinaryExpression" && node.operator === "+";
  if (node.type === "LogicalExpression" || isJoined) return [node.left, node.right].flatMap(shownBy);
  return saidBy(node);
}

const readAloud = /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|hint)$/;
const keyboard = /^(Enter|Escape|Tab|Home|End|Arrow(Up|Down|Left|Right)|Page(Up|Down))$/;

/** The words that a module shows and that are not from the catalog. */
export function bareWords(source: string): string[] {
  const found = parse(source).flatMap((node) => {
    if (node.type === "JSXText") return [text(node.value).replace(/&\w+;/g, "").trim()];
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      return Array.isArray(node.children) ? node.children.filter(isContainer).flatMap(shownBy) : [];
    if (node.type === "JSXAttribute" && isNode(node.name) && readAloud.test(text(node.name.name)))
      return shownBy(node.value);
    // Whatever else begins like a sentence or a label: in tables of words, in what is handed on.
    // The end of a key that a template makes is none of it.
    const isKey = (said: string) => node.type === "TemplateLiteral" && /^\w+$/.test(said);
    return saidBy(node).filter((said) => /^\p{Lu}\p{Ll}/u.test(said) && !keyboard.test(said) && !isKey(said));
  });
  return [...new Set(found.filter((said) => /\p{L}/u.test(said)))];
}

const isContainer = (node: unknown) => isNode(node) && node.type === "JSXExpressionContainer";
