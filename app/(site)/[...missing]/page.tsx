import { notFound } from "next/navigation";

// The head that is sent has the title of the not-found.tsx, the browser that of the page.
export { generateMetadata } from "../not-found";

/** Any other address: inside the frame, where a not-found.tsx of the whole app would draw a frame into every page. */
export default function MissingPage() {
  notFound();
}
