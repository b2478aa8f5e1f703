import type { Context } from "hono";
import { html } from "hono/html";
import type { CardField, CardForm } from "../billing/cards.ts";
import type { FormProblem, MethodForm } from "../billing/typed-method.ts";
import { type Html, page } from "./layout.ts";

type Field = FormProblem["field"];
/** What was typed, and why it was refused. */
export type Attempt = { form: Partial<Record<Field, string>>; problem: FormProblem };

const cardNames: CardField[] = ["number", "expiry", "cvc"];

export async function readMethodForm(c: Context): Promise<MethodForm> {
  const given = await c.req.parseBody();
  const { account, routing } = given;
  return typeof account === "string" ? { account, routing: String(routing) } : cardIn(given);
}

export const readCardForm = async (c: Context): Promise<CardForm> => cardIn(await c.req.parseBody());

function cardIn(given: Record<string, unknown>): CardForm {
  const text = (name: CardField) => (typeof given[name] === "string" ? given[name] : "");
  const { authentication } = given;
  return {
    number: text("number"),
    expiry: text("expiry"),
    cvc: text("cvc"),
    ...((authentication === "complete" || authentication === "fail") && { authentication }),
  };
}

/** What the bank shows before it lets a card pay: 3-D Secure. What was typed comes along. */
export const authenticationPage = (form?: Attempt["form"]): Html =>
  page(
    "3-D Secure",
    html`<section class="stack"><h1>Is it you who pays?</h1>
<p>Your bank asks before the card is charged. This is a test: say what you like.</p>
<form method="post" class="stack">
${form ? cardNames.map((name) => html`<input type="hidden" name="${name}" value="${form[name] ?? ""}">`) : ""}
<button type="submit" name="authentication" value="complete">Complete authentication</button>
<button type="submit" class="quiet" name="authentication" value="fail">Fail authentication</button>
</form></section>`,
  );

export const problemNote = (problem?: string): Html | string =>
  problem ? html`<p class="error" role="alert" id="problem">${problem}</p>` : "";

/** The three fields of a card, filled with what was typed before. */
export function cardFields(attempt?: Attempt): Html {
  const input = inputsOf(attempt);
  return html`${input("number", "Card number", "cc-number", "4242 4242 4242 4242")}
<div class="pair">${input("expiry", "Expiry", "cc-exp", "MM / YY")}${input("cvc", "Security code", "cc-csc", "CVC")}</div>`;
}

/** The two fields of an American bank account. */
export function bankFields(attempt?: Attempt): Html {
  const input = inputsOf(attempt);
  return html`<div class="pair">${input("routing", "Routing number", "off", "110000000")}
${input("account", "Account number", "off", "000123456789")}</div>`;
}

const inputsOf =
  (attempt?: Attempt) => (name: Field, label: string, autocomplete: string, example: string) => {
    const isWrong = attempt?.problem.field === name;
    return html`<label>${label}
<input name="${name}" inputmode="numeric" autocomplete="${autocomplete}" placeholder="${example}" value="${attempt?.form[name] ?? ""}"
 required maxlength="24" aria-invalid="${String(isWrong)}"${isWrong ? html` aria-describedby="problem"` : ""}></label>`;
  };

export const testCardHelp = (): Html => html`<section class="soft">
<h2>Test cards</h2>
<p>Any future expiry and any security code.</p>
<table>
<tr><td><code>4242 4242 4242 4242</code></td><td>pays</td></tr>
<tr><td><code>4000 0000 0000 0002</code></td><td>is declined</td></tr>
<tr><td><code>4000 0000 0000 9995</code></td><td>has no funds</td></tr>
<tr><td><code>4000 0000 0000 0341</code></td><td>pays now, fails at renewal</td></tr>
<tr><td><code>4000 0025 0000 3155</code></td><td>asks for 3-D Secure, then pays</td></tr>
<tr><td><code>4000 0027 6000 3184</code></td><td>asks each time, so fails at renewal</td></tr>
<tr><td><code>4000 0000 0000 7726</code></td><td>pays, its refund is pending at first</td></tr>
<tr><td><code>4000 0000 0000 5126</code></td><td>pays, its refund fails later</td></tr>
<tr><td><code>4000 0000 0000 0259</code></td><td>pays, is disputed a minute later</td></tr>
<tr><td><code>4000 0000 0000 1976</code></td><td>pays, the bank inquires a minute later</td></tr>
</table>
</section>`;

export const testAccountHelp = (): Html => html`<section class="soft">
<h2>Test bank accounts</h2>
<p>Routing number <code>110000000</code>. The bank answers after four days.</p>
<table>
<tr><td><code>000123456789</code></td><td>pays</td></tr>
<tr><td><code>000222222227</code></td><td>has no funds</td></tr>
<tr><td><code>000111111113</code></td><td>is closed</td></tr>
<tr><td><code>000111111116</code></td><td>does not exist</td></tr>
<tr><td><code>000333333335</code></td><td>may not be debited</td></tr>
<tr><td><code>000000000009</code></td><td>its bank never answers</td></tr>
</table>
</section>`;
