// Every word that the app shows, by the part that shows it; numbers, dates and money come formatted (lib/format.ts).
import billing from "./en/billing.json";
import checkout from "./en/checkout.json";
import common from "./en/common.json";
import errors from "./en/errors.json";
import frame from "./en/frame.json";
import history from "./en/history.json";
import live from "./en/live.json";
import notices from "./en/notices.json";
import overview from "./en/overview.json";
import plans from "./en/plans.json";
import playground from "./en/playground.json";
import signIn from "./en/signIn.json";
import usage from "./en/usage.json";

export const en = {
  billing,
  checkout,
  common,
  errors,
  frame,
  history,
  live,
  notices,
  overview,
  plans,
  playground,
  signIn,
  usage,
};
