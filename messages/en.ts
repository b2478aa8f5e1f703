// Every word that the app shows, by the part that shows it; numbers, dates and money come formatted (lib/format.ts).
import billing from "./en/billing.json" with { type: "json" };
import checkout from "./en/checkout.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import frame from "./en/frame.json" with { type: "json" };
import history from "./en/history.json" with { type: "json" };
import notices from "./en/notices.json" with { type: "json" };
import overview from "./en/overview.json" with { type: "json" };
import plans from "./en/plans.json" with { type: "json" };
import playground from "./en/playground.json" with { type: "json" };
import signIn from "./en/signIn.json" with { type: "json" };
import usage from "./en/usage.json" with { type: "json" };

export const en = {
  billing,
  checkout,
  common,
  errors,
  frame,
  history,
  notices,
  overview,
  plans,
  playground,
  signIn,
  usage,
};
