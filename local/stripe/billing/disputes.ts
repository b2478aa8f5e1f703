import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { schemaOf } from "../engine/spec.ts";
import { day, soon } from "../engine/time.ts";
import type { Charge, Dispute, Metadata, StripeObject } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { behaviourOf } from "./payment-methods.ts";

/** What Stripe asks for a chargeback, in minor units; a won one gives it back. */
const fee = 1500;
const answerWithin = 7 * day;
/** The banks that nobody tells the outcome take their time. */
const review = 60 * day;
const verdicts = ["winning_evidence", "losing_evidence", "escalate_inquiry_evidence"];

type Response = { evidence: Record<string, string>; metadata: Metadata; isSubmitted: boolean };

/** The holder of the card denies a payment, or first asks about it: an inquiry takes no money. */
export async function openDispute(work: Work, id: string): Promise<void> {
  const { state } = work;
  const charge = await state.get("charge", id);
  const isInquiry = (await behaviourOf(work, charge.payment_method)).dispute === "inquiry";
  const method = await state.get("payment_method", charge.payment_method);
  if (method.type !== "card") return;
  const dispute = newDispute(work, charge, method.card.brand, isInquiry);
  await state.insert(dispute, {}, work.at + (isInquiry ? 120 * day : answerWithin));
  await emit(work, "charge.dispute.created", dispute);
  await update(work, "charge.updated", charge, { ...charge, disputed: true });
  if (!isInquiry) await withdraw(work, dispute);
}

/** Keeps evidence, and sends it to the bank when that is asked. */
export async function respond(work: Work, dispute: Dispute, given: Response): Promise<Dispute> {
  const { metadata, isSubmitted } = given;
  const evidence = { ...dispute.evidence };
  for (const [field, text] of Object.entries(given.evidence)) evidence[field] = text || null;
  const hasEvidence = Object.values(evidence).some((value) => typeof value === "string");
  const { evidence_details: details } = dispute;
  const answered = await update(work, "charge.dispute.updated", dispute, {
    ...dispute,
    metadata,
    evidence,
    evidence_details: {
      ...details,
      has_evidence: hasEvidence,
      ...(isSubmitted && {
        submission_count: details.submission_count + 1,
        submission_method: "manual",
      }),
    },
    ...(isSubmitted && { status: isInquiry(dispute) ? "warning_under_review" : "under_review" }),
  });
  const isDecided = verdicts.includes(String(evidence.uncategorized_text));
  if (isSubmitted) await work.state.setDue(dispute.id, work.at + (isDecided ? soon : review));
  return answered;
}

/** What time brings: the bank's decision, or the end of the time to answer. */
export async function advanceDispute(work: Work, dispute: Dispute): Promise<void> {
  const verdict = dispute.status.endsWith("under_review") ? dispute.evidence.uncategorized_text : null;
  if (!isInquiry(dispute)) await endDispute(work, dispute, verdict === "winning_evidence" ? "won" : "lost");
  else if (verdict === "escalate_inquiry_evidence") await escalate(work, dispute);
  else await endDispute(work, dispute, "warning_closed");
}

export async function endDispute(
  work: Work,
  dispute: Dispute,
  status: "won" | "lost" | "warning_closed",
): Promise<Dispute> {
  const { state } = work;
  const ended = await state.save<Dispute>({
    ...dispute,
    status,
    ...(status === "won" && {
      balance_transactions: [...dispute.balance_transactions, transaction(work, dispute, "reinstated")],
    }),
  });
  await state.setDue(ended.id, null);
  if (status === "won") await emit(work, "charge.dispute.funds_reinstated", ended, dispute);
  await emit(work, "charge.dispute.closed", ended, dispute);
  return ended;
}

export const isInquiry = ({ status }: Dispute): boolean => status.startsWith("warning_");

async function escalate(work: Work, dispute: Dispute): Promise<void> {
  const { card } = dispute.payment_method_details;
  const chargeback = await update<Dispute>(work, "charge.dispute.updated", dispute, {
    ...dispute,
    evidence: { ...dispute.evidence, uncategorized_text: null },
    evidence_details: { ...dispute.evidence_details, due_by: work.at + answerWithin, has_evidence: false },
    is_charge_refundable: false,
    payment_method_details: { card: { ...card, case_type: "chargeback" }, type: "card" },
    status: "needs_response",
  });
  await work.state.setDue(dispute.id, work.at + answerWithin);
  await withdraw(work, chargeback);
}

const withdraw = (work: Work, dispute: Dispute): Promise<Dispute> =>
  update<Dispute>(work, "charge.dispute.funds_withdrawn", dispute, {
    ...dispute,
    balance_transactions: [transaction(work, dispute, "withdrawn")],
  });

function transaction(work: Work, dispute: Dispute, way: "withdrawn" | "reinstated"): StripeObject {
  const sign = way === "withdrawn" ? -1 : 1;
  const { amount, currency } = dispute;
  return {
    id: newId("txn", 24),
    object: "balance_transaction",
    amount: sign * amount,
    available_on: work.at,
    balance_type: "payments",
    created: work.at,
    currency,
    description: `Chargeback ${way === "withdrawn" ? "withdrawal" : "reversal"} for ${dispute.charge}`,
    exchange_rate: null,
    fee: -sign * fee,
    fee_details: [
      { amount: -sign * fee, application: null, currency, description: "Dispute fee", type: "stripe_fee" },
    ],
    net: sign * (amount + fee),
    reporting_category: way === "withdrawn" ? "dispute" : "dispute_reversal",
    source: dispute.id,
    status: "available",
    type: "adjustment",
  };
}

function newDispute(work: Work, charge: Charge, brand: string, isInquiry: boolean): Dispute {
  const fields = schemaOf("Dispute.Evidence")?.required ?? [];
  return {
    id: newId("du", 24),
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: work.at,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...Object.fromEntries(fields.map((field) => [field, null])), enhanced_evidence: {} },
    evidence_details: {
      due_by: work.at + answerWithin,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand,
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: brand,
        network_reason_code: "10.4",
      },
      type: "card",
    },
    reason: "fraudulent",
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
}
