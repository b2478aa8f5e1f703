import { getUserOrThrow } from "@/lib/auth/get-user";
import { getBalance } from "@/lib/credits/get-balance";
import { answer } from "@/lib/http";

export function GET() {
  return answer(async () => {
    await getUserOrThrow();
    return getBalance();
  });
}
