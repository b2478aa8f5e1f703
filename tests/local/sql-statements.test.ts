import { expect, test } from "vitest";
import { splitStatements } from "../../local/sql-statements.ts";

const texts = (script: string) => splitStatements(script).map((statement) => statement.text);

test("a semicolon ends a statement, except where it is part of something", () => {
  const whole = [
    "select 'a;''b', \"c;d\", E'e\\';f';",
    "do $$ begin perform 1; end $$;",
    "do $outer$ begin execute $$ select 1; $$; end $outer$;",
    "select /* one; /* two; */ three; */ 1;",
    "select 1 -- not; here\n;",
    "create function f() returns int language sql begin atomic select case when true then 1; end; end;",
    "select case when true then 1 end;",
  ];
  expect(texts(whole.join("\n"))).toEqual(whole);
});

test("a statement begins on its first line that is neither blank nor comment", () => {
  expect(splitStatements("\n-- why; indeed\n\nselect 1;\n/* b */ select 2").map((s) => s.line)).toEqual([
    4, 5,
  ]);
});

test("comments and lone semicolons are no statements", () => {
  expect(texts("-- only words\n;\n  /* and more */ ;")).toEqual([]);
});
