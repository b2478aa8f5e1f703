import { notFound } from "next/navigation";

/** Any other address: inside the frame, where a not-found.tsx of the whole app would draw a frame into every page. */
export default function MissingPage() {
  notFound();
}
