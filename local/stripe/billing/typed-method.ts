import type { PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import {
  type BankAccount,
  type BankField,
  type BankForm,
  readAccount,
  storeAccount,
} from "./bank-accounts.ts";
import { type Card, type CardField, type CardForm, readCard, storeCard } from "./cards.ts";

/** What a customer typed to pay with: a card, or a bank account. */
export type MethodForm = CardForm | BankForm;
/** `isQuestion`: nothing is wrong, the bank asks. */
export type FormProblem = { field: CardField | BankField; message: string; isQuestion?: boolean };
type TypedMethod = Card | BankAccount;

/** What a form names, or why it is refused. */
export const readMethod = (form: MethodForm, at: number): TypedMethod | FormProblem =>
  "account" in form ? readAccount(form) : readCard(form, at);

export const storeTyped = (
  work: Work,
  typed: TypedMethod,
  customer: string | null,
): Promise<PaymentMethod> =>
  "account" in typed ? storeAccount(work, typed, customer) : storeCard(work, typed, customer);
