import type Stripe from "stripe";
import { advanceTo, createTestClock, deleteTestClock } from "../billing/test-clocks.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";

export const testClockRoutes = [
  route<Stripe.TestHelpers.TestClockCreateParams>(
    "post /v1/test_helpers/test_clocks",
    ["frozen_time", "name"],
    (call) => createTestClock(call, call.params.frozen_time, call.params.name ?? null),
  ),
  route<Stripe.TestHelpers.TestClockListParams>("get /v1/test_helpers/test_clocks", paging, (call) =>
    listPage(call, "test_helpers.test_clock", {}),
  ),
  route("get /v1/test_helpers/test_clocks/{test_clock}", [], ({ state, id }) =>
    state.get("test_helpers.test_clock", id),
  ),
  route<Stripe.TestHelpers.TestClockAdvanceParams>(
    "post /v1/test_helpers/test_clocks/{test_clock}/advance",
    ["frozen_time"],
    async (call) =>
      advanceTo(call, await call.state.get("test_helpers.test_clock", call.id), call.params.frozen_time),
  ),
  route("delete /v1/test_helpers/test_clocks/{test_clock}", [], async (call) =>
    deleteTestClock(call, await call.state.get("test_helpers.test_clock", call.id)),
  ),
];
