"use client";

import { MailCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { authenticateAction } from "@/lib/actions/session";

const parts = { "sign-in": "signIn", "sign-up": "signUp" } as const;
type Intent = keyof typeof parts;

export function LoginForm({
  next,
  startWith,
  freeCredits,
}: {
  next: string;
  startWith: Intent;
  freeCredits: number;
}) {
  const [intent, setIntent] = useState<Intent>(startWith);
  const [result, action] = useActionState(authenticateAction.bind(null, next), null);
  const words = useTranslations("signIn");
  const part = parts[intent];
  if (result?.is === "confirmation-sent") {
    return (
      <EmptyState isPage icon={<MailCheck aria-hidden />} title={words("confirm.title")}>
        {words("confirm.text", { email: result.email })}
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto max-w-sm pt-8 sm:pt-20">
      <h1 className="text-center text-2xl font-semibold tracking-tight">{words(`${part}.title`)}</h1>
      {intent === "sign-up" && freeCredits > 0 && (
        <p className="mt-2 text-center text-sm text-muted-foreground">
          {words("signUp.gift", { credits: freeCredits })}
        </p>
      )}
      <Card className="mt-6">
        <form action={action} className="space-y-4">
          <input type="hidden" name="intent" value={intent} />
          <Field
            label={words("email")}
            name="email"
            type="email"
            autoComplete="email"
            required
            defaultValue={result?.is === "refused" ? result.email : undefined}
          />
          <Field
            label={words("password")}
            name="password"
            type="password"
            required
            minLength={8}
            autoComplete={intent === "sign-in" ? "current-password" : "new-password"}
            hint={intent === "sign-up" ? words("passwordHint") : undefined}
          />
          {result?.is === "refused" && <Notice tone="negative">{result.message}</Notice>}
          <SubmitButton className="w-full">{words(`${part}.submit`)}</SubmitButton>
        </form>
      </Card>
      <p className="mt-4 flex items-center justify-center gap-1 text-caption text-muted-foreground">
        {words(`${part}.other`)}
        <Button
          variant="link"
          size="sm"
          onClick={() => setIntent(intent === "sign-in" ? "sign-up" : "sign-in")}
        >
          {words(`${part}.switch`)}
        </Button>
      </p>
    </div>
  );
}
