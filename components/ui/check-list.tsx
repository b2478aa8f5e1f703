import { Check } from "lucide-react";

export function CheckList({ children }: { children: string[] }) {
  return (
    <ul className="space-y-1.5 text-caption text-muted-foreground">
      {children.map((text) => (
        <li key={text} className="flex gap-2">
          <Check className="mt-0.5 size-3.5 shrink-0 text-positive" aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  );
}
