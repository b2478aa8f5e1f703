"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { RadioLabel } from "@/components/ui/radio-label";

const themes = [
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
  { theme: "system", icon: Monitor },
] as const;

const nothingChanges = () => () => {};
const inBrowser = () => true;
const onServer = () => false;

/** Light, dark, or as the device has it; the server does not know which. */
export function ThemeChoice() {
  const words = useTranslations("frame");
  const { theme: chosen, setTheme } = useTheme();
  // What the server has drawn is not drawn anew for a choice that is there at once.
  const isKnown = useSyncExternalStore(nothingChanges, inBrowser, onServer);
  return (
    <fieldset>
      <legend className="px-3 py-2 text-caption text-muted-foreground">{words("theme.label")}</legend>
      {themes.map(({ theme, icon: Icon }) => (
        <RadioLabel
          key={theme}
          name="theme"
          checked={isKnown && chosen === theme}
          onChange={() => setTheme(theme)}
          className="flex min-h-10 items-center gap-2.5 rounded-lg px-3 hover:bg-muted sm:min-h-9"
        >
          <Icon className="size-4" aria-hidden />
          <span className="flex-1">{words(`theme.${theme}`)}</span>
          <Check className="invisible size-4 peer-checked:visible" aria-hidden />
        </RadioLabel>
      ))}
    </fieldset>
  );
}
