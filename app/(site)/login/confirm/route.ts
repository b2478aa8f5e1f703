import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { confirmEmail } from "@/lib/auth/authenticate";
import { returnPath } from "@/lib/auth/return-path";

/** Where the link of the confirmation's mail leads; in another browser than that of the form one signs in first. */
export async function GET({ nextUrl }: NextRequest) {
  const next = returnPath(nextUrl.searchParams.get("next"));
  const isSignedIn = await confirmEmail(nextUrl.searchParams.get("code"));
  redirect(isSignedIn ? next : `/login?next=${encodeURIComponent(next)}`);
}
