import type { Behaviour, Decline } from "../engine/behaviour.ts";
import { fingerprintOf } from "../engine/ids.ts";
import { day } from "../engine/time.ts";
import type { BankDetails, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { storeMethod } from "./payment-methods.ts";

export type BankField = "routing" | "account";
export type BankForm = Record<BankField, string>;
export type BankAccount = { account: string; behaviour: Behaviour };
type BankProblem = { field: BankField; message: string };

/** A debit takes four working days until the bank says whether there was money. */
const bankAnswers = (answer: "pays" | Decline, delay: number | null = 4 * day): Behaviour => ({
  byHand: answer,
  offSession: answer,
  delay,
  refund: "pending",
});
const fails = (code: string, message: string) => bankAnswers({ code, message });

const routingNumber = "110000000";
/** Stripe's test accounts that the sandbox plays, with the tokens by which they can be attached without a page. */
const testAccounts: Record<string, { token: string; behaviour: Behaviour }> = {
  "000123456789": { token: "pm_usBankAccount_success", behaviour: bankAnswers("pays") },
  "000111111113": {
    token: "pm_usBankAccount_accountClosed",
    behaviour: fails("account_closed", "The customer's bank account has been closed."),
  },
  "000111111116": {
    token: "pm_usBankAccount_noAccount",
    behaviour: fails("no_account", "The customer's bank account could not be located."),
  },
  "000222222227": {
    token: "pm_usBankAccount_insufficientFunds",
    behaviour: fails("insufficient_funds", "The customer's account has insufficient funds."),
  },
  "000333333335": {
    token: "pm_usBankAccount_debitNotAuthorized",
    behaviour: fails("debit_not_authorized", "The customer has said that this debit was not authorized."),
  },
  "000000000009": { token: "pm_usBankAccount_processing", behaviour: bankAnswers("pays", null) },
};

/** The account that a form names, or why it is refused. */
export function readAccount({ routing, account: typed }: BankForm): BankAccount | BankProblem {
  if (routing.trim() !== routingNumber)
    return { field: "routing", message: `The routing number of the test bank is ${routingNumber}.` };
  const account = typed.replace(/[\s-]/g, "");
  const known = testAccounts[account];
  if (!known)
    return {
      field: "account",
      message: "This is not a test account. Use 000123456789: no real account works here.",
    };
  return { account, behaviour: known.behaviour };
}

export function accountOfToken(given: string): BankAccount | undefined {
  const [account, known] = Object.entries(testAccounts).find(([, { token }]) => token === given) ?? [];
  return account && known ? { account, behaviour: known.behaviour } : undefined;
}

/** Stores an account without its number, attached to the customer who keeps it, if any. */
export function storeAccount(
  work: Work,
  { account, behaviour }: BankAccount,
  customer: string | null,
): Promise<PaymentMethod> {
  const us_bank_account: BankDetails = {
    account_holder_type: "individual",
    account_type: "checking",
    bank_name: "STRIPE TEST BANK",
    financial_connections_account: null,
    fingerprint: fingerprintOf(account),
    last4: account.slice(-4),
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: routingNumber,
    status_details: {},
  };
  return storeMethod(work, { type: "us_bank_account", us_bank_account }, behaviour, customer);
}
