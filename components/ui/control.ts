/** What one types or chooses in. On a phone the text is so large that the browser does not zoom in on it. */
export const control =
  "min-h-10 w-full rounded-lg border bg-card px-3 text-base shadow-xs transition-colors placeholder:text-muted-foreground/70 hover:border-foreground/25 disabled:opacity-50 user-invalid:border-negative sm:text-sm";
