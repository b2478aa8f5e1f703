// How much of it `npm test` plays; `npm run test:lives` says more (tests/lives/command.ts).
const numberOf = (name: string, usual: number) => Number(process.env[name] ?? usual);

export const sizes = {
  randomLives: numberOf("LIVES", 100),
  /** Else orders that lead to the same events told are one from there on. */
  eachOrderToItsEnd: process.env.LIVES_ORDERS === "all",
  /** Also each switch by itself, and the lives that last for a year. */
  eachSwitch: process.env.LIVES_SWITCHES === "each",
  customers: numberOf("LIVES_CUSTOMERS", 3),
  years: numberOf("LIVES_YEARS", 1),
  requests: numberOf("LIVES_REQUESTS", 2000),
  /** Delivered while Postgres is killed, so many times. */
  events: numberOf("LIVES_EVENTS", 300),
  kills: numberOf("LIVES_KILLS", 2),
  seed: numberOf("LIVES_SEED", Math.floor(Math.random() * 1e9)),
};
