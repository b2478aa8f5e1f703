import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LoginForm } from "@/components/login-form";
import { getUser } from "@/lib/auth/get-user";
import { returnPath } from "@/lib/auth/return-path";

export async function generateMetadata({ searchParams }: PageProps<"/login">): Promise<Metadata> {
  return { title: (await searchParams).mode === "sign-up" ? "Sign up" : "Sign in" };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next, mode } = await searchParams;
  const path = returnPath(next);
  if (await getUser()) redirect(path);
  return <LoginForm next={path} startWith={mode === "sign-up" ? "sign-up" : "sign-in"} />;
}
