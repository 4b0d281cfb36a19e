import { password } from "../harness/parlor.ts";

/** Makes an account on a service that runs elsewhere, as a program does. Answers the session's token. */
export async function signUp(address: string, username: string): Promise<string> {
  const response = await fetch(`${address}/accounts/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  return (await response.json()).token;
}
