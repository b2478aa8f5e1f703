// What psql would print for a statement, with `\pset footer off` and the SQLSTATE of an error.
import pg from "pg";

type Table = { fields: pg.FieldDef[]; rows: (string | null)[][] };

/** Runs one statement; every value as Postgres writes it. */
export async function ask(client: pg.Client, text: string): Promise<string> {
  const types = { getTypeParser: () => (value: string | Buffer) => value };
  const query: pg.QueryArrayConfig = { text, rowMode: "array", types };
  try {
    return formatTable(await client.query<(string | null)[]>(query));
  } catch (error) {
    if (error instanceof pg.DatabaseError) return formatError(error);
    throw error;
  }
}

/** Empty for a statement that answers no columns. */
function formatTable({ fields, rows }: Table): string {
  if (fields.length === 0) return "";
  const columns = fields.map(({ name, dataTypeID }, at) => {
    const cells = rows.map((row) => row[at] ?? "");
    const width = Math.max(...[name, ...cells].map((cell) => cell.length));
    const before = Math.floor((width - name.length) / 2);
    const head = (" ".repeat(before) + name).padEnd(width);
    const body = cells.map((cell) => (numbers.has(dataTypeID) ? cell.padStart(width) : cell.padEnd(width)));
    return { rule: "-".repeat(width + 2), lines: [head, ...body] };
  });
  const line = (at: number) => ` ${columns.map(({ lines }) => lines[at]).join(" | ")}`.trimEnd();
  const rule = columns.map((column) => column.rule).join("+");
  return [line(0), rule, ...rows.map((_, at) => line(at + 1))].join("\n");
}

const { INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC } = pg.types.builtins;
const numbers = new Set<number>([INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC]);

function formatError({ code, message, detail, hint }: pg.DatabaseError): string {
  const more = [detail && `DETAIL:  ${detail}`, hint && `HINT:  ${hint}`];
  return [`ERROR:  ${code}: ${message}`, ...more].filter(Boolean).join("\n");
}
