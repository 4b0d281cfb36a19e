import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, configHelp, readConfig } from "../../server/config.ts";

const secret = "0123456789abcdef0123456789abcdef";

/** Error message for an invalid environment. */
function complaint(env: Record<string, string>): string {
  let message = "";
  throws(() => readConfig(env), (error: Error) => {
    ok(error instanceof ConfigError);
    message = error.message;
    return true;
  });
  return message;
}

Deno.test("without any variable the service listens on this machine alone and keeps its data beside itself", () => {
  deepEqual(readConfig({}), {
    host: "127.0.0.1",
    port: 8000,
    databaseUrl: "sqlite:./data/parlor.db",
    secret: undefined,
    previousSecret: undefined,
    signupOpen: true,
    challengeBits: undefined,
    publicUrl: undefined,
    portalOrigins: [],
    trustProxy: false,
    wire: "native",
    metricsToken: undefined,
    isTraced: false,
    logLevel: "info",
    llm: undefined,
    memoryLimitMb: Infinity,
    limits: {
      messagesPerRoom: { count: 20, seconds: 10 },
      messagesPerAddress: { count: 60, seconds: 10 },
      roomsPerAddress: { count: 10, seconds: 60 },
      logins: { count: 10, seconds: 900 },
      signups: { count: 30, seconds: 3_600 },
      guesses: { count: 100, seconds: 60 },
      newIds: { count: 300, seconds: 600 },
      socketsPerAddress: 200,
      sessions: { count: 600, seconds: 60 },
      upgrades: { count: 600, seconds: 60 },
      framesPerSocket: { count: 300, seconds: 10 },
      messagesPerAccount: { count: 1_000, seconds: 60 },
      roomsPerAccount: { count: 100, seconds: 60 },
      stored: { rooms: 200_000, messages: 5_000_000, mb: 4_096 },
      costPerAddress: { count: 1_000, seconds: 10 },
      costPerAccount: { count: 2_000, seconds: 10 },
    },
  });
});

Deno.test("every variable is read", () => {
  const config = readConfig({
    HOST: "::",
    PORT: "0",
    DATABASE_URL: "postgres://parlor:pw@db.example/parlor",
    PARLOR_SECRET: secret,
    PARLOR_SECRET_PREVIOUS: secret + "!",
    SIGNUP: "closed",
    CHALLENGE: "16",
    PUBLIC_URL: "https://chat.example.com/",
    PORTAL_ORIGINS: "https://a.example, http://localhost:3000",
    TRUST_PROXY: "on",
    WIRE: "ws",
    METRICS_TOKEN: "0123456789abcdef",
    OTEL_DENO: "true",
    LOG_LEVEL: "silent",
    MEMORY_LIMIT_MB: "512",
    LLM_URL: "https://llm.example.com/v1",
    LLM_MODEL: "small/model:8b",
    LLM_KEY: "a-key",
    LIMIT_MESSAGES_PER_ROOM: "1/2",
    LIMIT_MESSAGES_PER_ADDRESS: "3/4",
    LIMIT_ROOMS_PER_ADDRESS: "5/6",
    LIMIT_LOGINS: "off",
    LIMIT_SIGNUPS: "7/8",
    LIMIT_GUESSES: "11/12",
    LIMIT_NEW_IDS: "300/900",
    LIMIT_SOCKETS_PER_ADDRESS: "off",
    LIMIT_SESSIONS_PER_ADDRESS: "17/18",
    LIMIT_UPGRADES_PER_ADDRESS: "15/16",
    LIMIT_FRAMES_PER_SOCKET: "9/10",
    LIMIT_MESSAGES_PER_ACCOUNT: "19/20",
    LIMIT_ROOMS_PER_ACCOUNT: "21/22",
    LIMIT_STORED_ROOMS: "23",
    LIMIT_STORED_MESSAGES: "off",
    LIMIT_STORED_MB: "24",
    LIMIT_COST_PER_ADDRESS: "13/14",
    LIMIT_COST_PER_ACCOUNT: "off",
  });
  deepEqual(config, {
    host: "::",
    port: 0,
    databaseUrl: "postgres://parlor:pw@db.example/parlor",
    secret,
    previousSecret: secret + "!",
    signupOpen: false,
    challengeBits: 16,
    publicUrl: "https://chat.example.com",
    portalOrigins: ["https://a.example", "http://localhost:3000"],
    trustProxy: true,
    wire: "ws",
    metricsToken: "0123456789abcdef",
    isTraced: true,
    logLevel: "silent",
    llm: { url: "https://llm.example.com/v1/chat/completions", model: "small/model:8b", key: "a-key" },
    memoryLimitMb: 512,
    limits: {
      messagesPerRoom: { count: 1, seconds: 2 },
      messagesPerAddress: { count: 3, seconds: 4 },
      roomsPerAddress: { count: 5, seconds: 6 },
      logins: "off",
      signups: { count: 7, seconds: 8 },
      guesses: { count: 11, seconds: 12 },
      newIds: { count: 300, seconds: 900 },
      socketsPerAddress: Infinity,
      sessions: { count: 17, seconds: 18 },
      upgrades: { count: 15, seconds: 16 },
      framesPerSocket: { count: 9, seconds: 10 },
      messagesPerAccount: { count: 19, seconds: 20 },
      roomsPerAccount: { count: 21, seconds: 22 },
      stored: { rooms: 23, messages: Infinity, mb: 24 },
      costPerAddress: { count: 13, seconds: 14 },
      costPerAccount: "off",
    },
  });
});

