import { password } from "../harness/parlor.ts";

/** Creates an account on a running service through the API. Returns the session's token. */
export async function signUp(address: string, username: string): Promise<string> {
  const response = await fetch(`${address}/accounts/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  return (await response.json()).token;
}
