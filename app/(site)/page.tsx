import { Coins, Database, ShieldCheck } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/link";
import { ProductPicture } from "@/components/product-picture";
import { Button } from "@/components/ui/button";
import { getUser } from "@/lib/auth/get-user";

const promises = [
  { icon: Database, title: "ownTitle", text: "ownText" },
  { icon: ShieldCheck, title: "exactTitle", text: "exactText" },
  { icon: Coins, title: "clearTitle", text: "clearText" },
] as const;

export default async function Landing() {
  const [words, user] = await Promise.all([getTranslations("frame.landing"), getUser()]);
  return (
    <>
      <section className="mx-auto max-w-2xl pt-10 pb-12 text-center sm:pt-16">
        <h1 className="text-4xl font-semibold tracking-tighter text-balance sm:text-6xl">{words("title")}</h1>
        <p className="mx-auto mt-5 max-w-lg text-balance text-muted-foreground sm:text-lg">{words("text")}</p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <Button asChild size="lg">
            {user ? (
              <Link href="/dashboard">{words("open")}</Link>
            ) : (
              <Link href="/login?mode=sign-up">{words("start")}</Link>
            )}
          </Button>
          <Button asChild size="lg" variant="outline">
            <Link href="/pricing">{words("pricing")}</Link>
          </Button>
        </div>
      </section>
      <ProductPicture />
      <ul className="mt-16 grid gap-4 sm:grid-cols-3">
        {promises.map(({ icon: Icon, title, text }) => (
          <li key={title} className="rounded-xl border bg-card p-6 shadow-xs">
            <Icon className="size-5 text-muted-foreground" aria-hidden />
            <h2 className="mt-4 font-medium tracking-tight">{words(title)}</h2>
            <p className="mt-1.5 text-sm text-muted-foreground">{words(text)}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
