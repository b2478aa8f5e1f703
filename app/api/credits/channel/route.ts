import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";
import { getChannel } from "@/lib/live/get-channel";

const { GET: channel } = creditEndpoints["/api/credits/channel"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: serve(channel, getChannel) });