Deno.test("an empty variable is as if it were not set", () => {
  const names = configHelp().match(/^ {2}[A-Z_]+/gm)!.map((name) => name.trim());
  deepEqual(readConfig(Object.fromEntries(names.map((name) => [name, ""]))), readConfig({}));
  deepEqual(readConfig({ PORT: undefined, LIMIT_NONSENSE: "" }), readConfig({}));
});

const wrong: [name: string, ...values: string[]][] = [
  ["HOST", "http://127.0.0.1", "a b", "[::1]"],
  ["PORT", "80a", "-1", "65536", "8000 ", "0x50", "1e3", "99999999999"],
  ["DATABASE_URL", "parlor.db", "sqlite:", "mysql://db/parlor", "postgres:x", "SQLITE:x"],
  ["SIGNUP", "yes", "Open", "true"],
  ["CHALLENGE", "on", "7", "31", "016"],
  [
    "PUBLIC_URL",
    "chat.example.com",
    "https://chat.example.com/parlor",
    "ftp://chat.example.com",
    "https://a.example//",
  ],
  ["PORTAL_ORIGINS", "*", "https://a.example/", "https://a.example,", "null", "https://*.a.example/x"],
  ["TRUST_PROXY", "true", "1", "10.0.0.1"],
  ["WIRE", "Native", "deno", "wss"],
  ["MEMORY_LIMIT_MB", "512M", "0", "1.5", "1e3"],
  ["LLM_URL", "llm.example.com/v1", "ftp://llm.example.com", "https://"],
  ["LLM_MODEL", "two words", "a\nb"],
  ["OTEL_DENO", "on", "yes"],
  ["LOG_LEVEL", "verbose", "INFO"],
  [
    "LIMIT_LOGINS",
    "10",
    "10/",
    "/10",
    "0/10",
    "10/0",
    "-1/10",
    "1.5/10",
    "10/10/10",
    "none",
    "10 / 10",
    "1e3/1",
  ],
  ["LIMIT_SOCKETS_PER_ADDRESS", "10/10", "0", "-1", "many"],
];
for (const [name, ...values] of wrong) {
  Deno.test(`a wrong ${name} is refused with its name, what it got and what it takes`, () => {
    for (const value of values) {
      const message = complaint({ [name]: value });
      ok(message.startsWith(`${name}: got ${JSON.stringify(value)}, takes `), message);
      equal(message.split("\n").length, 1);
    }
  });
}

