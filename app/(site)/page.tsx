import { Coins, Database, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { getUser } from "@/lib/auth/get-user";

const promises = [
  {
    icon: Database,
    title: "In your own database",
    text: "Plans, balances and every movement are rows in Postgres. A charge commits together with the work it pays for.",
  },
  {
    icon: ShieldCheck,
    title: "Never overdrawn, never twice",
    text: "A spend takes what is there or nothing. A key charges once, however often it is sent.",
  },
  {
    icon: Coins,
    title: "Credits that explain themselves",
    text: "Monthly, permanent and free credits, spent in one clear order, with the balance after each step.",
  },
];

export default async function Landing() {
  const user = await getUser();
  return (
    <>
      <section className="mx-auto max-w-2xl pt-12 pb-16 text-center sm:pt-20">
        <h1 className="text-4xl font-semibold tracking-tighter text-balance sm:text-6xl">
          Credits and billing, inside your own Postgres
        </h1>
        <p className="mx-auto mt-5 max-w-lg text-balance text-muted-foreground sm:text-lg">
          Sign up and get 100 credits each month. Try them on a real picture, and see each one counted.
        </p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <Button asChild size="lg">
            {user ? (
              <Link href="/dashboard">Open the dashboard</Link>
            ) : (
              <Link href="/login?mode=sign-up">Start for free</Link>
            )}
          </Button>
          <Button asChild size="lg" variant="outline">
            <Link href="/pricing">See pricing</Link>
          </Button>
        </div>
      </section>
      <ul className="grid gap-4 sm:grid-cols-3">
        {promises.map(({ icon: Icon, title, text }) => (
          <li key={title} className="rounded-xl border bg-card p-6 shadow-xs">
            <Icon className="size-5 text-muted-foreground" aria-hidden />
            <h2 className="mt-4 font-medium tracking-tight">{title}</h2>
            <p className="mt-1.5 text-sm text-muted-foreground">{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
