/** Where browsers look that have not read yet which icon a page has. */
export function GET(request: Request) {
  return Response.redirect(new URL("/icon.svg", request.url), 308);
}
