import type { Migration } from "./migration.ts";

/** SQL for a record's key: each part in UTF-8, terminated by a zero byte. */
const key = (...parts: string[]) =>
  parts.map((part) => `convert_to(${part}, 'UTF8') || '\\x00'`).join(" || ");

/** SQL for a JSON object without the NULL fields. */
const json = (...fields: string[]) =>
  `json_strip_nulls(json_build_object(${fields.map((field) => `'${field}', ${field}`).join(", ")}))`;

const id = "encode(sha256(convert_to(endpoint, 'UTF8')), 'hex')";
const expires = "lpad(expires::text, 15, '0')";
const insert = (collection: string, key: string, value: string) =>
  `INSERT INTO records (collection, key, value, version) SELECT '${collection}', ${key}, (${value})::text, 'moved'`;

/**
 * As `sqlite_008_cold_nouns.ts`. From here on the engine rejects writes of a process of the previous version,
 * which would otherwise be lost.
 */
export const coldNouns: Migration = {
  name: "cold nouns",
  sql: `
    ${insert("claims", key("admin", "consumer"), json("admin", "consumer", "owner", "claimed"))} FROM claims;
    ${
    insert(
      "visitors",
      key("admin", "consumer"),
      `facts || jsonb_build_object('admin', admin, 'consumer', consumer, 'firstSeen', first_seen, 'lastSeen', last_seen)`,
    )
  } FROM visitors;
    ${
    insert(
      "spent",
      key("substr(name, 7, 15)", "substr(name, 23)"),
      "json_build_object('id', substr(name, 23), 'until', substr(name, 7, 15)::bigint)",
    )
  } FROM kept WHERE name ~ '^spent [0-9]{15} ';
    ${insert("kept", key("name"), json("name", "value"))} FROM kept WHERE name !~ '^spent [0-9]{15} ';
    ${
    insert(
      "chatbots",
      key("username"),
      "json_build_object('username', username, 'settings', settings::json, 'updated', updated)",
    )
  } FROM chatbots;
    ${
    insert("sessions", key("jti"), json("jti", "username", "created", "expires", "agent", "address", "ended"))
  } FROM sessions;
    ${insert("sessions/byAccount", key("username", expires, "jti"), "json_build_array(jti)")} FROM sessions;
    ${
    insert(
      "pushes",
      key("username", id),
      `json_build_object('username', username, 'endpoint', endpoint,
      'p256dh', p256dh, 'auth', auth, 'created', created, 'id', ${id})`,
    )
  } FROM pushes;
    ${insert("pushes/byEndpoint", key(id), `json_build_array(username, ${id})`)} FROM pushes;
    ${
    insert(
      "accounts",
      key("username"),
      `CASE WHEN deleted IS NULL THEN json_strip_nulls(json_build_object('username', username, 'id', id,
        'password', password, 'email', email, 'created', created, 'legacy', nullif(legacy, false)))
        ELSE ${json("username", "deleted")} END`,
    )
  } FROM accounts;
    DROP TABLE claims, visitors, kept, chatbots, sessions, pushes, accounts;
    ANALYZE records;
  `,
};
