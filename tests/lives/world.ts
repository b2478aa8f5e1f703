// Lives that are lived at once, on one clock: it goes from one instant to the next at which somebody acts or something
// falls due. One acts after the other, so that a run under the same seed is the same run.
import type { Life } from "./lives";
import type { Person } from "./person";

export type Stage = {
  now: () => Date;
  /** Everything that falls due at this instant, and its webhooks. */
  moveTo: (instant: Date) => Promise<void>;
  nextDue: () => Promise<Date | null>;
  /** An instant is over: what was collected in it is a step of its own. */
  afterInstant?: () => Promise<void>;
};

export async function liveTogether(stage: Stage, people: { person: Person; life: Life }[]) {
  let lives = people.map(({ person, life }) => ({ steps: life(person), at: stage.now() }));
  while (lives.length > 0) {
    const next = lives.reduce((first, one) => (one.at < first.at ? one : first));
    await passTo(stage, next.at);
    const { done, value } = await next.steps.next();
    await stage.moveTo(stage.now());
    await stage.afterInstant?.();
    if (done) lives = lives.filter((one) => one !== next);
    else next.at = new Date(stage.now().getTime() + value * 1000);
  }
}

export async function passTo(stage: Stage, target: Date) {
  for (let due = await stage.nextDue(); due && due <= target; due = await stage.nextDue()) {
    await stage.moveTo(new Date(Math.max(due.getTime(), stage.now().getTime())));
    await stage.afterInstant?.();
  }
  await stage.moveTo(target);
}
