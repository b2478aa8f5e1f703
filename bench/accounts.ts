// Which account a call is for.

const accountId = (first: number) => (nth: number) => `00000000-0000-4000-8000-${first + nth}`;
/** The accounts of sql/accounts.sql and of sql/due.sql, from 1. */
export const account = accountId(100_000_000_000);
export const dueAccount = accountId(200_000_000_000);

export type Picker = () => string;

export const uniform =
  (count: number, id = account): Picker =>
  () =>
    id(1 + Math.floor(Math.random() * count));

export const hot: Picker = () => account(1);

/** Zipf with exponent 1.2: one call in five is for the first account, one in two for the first nine. */
export function zipf(count: number): Picker {
  const reached = new Float64Array(count);
  let sum = 0;
  for (let n = 0; n < count; n++) {
    sum += (n + 1) ** -1.2;
    reached[n] = sum;
  }
  return () => {
    const at = Math.random() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((reached[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return account(1 + low);
  };
}
