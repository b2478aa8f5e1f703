import type { Figure } from "../figures.ts";
import type { Server } from "../server.ts";

/** What a row of the table is given: it clones its own databases, and reports each figure once it has it. */
export type Bench = {
  server: Server;
  seconds: number;
  warmUp: number;
  accounts: number;
  /** Ledger entries of the row `ledger`, and due accounts of the row `sweep`. */
  entries: number;
  due: number;
  report: (figure: Figure) => void;
  /** What the bench is doing while no figure comes. */
  say: (text: string) => void;
};

export type Row = (bench: Bench) => Promise<void>;
