// How much of it `npm test` plays; `npm run test:lives` says more (tests/lives/command.ts).
const numberOf = (name: string, usual: number) => Number(process.env[name] ?? usual);

export const sizes = {
  randomLives: numberOf("LIVES", 150),
  /** Else orders that lead to the same events told are one from there on. */
  eachOrderToItsEnd: process.env.ORDERS === "all",
  seed: numberOf("SEED", Math.floor(Math.random() * 1e9)),
};
