/// <reference lib="webworker" />
import { argon2id } from "hash-wasm";
import type { Argon2idParameters } from "./phc.ts";

interface Asked {
  id: number;
  password: string;
  parameters: Argon2idParameters;
}

self.onmessage = async ({ data: { id, password, parameters } }: MessageEvent<Asked>) => {
  try {
    self.postMessage({ id, hash: await hash(password, parameters) });
  } catch (error) {
    self.postMessage({ id, problem: String(error) });
  }
};

/** hash-wasm refuses an empty password. No account has one, but a guess with one must cost the same time. */
const hash = (password: string, { memory, passes, lanes, salt, length }: Argon2idParameters) =>
  argon2id({
    password: password || "\0",
    salt,
    iterations: passes,
    parallelism: lanes,
    memorySize: memory,
    hashLength: length,
    outputType: "binary",
  });
