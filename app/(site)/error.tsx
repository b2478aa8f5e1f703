"use client";

import { ErrorScreen } from "@/components/error-screen";

export default function SiteError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return <ErrorScreen digest={error.digest} retry={retry} />;
}
