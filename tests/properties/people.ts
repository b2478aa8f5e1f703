// Whose accounts the steps are about: most of them ada's. Two e-mails of one person, an anonymous user, an id without user.
import type { World } from "./model/world.ts";

export const people: World["users"] = {
  ada: { email: "ada@example.com", person: "ada" },
  adatoo: { email: "Ada+Two@Example.com", person: "ada" },
  bob: { email: "bob@example.com", person: "bob" },
  guest: { email: null, person: null },
};

/** Accounts by name; the last has no user. */
export const names = [...Object.keys(people), "shop"];
