import "server-only";

/** What a kind of entry is called where nobody gave it words. */
const words: Record<string, string> = {
  grant: "Credits granted",
  spend: "Credits used",
  hold: "Set aside",
  capture: "Credits used",
  release: "Not used",
  reversal: "Given back",
  expiry: "Expired credits",
  clawback: "Refunded",
  debt: "Refund settled",
  rollover: "Rolled over",
  transfer: "Transfer",
  adjustment: "Adjustment",
  void: "Voided credits",
};

/** These carry the words of the grant that they end or move: without one more they would read like it. */
const endings: Record<string, string> = { expiry: "expired", rollover: "rolled over", void: "voided" };

export function describeEntry(kind: string, description: string): string {
  if (description === "") return words[kind] ?? "Credits";
  const ending = endings[kind];
  return ending ? `${description}, ${ending}` : description;
}
