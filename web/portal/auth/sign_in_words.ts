import { partWords } from "../words/words.ts";

/** Words of signing in and up. Other languages have them in their one table. */
export const { say } = await partWords({
  sign_in_title: "Sign in to Parlor",
  sign_up_title: "Create your account",
  sign_up_text: "Chat with the people on your website. It takes a minute.",
  signed_out: "You were signed out. Sign in to go on; what you were writing is kept.",
  account_deleted: "Your account was deleted, with everything in it.",
  no_account: "New here?",
  have_account: "Have an account already?",
  name_hint: "3 to 32 of the characters a-z 0-9 _ -. Visitors see it.",
  password_hint: "At least 8 characters",
  name_taken: "This name is taken. Choose another one",
  password_show: "Show password",
  password_hide: "Hide password",
  wrong_credentials: "Wrong name or password",
  signup_closed: "Sign-up is closed on this service. Ask whoever runs it for an account.",
  proving: "Checking that you are no robot. This takes a moment… {done}",
  sign_in: "Sign in",
  sign_up: "Create account",
});

export type Word = Parameters<typeof say>[0];
