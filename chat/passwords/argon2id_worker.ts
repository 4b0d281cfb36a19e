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

/** hash-wasm refuses an empty password. Nobody has one, nor one of a NUL, which must cost a try all the same. */
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
