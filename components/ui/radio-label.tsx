import { cn } from "@/lib/utils";

/** A radio button that looks like what is in it: the browser's own, spread unseen over its label. */
export function RadioLabel({ className, children, ...input }: React.ComponentProps<"input">) {
  return (
    <label className={cn("relative has-focus-visible:outline-2 has-focus-visible:outline-ring", className)}>
      <input type="radio" {...input} className="peer absolute inset-0 cursor-pointer opacity-0" />
      {children}
    </label>
  );
}
