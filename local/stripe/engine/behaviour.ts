/** Why money was not given; only cards have a `decline_code`. */
export type Decline = { message: string; code: string; decline_code?: string };
/** How a test card or account answers: when the customer pays by hand, and when a renewal charges it. */
export type Behaviour = {
  byHand: "pays" | Decline;
  offSession: "pays" | Decline;
  /** Its bank asks the holder, when he is there, whether it is he who pays: 3-D Secure. */
  asks?: boolean;
  /** Seconds until its bank answers at all, null for never; a card answers at once. */
  delay?: number | null;
  /** What becomes of a refund to it; otherwise the money is back at once, for good. */
  refund?: "pending" | "fails";
  /** What its holder does soon after each payment. */
  dispute?: "chargeback" | "inquiry";
};
