import "server-only";

/** What a person looks for, and the kinds of entries that it means. */
export const kindGroups = {
  used: ["spend", "capture"],
  added: ["grant"],
  held: ["hold"],
  returned: ["release", "reversal"],
  expired: ["expiry", "void"],
  refunded: ["clawback", "debt"],
  moved: ["rollover", "transfer", "adjustment"],
} as const;

export type KindGroup = keyof typeof kindGroups;
export type EntryKind = (typeof kindGroups)[KindGroup][number];

const kinds: readonly string[] = Object.values(kindGroups).flat();

export const isEntryKind = (kind: string): kind is EntryKind => kinds.includes(kind);
export const isKindGroup = (group: string): group is KindGroup => Object.hasOwn(kindGroups, group);
export const allGroups = Object.keys(kindGroups).filter(isKindGroup);
