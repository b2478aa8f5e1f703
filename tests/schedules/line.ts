// A connection on which calls are made as one caller makes them: at an instant, in a role, in a transaction of its own.
import pg from "pg";
import { fromWords, type Instant, iso } from "../properties/model/time.ts";
import type { Json } from "../properties/play.ts";
import { roleOf, type Step, sqlOf } from "../properties/steps.ts";
import { began, type Turn } from "./acts.ts";

export type Level = "read committed" | "repeatable read";
export type People = { ada: string; bob: string };
/** What a call answered, or its error's code; buckets by their place, accounts by name. */
export type Said = Record<string, Json>;
export type Line = Awaited<ReturnType<typeof openLine>>;

export async function openLine(url: string) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // fails the call that waits, which is enough
  await client.connect();
  await client.query(`set test.now to '${iso(began)}'`);
  /** The one value that a statement answers. */
  const ask = async (sql: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ said: string }>(`select (${sql})::text as said`, values);
    return rows[0]?.said ?? "null";
  };
  return {
    pid: Number(await ask("pg_backend_pid()")),
    ask,
    query: (sql: string, values: unknown[] = []) => client.query(sql, values),
    /** Inside a transaction, which goes on when the call is refused. */
    async call(turn: Turn, people: People, at: Instant): Promise<Said> {
      const step = stepOf(turn, people.ada, at);
      const call = {
        account: people.ada,
        role: step ? roleOf(step) : "service_role",
        sql: `select to_jsonb(r) from (select * from ${sqlOfTurn(turn, people)}) r`,
      };
      const said = await ask("answer_at($1, $2)", [iso(at), JSON.stringify(call)]);
      return inWords(said, people);
    },
    end: () => client.end(),
  };
}

/** As the model takes it; null: it does not know the call. */
export function stepOf(turn: Turn, account: string, at: Instant): Step | null {
  return typeof turn === "string" ? null : { ...turn, account, at };
}

export function sqlOfTurn(turn: Turn, people: People): string {
  const literal = (name: string) => `'${name === "bob" ? people.bob : people.ada}'::uuid`;
  if (typeof turn !== "string") return sqlOf({ ...turn, account: "ada", at: 0 }, literal);
  return turn.replaceAll(/:ada\b/g, literal("ada")).replaceAll(/:bob\b/g, literal("bob"));
}

export function inWords<Words extends Json>(said: string, { ada, bob }: People): Words {
  const named = said.replaceAll(new RegExp(ada, "gi"), "ada").replaceAll(new RegExp(bob, "gi"), "bob");
  return JSON.parse(named, fromWords);
}
