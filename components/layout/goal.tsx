"use client";

import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { createContext, startTransition, use, useOptimistic } from "react";
import { Link } from "@/components/link";
import { Loading } from "@/components/loading";

const GoalContext = createContext<{ goal: Route | null; go: (to: Route) => void }>({
  goal: null,
  go: () => {},
});

/** Knows where the visitor is going, from the click until the page is there. */
export function GoalProvider({ children }: { children: React.ReactNode }) {
  const router = useRouter();
  const [goal, setGoal] = useOptimistic<Route | null>(null);
  const go = (to: Route) =>
    startTransition(() => {
      setGoal(to);
      router.push(to);
    });
  return <GoalContext value={{ goal, go }}>{children}</GoalContext>;
}

/** The path of the page that is there, or is about to be. */
export function useGoal(): string {
  const path = usePathname();
  return use(GoalContext).goal ?? path;
}

type GoalLinkProps = { href: Route; className?: string; "aria-current"?: "page"; children: React.ReactNode };

/** A link that shows at once where it leads. */
export function GoalLink(props: GoalLinkProps) {
  const { go } = use(GoalContext);
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        event.preventDefault();
        go(props.href);
      }}
    />
  );
}

/** The outline of a page that was asked for, until it comes. A page that is opened by its address comes whole. */
export function Arriving({
  outlines,
  children,
}: {
  outlines: Record<string, React.ReactNode>;
  children: React.ReactNode;
}) {
  const path = usePathname();
  const goal = useGoal();
  const outline = goal === path ? null : outlines[goal];
  return outline ? <Loading>{outline}</Loading> : children;
}
