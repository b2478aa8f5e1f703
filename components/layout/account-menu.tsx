"use client";

import { CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { startTransition } from "react";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { Button } from "@/components/ui/button";
import { Menu, MenuLabel, MenuLine, menuItem } from "@/components/ui/menu";
import { signOutAction } from "@/lib/actions/session";

export function AccountMenu({ email }: { email: string }) {
  const words = useTranslations("frame");
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={words("account")}>
          <CircleUser aria-hidden />
        </Button>
      }
    >
      <MenuLabel>{email}</MenuLabel>
      <MenuLine />
      <ThemeChoice />
      <MenuLine />
      <DropdownMenu.Item onSelect={() => startTransition(signOutAction)} className={menuItem}>
        <LogOut aria-hidden />
        {words("signOut")}
      </DropdownMenu.Item>
    </Menu>
  );
}
