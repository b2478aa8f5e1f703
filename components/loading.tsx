import { useTranslations } from "next-intl";

/** Around an outline: says to who cannot see it what it stands for. */
export function Loading({ children }: { children: React.ReactNode }) {
  const words = useTranslations("frame");
  return (
    <div role="status" aria-label={words("loading")}>
      {children}
    </div>
  );
}
