import { CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { PopoverButton } from "@/components/ui/popover";
import { signOutAction } from "@/lib/actions/session";

export function AccountMenu({ email }: { email: string }) {
  const words = useTranslations("frame");
  return (
    <PopoverButton label={words("account")} trigger={<CircleUser aria-hidden />}>
      <p className="max-w-64 truncate px-3 py-2 text-caption text-muted-foreground">{email}</p>
      <hr className="my-1" />
      <ThemeChoice />
      <hr className="my-1" />
      <form action={signOutAction}>
        <button
          type="submit"
          className="flex min-h-10 w-full cursor-pointer items-center gap-2.5 rounded-lg px-3 hover:bg-muted sm:min-h-9"
        >
          <LogOut className="size-4" aria-hidden />
          {words("signOut")}
        </button>
      </form>
    </PopoverButton>
  );
}
