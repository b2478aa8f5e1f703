import pg from "pg";

/** One connection for one piece of work. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // a server that goes away fails the query, which is enough
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Inside one transaction; an error undoes all of it. */
export async function transaction<T>(client: pg.Client, work: () => Promise<T>) {
  await client.query("begin");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
