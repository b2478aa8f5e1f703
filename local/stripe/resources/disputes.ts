import type Stripe from "stripe";
import { endDispute, respond } from "../billing/disputes.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import { schemaOf } from "../engine/spec.ts";
import type { Dispute } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";

/** Evidence in words; there are no files here to refer to. */
const texts = Object.entries(schemaOf("Dispute.Evidence")?.properties ?? {})
  .filter(([, property]) => property.type === "string")
  .map(([field]) => field);

export const disputeRoutes = [
  route<Stripe.DisputeListParams>(
    "get /v1/disputes",
    [...paging, "created", "charge", "payment_intent"],
    (call) => {
      const { charge, payment_intent } = call.params;
      return listPage(call, "dispute", {
        body: { ...(charge && { charge }), ...(payment_intent && { payment_intent }) },
      });
    },
  ),
  route("get /v1/disputes/{dispute}", [], ({ state, id }) => state.get("dispute", id)),
  route(
    "post /v1/disputes/{dispute}",
    ["metadata", "submit", ...texts.map((text) => `evidence.${text}`)],
    updateDispute,
  ),
  route("post /v1/disputes/{dispute}/close", [], async (call) => {
    const dispute = await call.state.get("dispute", call.id);
    if (dispute.status !== "needs_response")
      throw invalid(`This dispute cannot be closed: its status is ${dispute.status}.`);
    return endDispute(call, dispute, "lost");
  }),
];

async function updateDispute(call: Call<Stripe.DisputeUpdateParams>): Promise<Dispute> {
  const { params, state, id } = call;
  const dispute = await state.get("dispute", id);
  const evidence = Object.entries(params.evidence ?? {}).map(([field, text]) => [field, String(text)]);
  if ((evidence.length > 0 || params.submit) && !dispute.status.endsWith("needs_response"))
    throw invalid(
      `Evidence cannot be given any more: the dispute's status is ${dispute.status}.`,
      "evidence",
    );
  return respond(call, dispute, {
    evidence: Object.fromEntries(evidence),
    metadata: mergeMetadata(dispute.metadata, params.metadata),
    // Evidence is sent at once unless the caller says that more will come.
    isSubmitted: evidence.length > 0 ? params.submit !== false : params.submit === true,
  });
}
