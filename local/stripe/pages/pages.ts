import { Hono } from "hono";
import { paySession, redeemCode } from "../billing/checkout.ts";
import { payInvoiceByCard, payInvoiceByStored } from "../billing/pay-invoice.ts";
import { answerBank } from "../billing/settle.ts";
import { askedPayment } from "../billing/three-d-secure.ts";
import type { Work } from "../engine/work.ts";
import { invoicePage, invoicePdf } from "./invoice.ts";
import { authenticationPage, readCardForm, readMethodForm } from "./method-form.ts";
import { payPage, successAddress } from "./pay.ts";
import { portalRoutes } from "./portal-routes.ts";
import { receiptPage } from "./receipt.ts";

/** Runs an act upon an object, at that object's time, in one transaction; `write` also lets the webhooks go out. */
export type PageServer = {
  read<T>(id: string, act: (work: Work) => Promise<T>): Promise<T>;
  write<T>(id: string, act: (work: Work) => Promise<T>): Promise<T>;
};

export function pages(server: PageServer): Hono {
  const app = new Hono();
  const { read, write } = server;

  app.get("/pay/:session", async (c) => {
    const id = c.req.param("session");
    return c.html(await read(id, (work) => payPage(work, id)));
  });
  app.post("/pay/:session", async (c) => {
    const id = c.req.param("session");
    const form = await readMethodForm(c);
    const payment = await write(id, (work) => paySession(work, id, form));
    if ("problem" in payment && payment.problem.isQuestion) return c.html(authenticationPage(form));
    if ("problem" in payment)
      return c.html(await read(id, (work) => payPage(work, id, { form, problem: payment.problem })), 402);
    const { session } = payment;
    return c.redirect(session.status === "complete" ? successAddress(session) : `/pay/${id}`, 303);
  });

  app.post("/pay/:session/code", async (c) => {
    const id = c.req.param("session");
    const { code } = await c.req.parseBody();
    const problem = await write(id, (work) => redeemCode(work, id, String(code ?? "")));
    if (problem) return c.html(await read(id, (work) => payPage(work, id, undefined, problem)), 422);
    return c.redirect(`/pay/${id}`, 303);
  });

  app.route("/portal", portalRoutes(server));

  app.get("/3ds/:payment", async (c) => {
    const id = c.req.param("payment");
    await read(id, (work) => askedPayment(work, id));
    return c.html(authenticationPage());
  });
  app.post("/3ds/:payment", async (c) => {
    const id = c.req.param("payment");
    const { authentication } = await readCardForm(c);
    const isHolder = authentication === "complete";
    return c.redirect(await write(id, (work) => answerBank(work, id, isHolder)), 303);
  });

  app.get("/invoice/:file{in_[A-Za-z0-9]+\\.pdf}", async (c) => {
    const id = c.req.param("file").replace(/\.pdf$/, "");
    const file = await read(id, (work) => invoicePdf(work, id));
    return c.body(file, 200, {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${id}.pdf"`,
    });
  });
  app.get("/receipt/:charge", async (c) => {
    const id = c.req.param("charge");
    return c.html(await read(id, (work) => receiptPage(work, id)));
  });
  app.get("/invoice/:invoice", async (c) => {
    const id = c.req.param("invoice");
    return c.html(await read(id, (work) => invoicePage(work, id)));
  });
  app.post("/invoice/:invoice", async (c) => {
    const id = c.req.param("invoice");
    if ("stored" in (await c.req.parseBody())) {
      const tried = await write(id, (work) => payInvoiceByStored(work, id));
      if ("next" in tried) return c.redirect(tried.next, 303);
      return c.html(await read(id, (work) => invoicePage(work, id, undefined, tried.problem)), 402);
    }
    const form = await readCardForm(c);
    const problem = await write(id, (work) => payInvoiceByCard(work, id, form));
    if (problem?.isQuestion) return c.html(authenticationPage(form));
    if (problem) return c.html(await read(id, (work) => invoicePage(work, id, { form, problem })), 402);
    return c.redirect(`/invoice/${id}`, 303);
  });
  return app;
}
