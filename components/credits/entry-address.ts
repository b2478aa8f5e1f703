// Which entry the drawer shows is in the address bar alone. Next takes part in pushState, and reads nothing anew.

/** From inside the drawer it takes the place of the other: one step back always leads to the table. */
export function openEntry(number: number, isInside: boolean) {
  const address = new URL(window.location.href);
  address.searchParams.set("entry", String(number));
  // Only our own part of the state: Next overlooks a change that carries its own.
  if (isInside) window.history.replaceState({ isDrawer: isOpenedHere() }, "", address);
  else window.history.pushState({ isDrawer: true }, "", address);
}

/** A step back where it was opened from this page, so that no step forward and back is left behind. */
export function closeEntry() {
  if (isOpenedHere()) return window.history.back();
  const address = new URL(window.location.href);
  address.searchParams.delete("entry");
  window.history.replaceState(null, "", address);
}

const isOpenedHere = (): boolean => window.history.state?.isDrawer === true;
