"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";

const themes = [
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
  { theme: "system", icon: Monitor },
] as const;

/** Light, dark, or as the device has it; the server does not know which. */
export function ThemeChoice() {
  const words = useTranslations("frame");
  const { theme: chosen, setTheme } = useTheme();
  return (
    <fieldset>
      <legend className="px-3 py-2 text-caption text-muted-foreground">{words("theme.label")}</legend>
      {themes.map(({ theme, icon: Icon }) => (
        <label
          key={theme}
          className="relative flex min-h-10 items-center gap-2.5 rounded-lg px-3 has-focus-visible:outline-2 has-focus-visible:outline-ring hover:bg-muted sm:min-h-9"
        >
          <input
            type="radio"
            name="theme"
            className="peer absolute inset-0 cursor-pointer opacity-0"
            checked={chosen === theme}
            onChange={() => setTheme(theme)}
            suppressHydrationWarning
          />
          <Icon className="size-4" aria-hidden />
          <span className="flex-1">{words(`theme.${theme}`)}</span>
          <Check className="invisible size-4 peer-checked:visible" aria-hidden />
        </label>
      ))}
    </fieldset>
  );
}
