// Every kind of operation, and how often it is drawn.
import { asking, type Call, nothing } from "./call.ts";
import { code, grant, grantThatStartsLater, newcomer, payment, renewal } from "./grants.ts";
import {
  cancellation,
  capture,
  dispute,
  disputeLost,
  extension,
  refund,
  release,
  reversal,
} from "./returns.ts";
import { pick, type Shop } from "./shop.ts";
import { adjustment, consume, deduct, deductMany, hold, order, placeHold, transfer } from "./takings.ts";

const read = (shop: Shop) =>
  asking("read", "select * from get_user_credits($1)", [pick(shop.accounts).id], () => nothing);
const sweep = () => asking("sweep", "select expire_subscription_credits(20)", [], () => nothing);
const seal = () => asking("seal", "select seal_ledger()", [], () => nothing);

const weights: [(shop: Shop) => Call | undefined, number][] = [
  [grant, 8],
  [grantThatStartsLater, 3],
  [payment, 6],
  [renewal, 4],
  [code, 3],
  [newcomer, 4],
  [deduct, 14],
  [order, 5],
  [deductMany, 5],
  [consume, 8],
  [hold, 10],
  [placeHold, 5],
  [capture, 7],
  [release, 4],
  [extension, 2],
  [reversal, 6],
  [transfer, 5],
  [adjustment, 4],
  [refund, 3],
  [dispute, 3],
  [disputeLost, 1],
  [cancellation, 3],
  [read, 3],
  [sweep, 1],
  [seal, 1],
];

const bag = weights.flatMap(([draw, weight]) => Array.from({ length: weight }, () => draw));

/** One that can be made now. */
export function drawCall(shop: Shop): Call {
  for (;;) {
    const call = pick(bag)(shop);
    if (call) return call;
  }
}
