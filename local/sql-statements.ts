/** The statements of a script with the line each begins on, so that an error can name both. */
export function splitStatements(script: string) {
  const statements: { text: string; line: number }[] = [];
  let start = 0;
  let depth = 0; // of `begin atomic ... end`, the body of an SQL function without quotes
  for (const { token, at } of tokens(script)) {
    const word = token.toLowerCase();
    if (/^begin\s+atomic$/.test(word)) depth++;
    else if (depth > 0 && word === "case") depth++;
    else if (depth > 0 && word === "end") depth--;
    else if (word === ";" && depth === 0) {
      add(start, at + 1);
      start = at + 1;
    }
  }
  add(start, script.length);
  return statements;

  function add(from: number, to: number) {
    const lead = blank.exec(script.slice(from, to))?.[0].length ?? 0;
    const text = script.slice(from + lead, to).trimEnd();
    if (text !== "" && text !== ";") statements.push({ text, line: lineAt(script, from + lead) });
  }
}

export function lineAt(text: string, position: number) {
  return text.slice(0, position).split("\n").length;
}

const blank = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
// What may hold a semicolon that ends nothing comes first and is stepped over; then the words and signs that count.
const lexeme =
  /--[^\n]*|\/\*|\bE'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_\d]*\$)[\s\S]*?\1|\bbegin\s+atomic\b|\bcase\b|\bend\b|;/gi;

function* tokens(script: string) {
  const scan = new RegExp(lexeme);
  for (let match = scan.exec(script); match; match = scan.exec(script)) {
    if (match[0] === "/*") scan.lastIndex = endOfComment(script, match.index);
    else yield { token: match[0], at: match.index };
  }
}

/** Comments nest in SQL. */
function endOfComment(script: string, from: number) {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  let depth = 0;
  for (let match = mark.exec(script); match; match = mark.exec(script)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return script.length;
}
