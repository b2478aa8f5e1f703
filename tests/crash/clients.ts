// Clients that do not give up: a call that is not answered is made again, with its key, until it is.
import pg from "pg";
import { databaseUrl } from "../../local/postgres.ts";
import { type Answer, type Call, refused } from "./call.ts";
import type { Server } from "./server.ts";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What came of a call, and how often it was made in vain before. */
export type Outcome = { verb: string; unanswered: number; answer: Answer };

/** Makes one call after the other until there is none. */
export async function work(
  server: Server,
  database: string,
  next: () => Call | null,
  note: (outcome: Outcome) => void,
) {
  let line = await connect(server, database);
  for (let call = next(); call; call = next())
    for (let unanswered = 0; ; unanswered++) {
      try {
        note({ verb: call.verb, unanswered, answer: await call.run(line.client) });
        break;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.code?.startsWith("LC")) {
          note({ verb: call.verb, unanswered, answer: refused });
          break;
        }
        if (server.kills() === line.kills) throw error;
        line = await connect(server, database);
      }
    }
  await line.client.end().catch(() => {});
}

type Line = { client: pg.Client; kills: number };

async function connect(server: Server, database: string): Promise<Line> {
  for (;;) {
    await server.ready();
    const kills = server.kills();
    const client = new pg.Client({ connectionString: databaseUrl(server.port)("postgres", database) });
    client.on("error", () => {}); // it fails the call that waits, which is enough
    try {
      await client.connect();
      return { client, kills };
    } catch (error) {
      if (server.kills() === kills) throw error;
    }
  }
}
