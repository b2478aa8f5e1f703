import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { bearerToken } from "@/lib/auth/bearer-token";
import { AppError } from "@/lib/errors";
import { userClient } from "@/lib/supabase/server";

type User = { id: string; email: string };

/** Who is signed in; asked once per request. */
export const getUser = cache(async (): Promise<User | null> => {
  const supabase = await userClient();
  const { data } = await supabase.auth.getClaims(bearerToken(await headers()) ?? undefined);
  return data?.claims.sub ? { id: data.claims.sub, email: data.claims.email ?? "" } : null;
});

/** For pages: who is not signed in goes to the sign-in page and comes back here. */
export async function requireUser(returnTo: Route): Promise<User> {
  return (await getUser()) ?? redirect(`/login?next=${encodeURIComponent(returnTo)}`);
}

/** For actions and the HTTP API. */
export async function getUserOrThrow(): Promise<User> {
  const user = await getUser();
  if (!user) throw new AppError("signed_out");
  return user;
}
