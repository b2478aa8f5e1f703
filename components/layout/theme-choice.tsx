"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { DropdownMenu } from "radix-ui";
import { MenuLabel, menuItem } from "@/components/ui/menu";

const themes = [
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
  { theme: "system", icon: Monitor },
] as const;

/** Light, dark, or as the device has it: part of a menu. */
export function ThemeChoice() {
  const words = useTranslations("frame");
  const { theme: chosen, setTheme } = useTheme();
  return (
    <DropdownMenu.RadioGroup value={chosen} onValueChange={setTheme} aria-label={words("theme.label")}>
      <MenuLabel>{words("theme.label")}</MenuLabel>
      {themes.map(({ theme, icon: Icon }) => (
        <DropdownMenu.RadioItem key={theme} value={theme} className={menuItem}>
          <Icon aria-hidden />
          <span className="flex-1">{words(`theme.${theme}`)}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
