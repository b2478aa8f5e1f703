"use client";

import { MailCheck } from "lucide-react";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { authenticateAction } from "@/lib/actions/session";

type Intent = "sign-in" | "sign-up";

const words = {
  "sign-in": {
    title: "Sign in to Coffer",
    submit: "Sign in",
    other: "New here?",
    switch: "Create an account",
  },
  "sign-up": {
    title: "Create your account",
    submit: "Sign up",
    other: "Have an account?",
    switch: "Sign in instead",
  },
};

export function LoginForm({ next, startWith }: { next: string; startWith: Intent }) {
  const [intent, setIntent] = useState<Intent>(startWith);
  const [result, action] = useActionState(authenticateAction.bind(null, next), null);
  const text = words[intent];
  if (result?.is === "confirmation-sent") {
    return (
      <EmptyState icon={<MailCheck aria-hidden />} title="Confirm your email">
        We have sent a link to {result.email}. Open it to finish signing up.
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto max-w-sm pt-16 sm:pt-24">
      <h1 className="text-center text-2xl font-semibold tracking-tight">{text.title}</h1>
      <Card className="mt-6">
        <form action={action} className="space-y-4">
          <input type="hidden" name="intent" value={intent} />
          <Field
            label="Email"
            name="email"
            type="email"
            autoComplete="email"
            required
            defaultValue={result?.is === "refused" ? result.email : undefined}
          />
          <Field
            label="Password"
            name="password"
            type="password"
            required
            minLength={8}
            autoComplete={intent === "sign-in" ? "current-password" : "new-password"}
            hint={intent === "sign-up" ? "At least 8 characters." : undefined}
          />
          {result?.is === "refused" && <Notice tone="negative">{result.message}</Notice>}
          <SubmitButton className="w-full">{text.submit}</SubmitButton>
        </form>
      </Card>
      <p className="mt-4 flex items-center justify-center gap-1 text-sm text-muted-foreground">
        {text.other}
        <Button
          variant="ghost"
          size="sm"
          onClick={() => setIntent(intent === "sign-in" ? "sign-up" : "sign-in")}
        >
          {text.switch}
        </Button>
      </p>
    </div>
  );
}
