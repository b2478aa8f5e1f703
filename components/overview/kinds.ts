/** One colour for each kind, everywhere on the page; what cannot be spent now is hatched or grey. */
export const kindColours = {
  promotional: "bg-promotional",
  subscription: "bg-subscription",
  permanent: "bg-permanent",
  held: "bg-held",
  frozen: "bg-held bg-[repeating-linear-gradient(135deg,var(--card)_0_2px,transparent_2px_5px)]",
};
