/** How one of a row looks, of which one is chosen. */
export const segment = {
  chosen: "bg-raised text-foreground shadow-xs ring-1 ring-border",
  other: "text-muted-foreground hover:text-foreground",
};
