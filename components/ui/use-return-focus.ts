import { useRef } from "react";

type Opener = React.RefObject<HTMLElement | null>;

/**
 * For the content of a dialog. Radix gives the focus back to triggers of its own only, and what is loaded late has none:
 * it goes to the `opener`, or else to where it was when the dialog opened.
 */
export function useReturnFocus(opener?: Opener) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const to = opener?.current ?? before.current;
      if (to instanceof HTMLElement) to.focus({ preventScroll: true });
    },
  };
}
