"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export function PrintButton() {
  const words = useTranslations("history");
  return (
    <Button variant="outline" size="sm" onClick={() => window.print()} className="noscript:hidden">
      <Printer aria-hidden /> {words("print")}
    </Button>
  );
}
