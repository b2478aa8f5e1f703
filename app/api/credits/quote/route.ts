import { quote } from "@/lib/credits/quote";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { POST: price } = creditEndpoints["/api/credits/quote"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(price, ({ body: { operation, params } }) => quote(operation, params)),
});