Deno.test("every wrong variable is named at once", () => {
  const message = complaint({ PORT: "80a", SIGNUP: "yes", LIMIT_LOGIN: "10/900", HOST: "127.0.0.1" });
  deepEqual(message.split("\n").map((line) => line.split(":")[0]).sort(), ["LIMIT_LOGIN", "PORT", "SIGNUP"]);
});

Deno.test("a secret under 32 bytes is refused and not shown", () => {
  for (const name of ["PARLOR_SECRET", "PARLOR_SECRET_PREVIOUS"]) {
    const message = complaint({ [name]: "hunter2" });
    match(message, new RegExp(`^${name}: got 7 bytes, takes 32 bytes or more`));
    ok(!message.includes("hunter2"));
  }
  ok(readConfig({ PARLOR_SECRET: "ключ".repeat(4) }).secret, "16 characters of two bytes are 32 bytes");
});

Deno.test("a metrics token that could be guessed is refused and not shown", () => {
  const message = complaint({ METRICS_TOKEN: "hunter2" });
  match(message, /^METRICS_TOKEN: got 7 bytes, takes 16 characters or more/);
  ok(!message.includes("hunter2"));
});

Deno.test("a language model's endpoint is the address itself, or below it", () => {
  const urlOf = (url: string) => readConfig({ LLM_URL: url, LLM_MODEL: "m" }).llm!.url;
  equal(urlOf("http://127.0.0.1:11434"), "http://127.0.0.1:11434/chat/completions");
  equal(urlOf("https://a.example/v1/"), "https://a.example/v1/chat/completions");
  equal(urlOf("https://a.example/x/chat/completions?v=1"), "https://a.example/x/chat/completions?v=1");
});

Deno.test("a language model needs a name, and its key is not shown", () => {
  match(complaint({ LLM_URL: "https://llm.example.com/v1" }), /^LLM_MODEL: is unset, takes a name/);
  const message = complaint({ LLM_KEY: "hunter2\n", LLM_URL: "https://me:hunter2@llm.example.com/v1" });
  match(message, /^LLM_URL: got "https:\/\/…@llm\.example\.com\/v1", takes .*\nLLM_KEY: got 8 bytes, takes /);
  ok(!message.includes("hunter2"));
  match(
    complaint({ LLM_TOKEN: "x" }),
    /^LLM_TOKEN: no such variable; there are LLM_URL, LLM_MODEL, LLM_KEY$/,
  );
});

