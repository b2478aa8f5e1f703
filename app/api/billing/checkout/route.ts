import { startCheckout } from "@/lib/billing/start-checkout";
import { answer, checkOrigin, readJson } from "@/lib/http";

export function POST(request: Request) {
  return answer(async () => {
    checkOrigin(request);
    const intent = request.headers.get("idempotency-key") ?? crypto.randomUUID();
    return startCheckout(await readJson(request), intent);
  });
}
