import type { StripeNoun } from "../billing-database.ts";
import { failed } from "../failure.ts";
import type { Row, Rpc } from "../rpc.ts";

export type Books = ReturnType<typeof createBooks>;
export type Run = {
  run: number;
  since: Date;
  asOf: Date;
  step: string | null;
  place: string | null;
  ticket: number;
};
export type Known = { objectId: string; accountId: string | null; place: string };
export type Finding = {
  id: number;
  kind: string;
  noun: StripeNoun | null;
  objectId: string;
  accountId: string | null;
  reason: string;
  happenedAt: string;
};

/** What a reconciliation asks of the database; each call is one transaction. */
export function createBooks(rpc: Rpc) {
  async function one(name: string, args: Row): Promise<Row> {
    const [row] = await rpc(name, args);
    if (!row) throw failed({ status: 500, reason: `database: ${name} answered nothing` });
    return row;
  }

  return {
    /** A number that orders the reading after it. Tickets are drawn for events; none has this id. */
    async drawTicket(): Promise<number> {
      return Number((await one("begin_event", { id: "reconcile" })).ticket);
    },
    async begin(since: Date | null): Promise<Run> {
      const row = await one("begin_reconciliation", { since: since?.toISOString() ?? null });
      return {
        run: Number(row.run),
        since: new Date(String(row.since_at)),
        asOf: new Date(String(row.as_of)),
        step: textOrNull(row.step),
        place: textOrNull(row.place),
        ticket: Number(row.ticket),
      };
    },
    /** Notes how far it has come, and draws the ticket of the next page. */
    async advance(
      { run }: Run,
      step: string | null,
      place: string | null,
      lookedAt: number,
      isFinished: boolean,
    ) {
      const args = { run, step, place, looked_at: lookedAt, is_finished: isFinished };
      return Number((await one("advance_reconciliation", args)).ticket);
    },
    async known(noun: StripeNoun, since: Date, afterPlace: string | null): Promise<Known[]> {
      const args = { noun, since: since.toISOString(), after_place: afterPlace };
      return (await rpc("get_known_objects", args)).map((row) => ({
        objectId: String(row.object_id),
        accountId: textOrNull(row.account_id),
        place: String(row.place),
      }));
    },
    /** The kinds of differences; once it is sure of them they are findings. */
    async compare(
      noun: StripeNoun,
      object: { id: string; accountId: string | null },
      reading: { ticket: number; facts: object | null },
      isSure: boolean,
    ): Promise<string[]> {
      const args = { noun, object_id: object.id, account_id: object.accountId, ...reading, is_sure: isSure };
      return (await rpc("compare_object", args)).map((row) => String(row.kind));
    },
    async compareEvents(events: { id: string; createdAt: string }[]): Promise<void> {
      const args = {
        event_ids: events.map(({ id }) => id),
        happened_at: events.map(({ createdAt }) => createdAt),
      };
      await rpc("compare_events", args);
    },
    async openFindings(after: number | null): Promise<Finding[]> {
      return (await rpc("get_findings", { after_finding: after })).map(readFinding);
    },
    async fix(id: number, reason: string, reading: { ticket: number; facts: object | null } | null) {
      const row = await one("fix_finding", { finding_id: id, reason, ...reading });
      return { state: String(row.state), problem: textOrNull(row.problem) };
    },
    /** The state that the event had; null when it never came here. */
    async reopen(eventId: string, reason: string): Promise<string | null> {
      const [row] = await rpc("reopen_event", { event_id: eventId, reason });
      return textOrNull(row?.state);
    },
  };
}

const readFinding = (row: Row): Finding => ({
  id: Number(row.id),
  kind: String(row.kind),
  noun: textOrNull(row.noun) as StripeNoun | null, // an enum of the database, which is that type
  objectId: String(row.object_id),
  accountId: textOrNull(row.account_id),
  reason: String(row.reason),
  happenedAt: String(row.happened_at),
});

const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);
