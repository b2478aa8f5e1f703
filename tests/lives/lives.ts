// What happens to a customer, as data: each step is an act, and `yield` lets so many seconds go by.
import type { Person } from "./person";

export type Life = (person: Person) => AsyncGenerator<number, void>;

export const day = 86_400;
export const month = 31 * day;
const minute = 60;
const accounts = { pays: "000123456789", noFunds: "000222222227" };

export const lives = {
  async *"monthly for a year"({ buy }) {
    await buy("professional_month");
    yield 365 * day;
  },
  async *annual({ buy }) {
    await buy("professional_year");
    yield 400 * day;
  },
  async *"failed, then recovered"({ buy, payWith }) {
    await buy("professional_month", "4000000000000341");
    yield month + 2 * day;
    await payWith("4242424242424242");
    yield month;
  },
  async *"failed to the end"({ buy }) {
    await buy("professional_month", "4000000000000341");
    yield month + 20 * day;
  },
  async *"a trial on a card, and then paid"({ tryOut }) {
    await tryOut("professional_month", 14);
    yield month;
  },
  async *"refund in parts"({ buy, refund }) {
    const session = await buy("credits_1000");
    yield minute;
    await refund(session, 300);
    yield 0;
    await refund(session, 100);
    yield day;
    await refund(session);
    yield day;
  },
  async *"refund that fails"({ buy, refund }) {
    await refund(await buy("credits_1000", "4000000000005126"), 450);
    yield day;
  },
  async *"refund of a plan, which is cancelled"({ buy, refund, cancel }) {
    await refund(await buy("professional_month"), 1500);
    yield 0;
    await cancel();
    yield day;
  },
  async *"dispute won"({ buy, answerDispute }) {
    await buy("credits_1000", "4000000000000259");
    yield 2 * minute;
    await answerDispute("winning_evidence");
    yield day;
  },
  async *"dispute lost"({ buy, answerDispute }) {
    await buy("professional_month", "4000000000000259");
    yield 2 * minute;
    await answerDispute("losing_evidence");
    yield day;
  },
  async *"refund in part, then a dispute that is lost"({ buy, refund, answerDispute }) {
    await refund(await buy("credits_1000", "4000000000000259"), 400);
    yield 2 * minute;
    await answerDispute("losing_evidence");
    yield day;
  },
  async *"paused and resumed"({ buy, pause, resume }) {
    await buy("professional_month");
    yield 10 * day;
    await pause();
    yield 40 * day;
    await resume();
    yield 25 * day;
  },
  async *"pack paid late"({ buy }) {
    await buy("credits_500", accounts.pays);
    yield 10 * day;
  },
  async *"pack not paid in the end"({ buy }) {
    await buy("credits_500", accounts.noFunds);
    yield 10 * day;
  },
  async *"card replaced"({ buy, replaceCard, payWith }) {
    await buy("basic_month");
    yield day;
    await replaceCard({ number: "4242424242424242", exp_month: 11, exp_year: 2041 });
    yield 0;
    await payWith("5555555555554444");
    yield month;
  },
  async *"customer deleted"({ buy, remove }) {
    await buy("basic_month");
    await buy("credits_500");
    yield day;
    await remove();
    yield month;
  },
  async *"cancelled in the dashboard"({ buy, cancel }) {
    await buy("basic_month");
    yield 10 * day;
    await cancel();
    yield month;
  },
  async *"cancelled at the period's end, and taken back, and cancelled"({ buy, cancelAtPeriodEnd }) {
    await buy("basic_month");
    await cancelAtPeriodEnd(true);
    yield 0;
    await cancelAtPeriodEnd(false);
    yield 0;
    await cancelAtPeriodEnd(true);
    yield 2 * month;
  },
} satisfies Record<string, Life>;
