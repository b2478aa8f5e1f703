"use client";

import { useActionState, useEffect } from "react";
import { toast } from "@/components/ui/toast";
import type { Refusal } from "@/lib/actions/billing";

type Act = (previous: Refusal, form: FormData) => Promise<Refusal>;

/** The state of a form whose action leads elsewhere, or is refused: that is said at once. */
export function useRefusal(act: Act) {
  const state = useActionState(act, null);
  const [refusal] = state;
  useEffect(() => {
    if (refusal) toast.error(refusal.message);
  }, [refusal]);
  return state;
}
