import type pg from "pg";
import { openState, type State } from "./state.ts";

/** One transaction; nothing is answered before it is committed. */
export async function transact<T>(
  pool: pg.Pool,
  publicUrl: string,
  act: (state: State) => Promise<T>,
): Promise<T> {
  const db = await pool.connect();
  try {
    await db.query("begin");
    const result = await act(openState(db, publicUrl));
    await db.query("commit");
    return result;
  } catch (error) {
    await db.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    db.release();
  }
}

/** Writers go one by one: a sandbox needs no more, and no two acts then see a half of each other. */
export async function writeAlone({ db }: State): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtextextended('stripe sandbox writer', 0))");
}

/** Runs an act that may be refused: a refusal undoes what it wrote, not the transaction. */
export async function attempt<T>({ db }: State, act: () => Promise<T>): Promise<T> {
  await db.query("savepoint attempt");
  try {
    return await act();
  } catch (error) {
    await db.query("rollback to savepoint attempt");
    throw error;
  }
}
