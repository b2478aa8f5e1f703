import { Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { PopoverButton } from "@/components/ui/popover";

/** Which icon shows is decided by CSS: the server does not know the theme. */
export function ThemeToggle() {
  const words = useTranslations("frame");
  const icon = (
    <>
      <Sun className="hidden dark:block" aria-hidden />
      <Moon className="dark:hidden" aria-hidden />
    </>
  );
  return (
    <PopoverButton label={words("theme.label")} trigger={icon}>
      <ThemeChoice />
    </PopoverButton>
  );
}
