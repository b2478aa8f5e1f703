import NextLink from "next/link";

/** A link to a page of ours. Each is made for its visit: what the server could send of it ahead is not worth the asking. */
export function Link(props: React.ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
