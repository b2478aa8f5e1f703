// What an account was asked, what it answered and what it told, a line each, as the contract check reads them. Nothing in
// it opens anything or names anybody.
import fs from "node:fs";

export type Recorder = ReturnType<typeof recordTo>;

export function recordTo(file: string) {
  fs.writeFileSync(file, "");
  const keep = (line: object) => fs.appendFileSync(file, `${redact(JSON.stringify(line))}\n`);
  return {
    event: keep,
    async exchange(request: Request, response: Response) {
      const { pathname, search } = new URL(request.url);
      // It has everybody's; those of the run are kept one by one.
      if (pathname === "/v1/events") return;
      const asked = { method: request.method, path: pathname + search };
      const body = request.method === "POST" ? { body: await request.text() } : {};
      keep({ ...asked, ...body, status: response.status, response: await response.json() });
    },
  };
}

const redact = (line: string) =>
  line
    .replace(/[\w.+%-]+(@|%40)[\w-]+(\.[\w-]+)+/g, "someone$1example.com")
    .replace(/("(?:\w*client_secret|secret|fingerprint)":)"[^"]*"/g, '$1"redacted"')
    .replace(/\b(sk|rk|pk|whsec)_\w+/g, "$1_redacted")
    // Whoever has the address of an invoice or a receipt may read it.
    .replace(/("(?:\w+_url|invoice_pdf|url)":)"https?:[^"]*"/g, '$1"https://example.com/redacted"');
