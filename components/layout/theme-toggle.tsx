"use client";

import { Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";

/** Which icon shows is decided by CSS: the server does not know the theme. */
export function ThemeToggle() {
  const words = useTranslations("frame");
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={words("theme.label")}>
          <Sun className="hidden dark:block" aria-hidden />
          <Moon className="dark:hidden" aria-hidden />
        </Button>
      }
    >
      <ThemeChoice />
    </Menu>
  );
}