Deno.test("the password in a database's address is not shown, wherever it stands", () => {
  const addresses = [
    "mysql://parlor:hunter2@db.example/parlor",
    "mysql://parlor:hun@ter2@db.example/parlor?x=1",
    "parlor:hunter2@db.example",
    "mysql://db.example/parlor?password=hunter2",
    "mysql://db.example/parlor#hunter2",
  ];
  for (const address of addresses) {
    const message = complaint({ DATABASE_URL: address });
    match(message, /^DATABASE_URL: got ".*db\.example/);
    ok(!/hun|ter2/.test(message), message);
  }
});

Deno.test("a misspelt variable of ours is refused by name, with those there are, without its value", () => {
  const message = complaint({ PARLOR_SECERT: secret });
  match(message, /^PARLOR_SECERT: .*PARLOR_SECRET, PARLOR_SECRET_PREVIOUS$/);
  ok(!message.includes(secret));
  match(complaint({ LIMIT_LOGIN: "10/900" }), /^LIMIT_LOGIN: .*LIMIT_LOGINS/);
});

Deno.test("other programs' variables are nobody's business", () => {
  deepEqual(
    readConfig({ PATH: "/bin", HOME: "/root", port: "x", HOSTNAME: "a b", DATABASE: "?" }),
    readConfig({}),
  );
});

Deno.test("on Deno Deploy everything is kept in Deno KV, unless a database is assigned", () => {
  equal(readConfig({ DENO_DEPLOY: "1" }).databaseUrl, "kv:");
  equal(readConfig({ DENO_DEPLOY: "1", DATABASE_URL: "" }).databaseUrl, "kv:");
  equal(readConfig({ DENO_DEPLOY: "1", PGHOST: "db.example" }).databaseUrl, "postgres:");
  equal(readConfig({ PGHOST: "db.example" }).databaseUrl, "sqlite:./data/parlor.db");
  const assigned = "postgresql://parlor:pw@db.example:5432/parlor";
  equal(readConfig({ DENO_DEPLOY: "1", DATABASE_URL: assigned }).databaseUrl, assigned);
});

Deno.test("strangers' sockets are carried by npm:ws, others and those on Deno Deploy by Deno itself, unless WIRE says", () => {
  const table: [Record<string, string>, "native" | "ws"][] = [
    [{}, "native"],
    [{ HOST: "127.0.0.1" }, "native"],
    [{ HOST: "127.0.3.9" }, "native"],
    [{ HOST: "localhost" }, "native"],
    [{ HOST: "::1" }, "native"],
    [{ HOST: "0.0.0.0" }, "ws"],
    [{ HOST: "::" }, "ws"],
    [{ HOST: "192.168.1.10" }, "ws"],
    [{ HOST: "127.0.0.1.example.com" }, "ws"],
    [{ HOST: "chat.example.com" }, "ws"],
    [{ TRUST_PROXY: "on" }, "ws"],
    [{ TRUST_PROXY: "off" }, "native"],
    [{ HOST: "127.0.0.1", TRUST_PROXY: "on" }, "ws"],
    [{ DENO_DEPLOY: "1", TRUST_PROXY: "on" }, "native"],
    [{ DENO_DEPLOY: "1", HOST: "0.0.0.0" }, "native"],
    [{ WIRE: "native", HOST: "0.0.0.0", TRUST_PROXY: "on" }, "native"],
    [{ WIRE: "", HOST: "0.0.0.0" }, "ws"],
    [{ WIRE: "ws" }, "ws"],
  ];
  for (const [env, wire] of table) equal(readConfig(env).wire, wire, JSON.stringify(env));
});

Deno.test("the help names every variable with its default, in 80 columns, and its defaults are taken", () => {
  const help = configHelp();
  for (const line of help.split("\n")) ok(line.length <= 80, line);
  const defaults = [...help.matchAll(/^ {2}([A-Z_]+)(?:=(.*))?$/gm)].map((
    [, name, usual],
  ) => [name!, usual ?? ""]);
  equal(defaults.length, 36);
  deepEqual(readConfig(Object.fromEntries(defaults)), readConfig({}));
});

Deno.test("whatever the variables hold, they are read or refused with a ConfigError", () => {
  const names = fc.constantFrom(
    ...configHelp().match(/^ {2}[A-Z_]+/gm)!.map((name) => name.trim()),
    "LIMIT_X",
  );
  fc.assert(fc.property(fc.dictionary(names, fc.string({ unit: "binary" })), (env) => {
    try {
      readConfig(env);
    } catch (error) {
      ok(error instanceof ConfigError, String(error));
    }
  }));
});

Deno.test("a limit that is lifted lifts those of its kind, unless they are set themselves", () => {
  const { limits } = readConfig({ LIMIT_SOCKETS_PER_ADDRESS: "off" });
  equal(limits.costPerAddress, "off");
  deepEqual(limits.costPerAccount, { count: 2_000, seconds: 10 });
  const set = readConfig({ LIMIT_SOCKETS_PER_ADDRESS: "off", LIMIT_COST_PER_ADDRESS: "1/2" });
  deepEqual(set.limits.costPerAddress, { count: 1, seconds: 2 });
});
