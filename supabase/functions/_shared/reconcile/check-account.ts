import { failed } from "../failure.ts";
import { type Auditor, isMissing } from "./look.ts";

/** With the key of another account nothing would be there, and everything would seem to be granted for nothing. */
export async function checkAccount({ stripe, books }: Pick<Auditor, "stripe" | "books">) {
  const customers = (await books.known("customer", new Date(0), null)).slice(0, 5);
  if (customers.length === 0) return;
  for (const { objectId } of customers) {
    const isThere = await stripe.customers.retrieve(objectId).then(
      () => true,
      (error) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    if (isThere) return;
  }
  throw failed({ status: 500, reason: "stripe: the key is of an account that has none of the customers" });
}
