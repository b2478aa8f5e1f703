import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LoginForm } from "@/components/login-form";
import { getUser } from "@/lib/auth/get-user";
import { returnPath } from "@/lib/auth/return-path";

export async function generateMetadata({ searchParams }: PageProps<"/login">): Promise<Metadata> {
  const words = await getTranslations("signIn");
  const { mode } = await searchParams;
  return { title: words(mode === "sign-up" ? "signUp.submit" : "signIn.submit") };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next, mode } = await searchParams;
  const path = returnPath(next);
  if (await getUser()) redirect(path);
  return <LoginForm next={path} startWith={mode === "sign-up" ? "sign-up" : "sign-in"} />;
}
