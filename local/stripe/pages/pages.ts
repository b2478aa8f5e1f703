import { Hono } from "hono";
import { paySession } from "../billing/checkout.ts";
import type { Work } from "../engine/work.ts";
import { payPage, successAddress } from "./pay.ts";

/** Runs an act in one transaction; `write` also lets the webhooks go out. */
export type PageServer = {
  read<T>(act: (work: Work) => Promise<T>): Promise<T>;
  write<T>(act: (work: Work) => Promise<T>): Promise<T>;
};

export function pages(server: PageServer): Hono {
  const app = new Hono();
  app.get("/pay/:session", async (c) =>
    c.html(await server.read((work) => payPage(work, c.req.param("session")))),
  );
  app.post("/pay/:session", async (c) => {
    const id = c.req.param("session");
    const given = await c.req.parseBody();
    const text = (name: string) => (typeof given[name] === "string" ? given[name] : "");
    const form = { number: text("number"), expiry: text("expiry"), cvc: text("cvc") };
    const payment = await server.write((work) => paySession(work, id, form));
    if ("problem" in payment)
      return c.html(await server.read((work) => payPage(work, id, { form, problem: payment.problem })), 402);
    if (payment.paid.status === "expired") return c.redirect(`/pay/${id}`, 303);
    return c.redirect(successAddress(payment.paid), 303);
  });
  return app;
}
