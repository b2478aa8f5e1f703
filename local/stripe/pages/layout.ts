import { html, raw } from "hono/html";

export type Html = ReturnType<typeof html>;

const style = `
:root { --ink: #1a1f36; --soft: #5b6478; --line: #dfe3ea; --paper: #fff; --ground: #f5f6f9; --act: #4338ca; --bad: #b42318; --good: #12723f; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 ui-sans-serif, system-ui, "Segoe UI", sans-serif; }
header { background: #fff4d6; border-bottom: 1px solid #f0dca0; color: #6b4e00; font-size: 14px; padding: 8px 16px; text-align: center; }
main { margin: 0 auto; max-width: 560px; padding: 32px 16px 64px; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; margin: 0 0 20px; padding: 24px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; } h2 { font-size: 16px; margin: 0 0 12px; } p { margin: 0 0 12px; }
p:last-child, dl:last-child, table:last-child { margin-bottom: 0; }
.whole { white-space: nowrap; } .soft { color: var(--soft); font-size: 14px; } .amount { font-size: 32px; font-weight: 650; letter-spacing: -0.02em; }
dl { display: grid; gap: 8px 16px; grid-template-columns: auto 1fr; margin: 0 0 12px; } dt { color: var(--soft); } dd { margin: 0; text-align: right; }
table { border-collapse: collapse; width: 100%; } th { color: var(--soft); font-size: 14px; font-weight: 500; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: 10px 0; vertical-align: top; } tr:last-child td { border-bottom: 0; padding-bottom: 0; } tr:first-child > * { padding-top: 0; }
th:last-child, td:last-child { text-align: right; } td + td, th + th { padding-left: 12px; }
label { display: block; font-size: 14px; font-weight: 550; margin: 0 0 14px; }
input { border: 1px solid #c5cbd8; border-radius: 8px; display: block; font: inherit; font-weight: 400; margin-top: 4px; padding: 10px 12px; width: 100%; }
select, textarea { background: #fff; border: 1px solid #c5cbd8; border-radius: 8px; display: block; font: inherit; font-weight: 400; margin-top: 4px; padding: 10px 12px; width: 100%; }
fieldset { border: 0; margin: 0; padding: 0; } legend { font-size: 14px; font-weight: 550; margin-bottom: 8px; padding: 0; } .choice { align-items: center; display: flex; font-weight: 400; gap: 8px; } .choice input { margin: 0; width: auto; }
.row { align-items: center; display: flex; flex-wrap: wrap; gap: 4px 12px; } .row .link { font-size: 14px; } .row > :first-child { flex: 1; } .link { background: none; border: 0; color: var(--act); font-weight: 400; padding: 4px 0; text-decoration: underline; width: auto; } dd form { display: inline-block; } dd { overflow-wrap: anywhere; }
input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #c7c3f7; outline-offset: 1px; }
input[aria-invalid="true"] { border-color: var(--bad); }
.pair { display: grid; gap: 0 12px; grid-template-columns: 1fr 1fr; }
button, .button { background: var(--act); border: 1px solid var(--act); border-radius: 8px; color: #fff; cursor: pointer; display: block; font: inherit; font-weight: 600; padding: 12px 16px; text-align: center; text-decoration: none; width: 100%; }
.quiet { background: #fff; border-color: #c5cbd8; color: var(--ink); } .danger { background: var(--bad); border-color: var(--bad); }
.stack > * + * { margin-top: 12px; } a { color: var(--act); }
.error { background: #fef3f2; border: 1px solid #f6c6c1; border-radius: 8px; color: var(--bad); padding: 10px 12px; }
.badge { background: #e7f6ec; border-radius: 999px; color: var(--good); font-size: 14px; padding: 2px 10px; white-space: nowrap; } .badge.warn { background: #fff1e0; color: #93500b; }
code { background: var(--ground); border-radius: 4px; font-size: 13px; padding: 1px 4px; white-space: nowrap; }
@media print { header, .no-print { display: none; } body { background: #fff; } section { border: 0; padding: 0; } }`;

/** Every page of the sandbox says that it is one. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>Local sandbox: no real payment</header>
<main>${content}</main>
</body>
</html>`;
}

export const notFoundPage = (): Html =>
  page(
    "Not found",
    html`<section><h1>There is nothing here</h1><p>The address names no object of this sandbox. It may have been reset since.</p></section>`,
  );
